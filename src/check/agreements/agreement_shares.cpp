#include <fmt/format.h>

#include <algorithm>

#include "check/agreements/agreement_building.hpp"
#include "value/decimal.hpp"

// Who has what part in an agreement: parties, shares, caps, deductions.
namespace proviso::check {

void Agreements::agreement_parties(AgreementBuilding& building) {
  const auto& written = building.written;
  auto& parties = building.agreement.parties;
  for (const auto& name : written.between) {
    if (building.party(name.text) != none) {
      complain(Code::wrong_party, name.span, fmt::format("`{}` is a party twice", name.text));
      building.parties_are_right = false;
      continue;
    }
    const auto fact = agreement_fact(building, name, {Kind::text, Kind::code, Kind::place, Kind::enumeration},
                                     "a party is named by a text, a code, a place or one of several values");
    building.parties_are_right = building.parties_are_right && fact != none;
    parties.push_back({name.text, fact});
  }
}

/// The number of the party; none where there is none of that name.
std::uint32_t Agreements::party(const AgreementBuilding& building, const syntax::Name& name) {
  const auto found = building.party(name.text);
  // Without parties, or with a wrong one, that alone is said.
  if (found != none || building.agreement.parties.empty() || !building.parties_are_right) return found;
  auto& diagnostic = complain(Code::wrong_party, name.span,
                              fmt::format("`{}` is no party of agreement `{}`", name.text, building.agreement.name()));
  std::vector<std::string> names;
  for (const auto& each : building.agreement.parties) names.push_back(each.name);
  if (const auto close = text::closest(name.text, names)) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  } else {
    diagnostic.help = fmt::format("its parties are {}", fmt::join(names, ", "));
  }
  return none;
}

void Agreements::agreement_shares(AgreementBuilding& building) {
  const auto& written = building.written;
  auto& tiers = building.agreement.tiers;
  const auto tree = building.context.tree;
  std::map<std::int64_t, Span> seen;
  for (const auto& tier : written.shares) {
    const bool higher = tier.above != syntax::no_expression;
    const auto above = higher ? written_out(tree, tier.above, Kind::money) : std::optional<std::int64_t>(0);
    auto percents = tier_percents(building, tier);
    if (!above) continue;
    if (higher && *above <= 0) {
      complain(Code::impossible_limits, trees_[tree].tree.expression(tier.above).span,
               "savings are shared from the first pound on by the `share` without `above`");
      continue;
    }
    const auto [first, fresh] = seen.emplace(*above, tier.span);
    if (!fresh) {
      complain(Code::repeated_line, tier.span,
               higher ? fmt::format("`share above {}` is given twice", value::format_money(*above))
                      : std::string("`share` is given twice"))
          .notes.push_back({"the first is here", first->second});
      continue;
    }
    tiers.push_back({*above, std::move(percents)});
    if (!higher) building.agreement.takes_rest = first_to_share(building, tier, tiers.back().percents);
  }
  std::sort(tiers.begin(), tiers.end(), [](const auto& a, const auto& b) { return a.above < b.above; });
  if (tiers.empty() || tiers.front().above == 0 || building.unread) return;
  complain(Code::missing_line, building.agreement.lines.span,
           fmt::format("agreement `{}` does not say how the first {} of a year are shared", building.agreement.name(),
                       value::format_money(tiers.front().above)))
      .help = "add a `share` without `above`";
}

/// The party written first of those that have a share at all: what is nobody's penny is not for one that has none.
std::uint32_t Agreements::first_to_share(const AgreementBuilding& building, const syntax::AgreementTier& tier,
                                         const std::vector<std::int64_t>& percents) {
  for (const auto& share : tier.shares) {
    const auto party = building.party(share.party.text);
    if (party != none && percents[party] > 0) return party;
  }
  return 0;
}

/// By party; together 100%.
std::vector<std::int64_t> Agreements::tier_percents(const AgreementBuilding& building,
                                                    const syntax::AgreementTier& tier) {
  std::vector<std::optional<std::int64_t>> percents(building.agreement.parties.size());
  std::int64_t total = 0;
  bool right = building.parties_are_right;
  for (const auto& share : tier.shares) {
    const auto party = this->party(building, share.party);
    const auto percent = written_out(building.context.tree, share.percent, Kind::percent);
    right = right && party != none && percent;
    if (party == none || !percent) continue;
    if (percents[party]) {
      complain(Code::wrong_party, share.party.span, fmt::format("`{}` has two shares of one saving", share.party.text));
      right = false;
    }
    if (*percent < 0 || *percent > value::decimal_scale) {
      complain(Code::wrong_shares, trees_[building.context.tree].tree.expression(share.percent).span,
               fmt::format("a share of {}: shares are from 0% to 100%", value::format_percent(*percent)));
      right = false;
      continue;
    }
    percents[party] = *percent;
    total += *percent;
  }
  // What was not understood would be missing from the total.
  if (right) check_total(building, tier, percents, total);
  std::vector<std::int64_t> result;
  result.reserve(percents.size());
  for (const auto& percent : percents) result.push_back(percent.value_or(0));
  return result;
}

void Agreements::check_total(const AgreementBuilding& building, const syntax::AgreementTier& tier,
                             const std::vector<std::optional<std::int64_t>>& percents, std::int64_t total) {
  const auto& parties = building.agreement.parties;
  const auto without = std::find(percents.begin(), percents.end(), std::nullopt);
  const std::string name =
      without == percents.end() ? "" : parties[static_cast<std::size_t>(without - percents.begin())].name;
  const auto rest = value::decimal_scale - total;
  if (building.unread) return;  // what is missing may stand in what could not be read
  if (rest != 0) {
    complain(Code::wrong_shares, tier.span, fmt::format("the shares total {}, not 100%", value::format_percent(total)))
        .help = name.empty() || rest < 0
                    ? fmt::format("{} {}", value::format_percent(std::abs(rest)),
                                  rest > 0 ? "of the saving is nobody's" : "more is given away than is saved")
                    : fmt::format("`{}` has no share: {} is left", name, value::format_percent(rest));
  } else if (!name.empty()) {
    complain(Code::wrong_party, tier.span, fmt::format("`{}` has no share", name)).help =
        fmt::format("where it gets nothing say so: `{} 0%`", name);
  }
}

void Agreements::agreement_caps(AgreementBuilding& building) {
  auto& agreement = building.agreement;
  const auto tree = building.context.tree;
  agreement.caps.resize(agreement.parties.size());
  std::map<std::uint32_t, Span> seen;
  for (const auto& cap : building.written.caps) {
    const auto party = this->party(building, cap.party);
    const auto amount = whole_pence(tree, cap.amount);
    if (party == none) continue;
    const auto [first, fresh] = seen.emplace(party, cap.span);
    if (!fresh) {
      complain(Code::repeated_line, cap.span, fmt::format("`cap {}` is given twice", cap.party.text))
          .notes.push_back({"the first is here", first->second});
      continue;
    }
    if (amount && *amount <= 0) {
      complain(Code::impossible_limits, trees_[tree].tree.expression(cap.amount).span,
               fmt::format("a cap of {} leaves `{}` nothing", value::format_money(*amount), cap.party.text))
          .help = "a share that is nothing is written 0%";
    } else {
      agreement.caps[party] = amount;
    }
  }
  if (agreement.parties.size() < 2 || seen.size() < agreement.parties.size()) return;
  complain(Code::impossible_limits, building.written.caps.back().span,
           "every party's share is capped, so what is over the caps is nobody's")
      .help = "leave one party without a cap: it gets what is over those of the others";
}

void Agreements::agreement_deductions(AgreementBuilding& building) {
  const auto& agreement = building.agreement;
  for (const auto& written : building.written.deductions) {
    model::Agreement::Deduction deduction;
    deduction.amount = building.name(expressions_.money(building.context, written.amount, "what is deducted"));
    deduction.expression = print(building.context, written.amount);
    deduction.party = party(building, written.party);
    const bool shares = deduction.party == none || agreement.tiers.empty() ||
                        std::any_of(agreement.tiers.begin(), agreement.tiers.end(),
                                    [&](const auto& tier) { return tier.percents[deduction.party] != 0; });
    if (!shares) {
      complain(Code::wrong_party, written.party.span,
               fmt::format("`{}` has no share from which to deduct", written.party.text));
    }
    building.agreement.deductions.push_back(std::move(deduction));
  }
}

}  // namespace proviso::check
