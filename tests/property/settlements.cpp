#include "property/settlements.hpp"

#include <algorithm>
#include <tuple>

#include "settle/accounts.hpp"

namespace proviso::property {
namespace {

using reference::Settled;
using reference::Settlements;
using reference::TargetCount;

/// What one thread would be given: a block of one of the files.
struct Block {
  std::uint32_t input = 0;
  std::uint64_t number = 0;
  std::vector<Json> lines;
};

std::vector<Block> cut(const std::vector<Json>& lines, Random& random) {
  const int files = static_cast<int>(random.between(0, 10));
  const int more = static_cast<int>(random.between(0, 50));
  std::vector<Block> blocks(1);
  for (const Json& line : lines) {
    if (random.chance(files)) {
      blocks.push_back({blocks.back().input + 1, 0, {}});
    } else if (random.chance(more)) {
      blocks.push_back({blocks.back().input, blocks.back().number + 1, {}});
    }
    blocks.back().lines.push_back(line);
  }
  return blocks;
}

void book(const model::Library& library, std::vector<Block> blocks, settle::Accounts& accounts, Random& random) {
  std::vector<std::unique_ptr<settle::Accounts::Clerk>> clerks;
  for (long left = random.between(1, 3); left > 0; --left) {
    clerks.push_back(std::make_unique<settle::Accounts::Clerk>(accounts));
  }
  random.shuffle(blocks);
  for (const Block& block : blocks) {
    program::Chunk chunk(library, library.record("Case"));
    read_into(chunk, block.lines);
    const std::vector<std::uint64_t> numbers(block.lines.size(), 1);
    random.pick(clerks)->add(chunk, block.input, block.number, numbers);
  }
}

std::vector<settle::Settled> earlier(const std::vector<Settled>& before) {
  std::vector<settle::Settled> result;
  for (const Settled& settled : before) {
    settle::Settled& each = result.emplace_back();
    each.agreement = settled.agreement;
    each.parties = settled.parties;
    each.label = settled.label;
    each.after = settled.after;
    each.saving = static_cast<std::int64_t>(settled.saving);
    for (const reference::PartyShare& share : settled.shares) each.nets.push_back(static_cast<std::int64_t>(share.net));
  }
  return result;
}

template <typename Amount>
std::optional<reference::Integer> widened(const std::optional<Amount>& amount) {
  if (!amount) return std::nullopt;
  return reference::Integer{*amount};
}

Settled in_words(const model::Library& library, const settle::Settlement& settlement) {
  Settled settled;
  settled.agreement = library.agreements.at(settlement.agreement).lines.full_name();
  settled.parties = settlement.parties;
  settled.label = settlement.label;
  settled.after = settlement.excess.has_value();
  settled.first = settlement.days.first + reference::epoch;
  settled.last = settlement.days.last + reference::epoch;
  settled.lines = static_cast<int>(settlement.lines);
  settled.left_out = static_cast<int>(settlement.left_out);
  settled.corrected = static_cast<int>(settlement.corrected);
  settled.saving_of_lines = settlement.saving_of_lines;
  settled.saving = settlement.excess.value_or(settlement.saving);
  settled.saving_of_year = settlement.saving_of_year;
  settled.saving_before = widened(settlement.saving_before);
  for (const settle::Share& share : settlement.shares) {
    settled.shares.push_back(
        {share.amount, share.deducted, share.net, share.capped, widened(share.before), widened(share.difference)});
  }
  return settled;
}

TargetCount in_words(const model::Library& library, const settle::TargetResult& result) {
  const model::Agreement& agreement = library.agreements.at(result.agreement);
  TargetCount count;
  count.agreement = agreement.lines.full_name();
  count.name = agreement.targets.at(result.target).name;
  count.parties = result.parties;
  count.counted = static_cast<int>(result.counted);
  count.met = static_cast<int>(result.met);
  count.left_out = static_cast<int>(result.left_out);
  count.share = result.share;
  count.reached = result.reached;
  return count;
}

std::string show(const std::optional<reference::Integer>& amount) { return amount ? show_money(*amount) : "-"; }

std::string show(const TargetCount& count) {
  std::string out = count.agreement + '.' + count.name;
  for (const std::string& party : count.parties) out += ' ' + party;
  out += ": " + std::to_string(count.met) + " of " + std::to_string(count.counted) + ", " +
         std::to_string(count.left_out) + " left out, " + digits(static_cast<long>(count.share));
  return out + (!count.reached ? "" : *count.reached ? ", reached" : ", not reached");
}

/// What stands in one list and not in the other, one a line.
std::string difference(std::vector<std::string> expected, std::vector<std::string> found) {
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  std::vector<std::string> missing;
  std::vector<std::string> more;
  std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(), std::back_inserter(missing));
  std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(), std::back_inserter(more));
  std::string out;
  for (const std::string& text : missing) out += "  expected " + text + "\n";
  for (const std::string& text : more) out += "  found    " + text + "\n";
  return out;
}

std::vector<std::string> shown(const Settlements& settlements) {
  std::vector<std::string> all;
  for (const Settled& settled : settlements.settled) all.push_back(property::show(settled));
  for (const TargetCount& target : settlements.targets) all.push_back(show(target));
  all.push_back(std::to_string(settlements.records) + " lines, " + std::to_string(settlements.not_covered) +
                " not covered, " + std::to_string(settlements.undecided) + " undecided");
  return all;
}

}  // namespace

std::string show_money(reference::Integer amount) {
  return (amount < 0 ? "-£" : "£") + digits(static_cast<long>(amount < 0 ? -amount : amount));
}

std::string show(const Settled& settled) {
  std::string out = settled.agreement + (settled.after ? " after " : " ") + settled.label;
  for (const std::string& party : settled.parties) out += ' ' + party;
  out += " (" + reference::format_day(settled.first) + " to " + reference::format_day(settled.last) + ", " +
         std::to_string(settled.lines) + " lines, " + std::to_string(settled.left_out) + " left out, " +
         std::to_string(settled.corrected) + " corrected): " + show_money(settled.saving) + " of " +
         show_money(settled.saving_of_lines) + ", " + show_money(settled.saving_of_year) + " in the year, before " +
         show(settled.saving_before) + ";";
  for (const reference::PartyShare& share : settled.shares) {
    out += ' ' + show_money(share.amount) + " capped " + show_money(share.capped) + " - " + show_money(share.deducted) +
           " = " + show_money(share.net) + " before " + show(share.before) + " still " + show(share.difference) + ';';
  }
  return out;
}

std::string difference(const Settlements& expected, const Settlements& found) {
  return difference(shown(expected), shown(found));
}

Settlements settle_in_blocks(const Evaluators& evaluators, const std::vector<Json>& lines,
                             const std::vector<Settled>& before, Random& random) {
  const model::Library& library = evaluators.library();
  settle::Accounts accounts(library, library.record("Case"));
  std::vector<Block> blocks = cut(lines, random);
  std::vector<std::string> inputs;
  for (std::uint32_t input = 0; input <= blocks.back().input; ++input) inputs.push_back(std::to_string(input));
  book(library, std::move(blocks), accounts, random);
  const settle::Statement statement = accounts.settle(inputs, earlier(before));
  Settlements result;
  result.records = static_cast<int>(statement.records);
  result.not_covered = static_cast<int>(statement.not_covered);
  result.undecided = static_cast<int>(statement.undecided);
  for (const settle::Settlement& settlement : statement.settlements) {
    result.settled.push_back(in_words(library, settlement));
  }
  for (const settle::TargetResult& target : statement.targets) {
    // Nothing was asked about those that have neither.
    if (target.counted > 0 || target.left_out > 0) result.targets.push_back(in_words(library, target));
  }
  return result;
}

}  // namespace proviso::property
