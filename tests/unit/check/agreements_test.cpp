#include <catch2/catch.hpp>
#include <map>

#include "support.hpp"
#include "value/decimal.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

using model::Agreement;
using model::NodeKind;

const std::string agreement_vocabulary = R"(library example
places { England { Merseyside { SouthSefton ods:01T } } }
record Purchase { on date  units number }
record DrugLine {
  id text  supplied date  booked date  version number
  commissioner place  provider code ods  setting one of ward, clinic
  drug code dmd  molecule text  patient text  new_patient yes/no  best_value yes/no
  quantity number  unit_price money  blueteq_cost money  market_price money  purchases list of Purchase
}
codes adalimumab_products dmd { 322236009 }
)";

using Lines = std::map<std::string, std::string>;

/// A whole agreement, with the lines of those names as given: empty to leave one out.
std::string agreement(const Lines& changes = {}, const std::string& name = "adalimumab") {
  Lines lines = {{"source", "source \"Commissioning Intentions\" section \"Biosimilars\""},
                 {"between", "between commissioner and provider"},
                 {"covers", "covers drug in adalimumab_products"},
                 {"dated", "dated by supplied"},
                 {"period", "period 18 months from 2018-12-01"},
                 {"baseline", "baseline £352.14 per unit"},
                 {"saving", "saving (baseline - unit_price) * quantity"},
                 {"share", "share commissioner 50%, provider 50%"},
                 {"settle", "settle monthly rounded to 1p half even"}};
  for (const auto& [word, line] : changes) lines[word] = line;
  std::string text = "agreement " + name + " \"Adalimumab gain share\" on DrugLine {\n";
  for (const auto& [word, line] : lines) text += "  " + line + "\n";
  return text + "}\n";
}

Checked check_agreement(const Lines& changes, const std::string& before = "") {
  return check_text(agreement_vocabulary + before + agreement(changes));
}

/// The only agreement, of a library without mistakes.
const Agreement& only(const Checked& checked) {
  INFO(checked.first_message());
  REQUIRE(checked.codes().empty());
  REQUIRE(checked.library.agreements.size() == 1);
  return checked.library.agreements.front();
}

model::FactId fact(const Checked& checked, const std::string& path) {
  const auto& library = checked.library;
  const auto found = library.records[library.record("DrugLine")].find(0, path);
  REQUIRE(found != model::none);
  return found;
}

/// `(* (- £352.14 unit_price) quantity)`: what a node is made of.
std::string shape(const Checked& checked, model::NodeId id) {
  static const std::map<NodeKind, std::string> words = {
      {NodeKind::add, "+"},         {NodeKind::subtract, "-"},         {NodeKind::multiply, "*"},
      {NodeKind::divide, "/"},      {NodeKind::negate, "minus"},       {NodeKind::conditional, "if"},
      {NodeKind::sum, "sum"},       {NodeKind::in_codes, "in"},        {NodeKind::definition, "define"},
      {NodeKind::minimum, "least"}, {NodeKind::conjunction, "all of"}, {NodeKind::compare, "compare"},
      {NodeKind::lookup, "lookup"}, {NodeKind::threshold, "threshold"}};
  if (id == model::none) return "none";
  const auto& node = checked.library.nodes[id];
  if (node.kind == NodeKind::constant) return model::format(checked.library, {node.type, true, node.value});
  if (node.kind == NodeKind::fact) {
    return checked.library.records[static_cast<std::size_t>(node.value)].facts[node.index].name;
  }
  std::string out = '(' + words.at(node.kind);
  for (const auto operand : node.operands) out += ' ' + shape(checked, operand);
  return out + ')';
}

std::string spell(model::Period period) {
  return value::format_date(period.first) + " to " + value::format_date(period.last);
}

/// The quantity that the agreement reads off this saving.
std::string quantity_of(const std::string& saving, const std::string& before = "") {
  const auto checked =
      check_agreement({{"saving", "saving " + saving}, {"after", "after pay lowest market_price"}}, before);
  const auto& agreement = only(checked);
  REQUIRE(agreement.after);
  return shape(checked, agreement.after->quantity);
}

constexpr std::int64_t percent = value::decimal_scale / 100;
constexpr std::int64_t pound = value::decimal_scale;

}  // namespace

TEST_CASE("an agreement becomes its parts") {
  const auto checked =
      check_agreement({{"status", "status draft"}, {"note", "note \"a note\" unverified \"the price\""}});
  const auto& agreement = only(checked);
  CHECK(agreement.lines.full_name() == "example.adalimumab");
  CHECK(agreement.lines.label == "Adalimumab gain share");
  CHECK(agreement.lines.status == model::Status::draft);
  CHECK(agreement.lines.sources.front().document == "Commissioning Intentions");
  CHECK(agreement.lines.notes == std::vector<std::string>{"a note"});
  CHECK(agreement.lines.unverified == std::vector<std::string>{"the price"});
  CHECK(agreement.lines.record == checked.library.record("DrugLine"));
  CHECK(agreement.lines.dated_by == fact(checked, "supplied"));
  CHECK(agreement.lines.placed_by == model::none);
  CHECK(shape(checked, agreement.lines.applies) == "(in drug)");
  CHECK(agreement.lines.applies_expression == "drug in adalimumab_products");
  REQUIRE(agreement.parties.size() == 2);
  CHECK(agreement.parties[0].name == "commissioner");
  CHECK(agreement.parties[0].fact == fact(checked, "commissioner"));
  CHECK(agreement.parties[1].fact == fact(checked, "provider"));
  CHECK(shape(checked, agreement.baseline) == "£352.14");
  CHECK(agreement.baseline_expression == "£352.14");
  CHECK(shape(checked, agreement.saving) == "(* (- £352.14 unit_price) quantity)");
  CHECK(agreement.saving_expression == "(baseline - unit_price) * quantity");
  REQUIRE(agreement.tiers.size() == 1);
  CHECK(agreement.tiers[0].above == 0);
  CHECK(agreement.tiers[0].percents == std::vector<std::int64_t>{50 * percent, 50 * percent});
  CHECK(agreement.caps == std::vector<std::optional<std::int64_t>>(2));
  CHECK(agreement.interval == Agreement::Interval::month);
  CHECK(agreement.unit == pound / 100);
  CHECK(agreement.rounding == value::Rounding::half_even);
  CHECK_FALSE(agreement.line_floor);
  CHECK_FALSE(agreement.floor);
  CHECK_FALSE(agreement.after);
  CHECK(agreement.corrected_by == model::none);
}

TEST_CASE("everything that an agreement names is worked out with its lines, on whatever day they are") {
  const auto checked = check_agreement({{"deduct", "deduct blueteq_cost from provider"},
                                        {"after", "after pay lowest market_price"},
                                        {"target",
                                         "target switched \"Switched\" among patient where new_patient met best_value "
                                         "at least 90% by 3 months from 2018-12-01"}});
  const auto& agreement = only(checked);
  REQUIRE(agreement.lines.forms.size() == 1);
  const auto& values = agreement.lines.written().values;
  for (const auto node :
       {agreement.baseline, agreement.saving, agreement.deductions[0].amount, agreement.after->charged,
        agreement.after->quantity, agreement.targets[0].where, agreement.targets[0].met}) {
    CHECK(std::count(values.begin(), values.end(), node) == 1);
  }
  CHECK(values.size() == 7);
  CHECK(agreement.lines.effective.first == INT32_MIN);
  CHECK(agreement.lines.effective.last == INT32_MAX);
  CHECK_FALSE(agreement.lines.has_start);
}

TEST_CASE("a period of months ends the day before its length is over") {
  const auto period = [](const std::string& text) {
    return spell(only(check_agreement({{"period", "period " + text}})).period);
  };
  CHECK(period("18 months from 2018-12-01") == "2018-12-01 to 2020-05-31");
  // A month after 31 January is 28 February, so the day before is the last.
  CHECK(period("1 month from 2019-01-31") == "2019-01-31 to 2019-02-27");
  CHECK(period("2 weeks from 2019-01-31") == "2019-01-31 to 2019-02-13");
  CHECK(period("2018-12-01 to 2019-03-31") == "2018-12-01 to 2019-03-31");
  CHECK(check_agreement({{"period", "period 0 months from 2018-12-01"}}).codes() == Codes{"P0402"});
  CHECK(check_agreement({{"period", "period 2019-12-01 to 2018-12-01"}}).codes() == Codes{"P0402"});
  CHECK(check_agreement({{"period", "period 9000 years from 2018-12-01"}}).codes() == Codes{"P0401"});
  CHECK(check_agreement({{"period", "period 18 from 2018-12-01"}}).codes() == Codes{"P0301"});
  CHECK(check_agreement({{"period", "period 2018-12-01"}}).codes() == Codes{"P1102"});
}

TEST_CASE("lines that are missing are said together") {
  const auto checked = check_agreement({{"settle", ""}, {"share", ""}, {"between", ""}});
  REQUIRE(checked.codes() == Codes{"P1102"});
  CHECK(checked.first_message() == "agreement `adalimumab` has no `between`, no `share`, no `settle`");
  for (const auto* word : {"between", "covers", "period", "saving", "share", "settle"}) {
    INFO(word);
    auto lines = Lines{{word, ""}};
    // Without its baseline the name would not be there to miss.
    if (std::string(word) == "saving") lines["baseline"] = "";
    CHECK(check_agreement(lines).codes() == Codes{"P1102"});
  }
  CHECK(check_agreement({{"source", ""}}).codes() == Codes{"P0509"});
}

TEST_CASE("an agreement is dated by the record's only date, or by the one that it names") {
  CHECK(check_agreement({{"dated", ""}}).codes() == Codes{"P0405"});
  CHECK(check_agreement({{"dated", ""}}).first_message() ==
        "agreement `adalimumab` depends on a date, and record `DrugLine` has several dates by which to tell");
  CHECK(check_agreement({{"dated", "dated by quantity"}}).codes() == Codes{"P0301"});
  CHECK(check_agreement({{"dated", "dated by quantity"}}).first_message() ==
        "`quantity` is number; an agreement is dated by a date");
  const std::string one_date =
      "library example record Line { on date  payer text  payee text  cost money }\n"
      "agreement a on Line { source \"x\" between payer and payee covers cost > £0 period 1 year from 2019-04-01 "
      "saving cost share payer 50%, payee 50% settle yearly rounded to £1 down }\n";
  const auto checked = check_text(one_date);
  REQUIRE(checked.codes().empty());
  const auto& agreement = checked.library.agreements.front();
  CHECK(agreement.lines.dated_by == checked.library.records[agreement.lines.record].find(0, "on"));
  CHECK(agreement.baseline == model::none);
  CHECK(agreement.interval == Agreement::Interval::year);
  CHECK(agreement.rounding == value::Rounding::down);
}

TEST_CASE("an agreement in places is placed by the record's only place") {
  const auto checked = check_agreement({{"in", "in Merseyside"}});
  const auto& agreement = only(checked);
  CHECK(agreement.lines.places == std::vector<model::PlaceId>{checked.library.place("Merseyside")});
  CHECK(agreement.lines.placed_by == fact(checked, "commissioner"));
  CHECK(check_agreement({{"in", "in Mersey"}}).codes() == Codes{"P0701"});
}

TEST_CASE("what an agreement reads must have a value in all of its period, and need not have one before") {
  const std::string threshold = "threshold original: money { ";
  const auto checked = check_agreement({{"baseline", "baseline original"}}, threshold + "£352.14 from 2018-12-01 }\n");
  const auto& agreement = only(checked);
  CHECK(shape(checked, agreement.saving) == "(* (- (threshold) unit_price) quantity)");
  // Lines from before the period are looked at too, so their days are a stretch of their own.
  REQUIRE(agreement.lines.placements.size() == 1);
  REQUIRE(agreement.lines.placements[0].stretches.size() == 2);
  CHECK(agreement.lines.placements[0].stretches[1].days.first == day("2018-12-01"));
  const auto late = check_agreement({{"baseline", "baseline original"}}, threshold + "£352.14 from 2019-01-01 }\n");
  REQUIRE(late.codes() == Codes{"P0403"});
  CHECK(late.first_message() ==
        "`original` has no value from 2018-12-01 to 2018-12-31, where agreement `adalimumab` needs one");
  CHECK(check_agreement({{"baseline", "baseline original"}}, threshold + "£352.14 from 2018-12-01 to 2020-05-31 }\n")
            .codes()
            .empty());
  CHECK(check_agreement({{"baseline", "baseline original"}}, threshold + "£352.14 from 2018-12-01 to 2020-05-30 }\n")
            .codes() == Codes{"P0403"});
}

TEST_CASE("parties are facts that name somebody, each once") {
  CHECK(check_agreement(
            {{"between", "between commissioner and provder"}, {"share", "share commissioner 50%, provder 50%"}})
            .codes() == Codes{"P0201"});
  CHECK(check_agreement(
            {{"between", "between commissioner and quantity"}, {"share", "share commissioner 50%, quantity 50%"}})
            .codes() == Codes{"P0301"});
  const auto enumerated = check_agreement({{"between", "between molecule, setting and provider"},
                                           {"share", "share molecule 1%, setting 9%, provider 90%"}});
  CHECK(only(enumerated).parties.size() == 3);
  CHECK(only(enumerated).tiers[0].percents == std::vector<std::int64_t>{percent, 9 * percent, 90 * percent});
  const auto twice = check_agreement({{"between", "between provider and provider"}, {"share", "share provider 100%"}});
  CHECK(twice.codes() == Codes{"P1104"});
  CHECK(twice.first_message() == "`provider` is a party twice");
  // What follows from a wrong party is not said too.
  const Lines shared = {{"cap", "cap provider £5 per year"}, {"deduct", "deduct blueteq_cost from provider"}};
  Lines one = shared;
  one["between"] = "between commissioner and commissioner";
  CHECK(check_agreement(one).codes() == Codes{"P1104"});
  Lines number = shared;
  number["between"] = "between commissioner and quantity";
  CHECK(check_agreement(number).codes() == Codes{"P0301"});
}

TEST_CASE("the shares of every tier total 100% exactly, and name every party once") {
  const auto share = [](const std::string& text) { return check_agreement({{"share", "share " + text}}); };
  const auto less = share("commissioner 50%, provider 49.9999%");
  REQUIRE(less.codes() == Codes{"P1101"});
  CHECK(less.first_message() == "the shares total 99.9999%, not 100%");
  CHECK(share("commissioner 60%, provider 50%").codes() == Codes{"P1101"});
  CHECK(share("commissioner 120%, provider 0%").first_message() == "a share of 120%: shares are from 0% to 100%");
  CHECK(share("commissioner 90%").codes() == Codes{"P1101"});
  CHECK(share("commissioner 100%").codes() == Codes{"P1104"});
  CHECK(share("commissioner 100%, provider 0%").codes().empty());
  CHECK(share("commissioner 50%, commissioner 50%").first_message() == "`commissioner` has two shares of one saving");
  const auto unknown = share("commissioner 50%, provder 50%");
  REQUIRE(unknown.codes() == Codes{"P1104"});
  CHECK(unknown.first_message() == "`provder` is no party of agreement `adalimumab`");
  CHECK(unknown.diagnostics.all().front().help == "did you mean `provider`?");
  CHECK(share("commissioner 50%, provider 50% share above £10 in a year commissioner 70%, provider 20%").codes() ==
        Codes{"P1101"});
}

TEST_CASE("the party written first in the share of the first pound on takes the rest, if it has a share") {
  const auto takes_rest = [](const std::string& shares) {
    const auto checked = check_agreement({{"share", shares}});
    const Agreement& agreement = only(checked);
    return agreement.parties[agreement.takes_rest].name;
  };
  const std::string above = "share above £10 in a year commissioner 70%, provider 30%\n  ";
  CHECK(takes_rest("share commissioner 50%, provider 50%") == "commissioner");
  CHECK(takes_rest("share provider 50%, commissioner 50%") == "provider");
  CHECK(takes_rest(above + "share provider 50%, commissioner 50%") == "provider");
  CHECK(takes_rest(above + "share commissioner 0%, provider 100%") == "provider");
}

TEST_CASE("tiers stand in the order of their sums, whatever the order of the lines") {
  const auto checked = check_agreement({{"share",
                                         "share above £200000 in a year commissioner 100%, provider 0%\n"
                                         "  share above £100000 in a year commissioner 70%, provider 30%\n"
                                         "  share commissioner 50%, provider 50%"}});
  const auto& tiers = only(checked).tiers;
  REQUIRE(tiers.size() == 3);
  CHECK(tiers[0].above == 0);
  CHECK(tiers[1].above == 100000 * pound);
  CHECK(tiers[1].percents == std::vector<std::int64_t>{70 * percent, 30 * percent});
  CHECK(tiers[2].above == 200000 * pound);
  CHECK(tiers[2].percents == std::vector<std::int64_t>{100 * percent, 0});
  const auto share = [](const std::string& text) { return check_agreement({{"share", text}}).codes(); };
  const std::string base = "share commissioner 50%, provider 50%\n";
  CHECK(share(base + base) == Codes{"P0505"});
  CHECK(share(base + "share above £10 in a year commissioner 70%, provider 30%\n"
                     "share above £10.00 in a year commissioner 70%, provider 30%") == Codes{"P0505"});
  CHECK(share(base + "share above £0 in a year commissioner 70%, provider 30%") == Codes{"P1106"});
  CHECK(share("share above £10 in a year commissioner 70%, provider 30%") == Codes{"P1102"});
}

TEST_CASE("floors and caps are kept for lines and for settlements") {
  const auto checked = check_agreement({{"saving", "saving (baseline - unit_price) * quantity floor -£5 cap £10.005"},
                                        {"settle", "settle quarterly rounded to £1 half up floor £0 cap £1000"}});
  const auto& agreement = only(checked);
  CHECK(agreement.line_floor == -5 * pound);
  CHECK(agreement.line_cap == 10005000);
  CHECK(agreement.floor == 0);
  CHECK(agreement.cap == 1000 * pound);
  CHECK(agreement.interval == Agreement::Interval::quarter);
  CHECK(agreement.unit == pound);
  CHECK(agreement.rounding == value::Rounding::half_up);
  const auto saving = [](const std::string& text) {
    return check_agreement({{"saving", "saving baseline " + text}}).codes();
  };
  CHECK(saving("floor £5 cap £4.99") == Codes{"P1106"});
  CHECK(saving("floor £5 cap £5").empty());
}

TEST_CASE("a settlement says how it is rounded, to whole pence") {
  const auto settle = [](const std::string& text) { return check_agreement({{"settle", "settle " + text}}).codes(); };
  CHECK(settle("monthly") == Codes{"P1103"});
  CHECK(settle("monthly floor £0") == Codes{"P1103"});
  CHECK(settle("monthly rounded to 0p half even") == Codes{"P0310"});
  CHECK(settle("monthly rounded to 0.5p half even") == Codes{"P1107"});
  CHECK(settle("monthly rounded to 1 half even") == Codes{"P0301"});
  CHECK(settle("monthly rounded to 1p half even floor 0.1p") == Codes{"P1107"});
  CHECK(settle("monthly rounded to 1p half even floor £1 cap £0") == Codes{"P1106"});
}

TEST_CASE("caps of parties leave one party without") {
  const auto caps = [](const std::string& text) { return check_agreement({{"caps", text}}); };
  const auto one = caps("cap provider £250000 per year");
  CHECK(only(one).caps == std::vector<std::optional<std::int64_t>>{std::nullopt, 250000 * pound});
  CHECK(caps("cap provider £1 per year\ncap commissioner £1 per year").codes() == Codes{"P1106"});
  CHECK(caps("cap provider £1 per year\ncap provider £2 per year").codes() == Codes{"P0505"});
  CHECK(caps("cap provider £0 per year").codes() == Codes{"P1106"});
  CHECK(caps("cap provider 0.5p per year").codes() == Codes{"P1107"});
  CHECK(caps("cap patient £1 per year").codes() == Codes{"P1104"});
}

TEST_CASE("deductions are money, from a party that has a share") {
  const auto deduct = [](const std::string& text) { return check_agreement({{"deduct", "deduct " + text}}); };
  const auto checked = deduct("blueteq_cost * 2 from provider");
  REQUIRE(only(checked).deductions.size() == 1);
  CHECK(shape(checked, only(checked).deductions[0].amount) == "(* blueteq_cost 2)");
  CHECK(only(checked).deductions[0].expression == "blueteq_cost * 2");
  CHECK(only(checked).deductions[0].party == 1);
  CHECK(deduct("quantity from provider").codes() == Codes{"P0301"});
  CHECK(deduct("quantity from provider").first_message() == "`quantity` is number; what is deducted is money");
  CHECK(deduct("blueteq_cost from patient").codes() == Codes{"P1104"});
  CHECK(check_agreement(
            {{"deduct", "deduct blueteq_cost from provider"}, {"share", "share commissioner 100%, provider 0%"}})
            .codes() == Codes{"P1104"});
}

TEST_CASE("a saving and its baseline are money, and the saving reads the baseline") {
  CHECK(check_agreement({{"baseline", "baseline 352.14"}}).first_message() ==
        "`352.14` is number; a baseline is money");
  CHECK(check_agreement({{"saving", "saving quantity"}}).first_message() == "`quantity` is number; a saving is money");
  CHECK(check_agreement({{"saving", "saving unit_price * quantity"}}).codes() == Codes{"P0208"});
  const auto without = check_agreement({{"baseline", ""}});
  REQUIRE(without.codes() == Codes{"P1102"});
  CHECK(without.first_message() == "agreement `adalimumab` has no line `baseline`");
  // The same sum written out is not the baseline.
  CHECK(check_agreement({{"saving", "saving (£352.14 - unit_price) * quantity"}}).codes() == Codes{"P0208"});
}

TEST_CASE("what was charged, and for how many units, are read off the saving") {
  const auto checked = check_agreement({{"after", "after pay lowest market_price"}});
  const auto& after = only(checked).after;
  REQUIRE(after);
  CHECK(shape(checked, after->charged) == "(minus (* (- £0.00 unit_price) quantity))");
  CHECK(shape(checked, after->quantity) == "(/ (* £1.00 quantity) £1.00)");
  CHECK(checked.library.nodes[after->quantity].type.kind == value::Kind::number);
  CHECK(after->lowest == fact(checked, "market_price"));
  CHECK(after->same == std::vector<model::FactId>{fact(checked, "drug")});
}

TEST_CASE("the quantity is how much the saving grows with each pound of the baseline") {
  CHECK(quantity_of("quantity * (baseline - unit_price)") == "(/ (* quantity £1.00) £1.00)");
  CHECK(quantity_of("baseline * quantity - unit_price * quantity - blueteq_cost") == "(/ (* £1.00 quantity) £1.00)");
  CHECK(quantity_of("-(unit_price - baseline) * quantity / 2") == "(/ (/ (* (minus (minus £1.00)) quantity) 2) £1.00)");
  CHECK(quantity_of("if new_patient then (baseline - unit_price) * quantity else £0") ==
        "(/ (if new_patient (* £1.00 quantity) £0.00) £1.00)");
  CHECK(quantity_of("sum of (baseline - unit_price) * p.units for p in purchases") ==
        "(/ (sum (* £1.00 purchases.units)) £1.00)");
  CHECK(quantity_of("baseline * quantity + baseline - unit_price") == "(/ (+ (* £1.00 quantity) £1.00) £1.00)");
  CHECK(quantity_of("saved(baseline)", "define saved(each money) = (each - unit_price) * quantity\n") ==
        "(/ (* £1.00 quantity) £1.00)");
}

TEST_CASE("a saving that does not grow evenly with the baseline says nothing of units") {
  const auto saving = [](const std::string& text) {
    return check_agreement({{"saving", "saving " + text}, {"after", "after pay lowest market_price"}});
  };
  const auto limited = saving("(minimum of baseline, £300) * quantity");
  REQUIRE(limited.codes() == Codes{"P1105"});
  CHECK(limited.first_message() ==
        "`minimum of baseline, £300` does not grow evenly with the baseline, so the saving does not say for how many "
        "units a line is charged");
  CHECK(saving("(baseline - unit_price) * quantity rounded to 1p half even").codes() == Codes{"P1105"});
  CHECK(saving("unit_price * (unit_price / baseline)").codes() == Codes{"P1105"});
  CHECK(saving("baseline * (baseline / unit_price)").codes() == Codes{"P1105"});
  CHECK(saving("if baseline > unit_price then baseline - unit_price else £0").codes() == Codes{"P1105"});
  CHECK(saving("unit_price * quantity").codes() == Codes{"P1105"});
  // Without an end to look beyond, any saving is as good.
  CHECK(check_agreement({{"saving", "saving (minimum of baseline, £300) * quantity"}}).codes().empty());
}

TEST_CASE("lines of the same drug agree in the codes that the agreement asks, or in what it names") {
  const auto same = [](const std::string& covers, const std::string& by = "") {
    const auto checked =
        check_agreement({{"covers", "covers " + covers}, {"after", "after pay lowest market_price" + by}},
                        "define some_molecule = molecule = \"adalimumab\"\n");
    if (checked.diagnostics.has_errors()) return checked.codes().front();
    std::string out;
    for (const auto each : checked.library.agreements.front().after->same) {
      out += checked.library.records[checked.library.record("DrugLine")].facts[each].path + ' ';
    }
    return out;
  };
  CHECK(same("drug in adalimumab_products and provider = ods:RVY and commissioner in SouthSefton") == "drug ");
  CHECK(same("drug = dmd:322236009 and molecule = \"adalimumab\"") == "drug ");
  CHECK(same("drug in { dmd:322236009 } and not new_patient") == "drug ");
  CHECK(same("some_molecule") == "molecule ");
  CHECK(same("drug in adalimumab_products", " by molecule, setting") == "molecule setting ");
  CHECK(same("provider = ods:RVY") == "P1109");
  CHECK(same("provider = ods:RVY", " by molecule") == "molecule ");
  CHECK(same("molecule != \"x\"") == "P1109");
  CHECK(same("drug in adalimumab_products", " by new_patient") == "P0301");
  CHECK(check_agreement({{"after", "after pay lowest quantity"}}).first_message() ==
        "`quantity` is number; the lowest price is money");
}

TEST_CASE("a target counts the values of a fact up to its day") {
  const auto checked =
      check_agreement({{"target",
                        "target switched \"90% of new patients\" among patient where new_patient met best_value "
                        "at least 90% by 3 months from 2018-12-01\n"
                        "  target all_switched among patient met best_value at least 100% by 2019-11-30"}});
  const auto& targets = only(checked).targets;
  REQUIRE(targets.size() == 2);
  CHECK(targets[0].name == "switched");
  CHECK(targets[0].label == "90% of new patients");
  CHECK(targets[0].among == fact(checked, "patient"));
  CHECK(shape(checked, targets[0].where) == "new_patient");
  CHECK(shape(checked, targets[0].met) == "best_value");
  CHECK(targets[0].at_least == 90 * percent);
  CHECK(targets[0].by == day("2019-03-01"));
  CHECK(targets[1].where == model::none);
  CHECK(targets[1].by == day("2019-11-30"));
  const auto target = [](const std::string& text) {
    return check_agreement({{"target", "target switched among " + text}}).codes();
  };
  CHECK(target("patient met best_value at least 101% by 2019-11-30") == Codes{"P0506"});
  CHECK(target("patient met best_value at least 0% by 2019-11-30") == Codes{"P0506"});
  CHECK(target("patient met quantity at least 90% by 2019-11-30") == Codes{"P0301"});
  CHECK(target("purchases met best_value at least 90% by 2019-11-30") == Codes{"P0301"});
  CHECK(target("patients met best_value at least 90% by 2019-11-30") == Codes{"P0201"});
  CHECK(target("patient met best_value at least 90% by 2018-11-30") == Codes{"P0402"});
  CHECK(target("patient met best_value at least 90% by 0 days from 2018-12-01") == Codes{"P0402"});
  CHECK(target("patient met best_value at least 90% by 2019-11-30\n"
               "target switched among patient met best_value at least 80% by 2019-11-30") == Codes{"P0202"});
}

TEST_CASE("corrections are told by a date or a number, of records that have an id") {
  const auto by_date = check_agreement({{"corrected", "corrected by booked"}});
  CHECK(only(by_date).corrected_by == fact(by_date, "booked"));
  const auto by_number = check_agreement({{"corrected", "corrected by version"}});
  CHECK(only(by_number).corrected_by == fact(by_number, "version"));
  CHECK(check_agreement({{"corrected", "corrected by patient"}}).codes() == Codes{"P0301"});
  CHECK(check_agreement({{"corrected", "corrected by revision"}}).codes() == Codes{"P0201"});
  const auto anonymous = check_text(
      "library example record Line { on date  payer text  payee text  cost money }\n"
      "agreement a on Line { source \"x\" between payer and payee covers cost > £0 period 1 year from 2019-04-01 "
      "saving cost share payer 50%, payee 50% settle yearly rounded to £1 down corrected by on }\n");
  CHECK(anonymous.codes() == Codes{"P1108"});
}

TEST_CASE("no two agreements of a library share a name, and none has that of a policy") {
  const auto two =
      check_text(agreement_vocabulary + agreement() + agreement({{"covers", "covers quantity > 0"}}, "infliximab"));
  REQUIRE(two.codes().empty());
  CHECK(two.library.agreements[0].name() == "adalimumab");
  CHECK(two.library.agreements[1].name() == "infliximab");
  CHECK(check_text(agreement_vocabulary + agreement() + agreement()).codes() == Codes{"P0202"});
  const std::string policy =
      "policy adalimumab on DrugLine { source \"x\" dated by supplied approve when new_patient otherwise refuse \"no\" "
      "}\n"
      "variation of adalimumab in SouthSefton { from 2019-01-01 source \"x\" omit policy }\n";
  CHECK(check_text(agreement_vocabulary + policy + agreement()).codes() == Codes{"P0202"});
  CHECK(check_text(head + agreement()).codes() == Codes{"P0206"});
}

TEST_CASE("a line that cannot be read is not said to be missing too") {
  CHECK(check_agreement({{"share", "share commissioner 50"}}).codes() == Codes{"P0101"});
  CHECK(check_agreement({{"share", "share commissioner 50% provider 50%"}}).codes() == Codes{"P0101"});
  CHECK(check_agreement({{"settle", "settle monthly ronuded to 1p half even"}}).codes() == Codes{"P0101"});
  CHECK(check_agreement({{"baseline", "baseline"}}).codes() == Codes{"P0101"});
  CHECK(check_agreement({{"saving", "saving (baseline -"}, {"after", "after pay lowest market_price"}}).codes() ==
        Codes{"P0101"});
}

TEST_CASE("a line of an agreement given twice is said") {
  const auto twice = check_agreement({{"more", "settle yearly rounded to 1p half even"}});
  REQUIRE(twice.codes() == Codes{"P0505"});
  const auto& said = twice.diagnostics.all().front();
  REQUIRE(said.notes.size() == 1);
  // In the order of their names `more` stands before `settle`, so that is the second.
  CHECK(said.notes.front().span->begin < said.span.begin);
}

TEST_CASE("two agreements about the same lines are warned of") {
  const auto both = [](Lines second) {
    second.emplace("status", "status adopted");
    return check_text(agreement_vocabulary + agreement({{"status", "status adopted"}}) + agreement(second, "renewed"))
        .codes();
  };
  // The first holds from 2018-12-01 to 2020-05-31.
  CHECK(both({{"period", "period 2020-05-31 to 2021-03-31"}}) == Codes{"P1110"});
  CHECK(both({{"share", "share commissioner 60%, provider 40%"}}) == Codes{"P1110"});
  CHECK(both({{"period", "period 2020-06-01 to 2021-03-31"}}) == Codes{});
  CHECK(both({{"covers", "covers drug in adalimumab_products and quantity > 0"}}) == Codes{});
  CHECK(both({{"between", "between commissioner and patient"}, {"share", "share commissioner 50%, patient 50%"}}) ==
        Codes{});
  CHECK(both({{"status", "status draft"}}) == Codes{});
}
