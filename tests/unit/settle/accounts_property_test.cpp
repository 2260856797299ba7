#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <random>

#include "accounts_sample.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

namespace {

const std::string all_columns =
    "id,supplied,commissioner,provider,patient,molecule,quantity,unit_price,market_price,blueteq_cost,version,new_"
    "patient,best_value";

/// Everything that an agreement can have.
std::string everything(const std::string& further = "") {
  return gain_share(R"(  placed by commissioner
  covers molecule = "adalimumab" or molecule = "etanercept"
  in SouthSefton, SouthportFormby
  share commissioner 33.3333%, provider 66.6667%
  share above £60 in a year commissioner 70%, provider 30%
  cap provider £50 per year
  deduct blueteq_cost from provider
  after pay lowest market_price by molecule
  target new_patients "New patients" among patient where new_patient met best_value at least 60% by 2019-03-01
)" + further,
                    "2019-01-10 to 2019-04-20", "monthly rounded to 1p half even floor -£500 cap £400");
}

template <typename T>
T one_of(std::initializer_list<T> values) {
  return *rc::gen::elementOf(std::vector<T>(values));
}
std::string one_of_texts(std::initializer_list<const char*> values) { return one_of<const char*>(values); }

/// A line of the ledger, some with something missing.
std::string any_line(const std::string& id) {
  const int day = *rc::gen::inRange(0, 160);
  const std::string on = value::format_date(*value::parse_date("2019-01-01") + day);
  return id + ',' + (*rc::gen::inRange(0, 20) == 0 ? "" : on) + ',' + one_of_texts({"01T", "01V", "01T", "06P", ""}) +
         ',' + one_of_texts({"RXA", "RXB"}) + ',' + one_of_texts({"P1", "P2", "P3", "P4", ""}) + ',' +
         one_of_texts({"adalimumab", "adalimumab", "etanercept", "infliximab", ""}) + ',' +
         one_of_texts({"1", "2", "0.5", "-1", ""}) + ',' + one_of_texts({"£90.01", "£99.99", "£77.777", "£120", ""}) +
         ',' + one_of_texts({"£70", "£80", "£60.005", ""}) + ',' + one_of_texts({"£1", "£0.005", "£0", "£2.345"}) +
         ',' + one_of_texts({"1", "2", "3", ""}) + ',' + one_of_texts({"yes", "yes", "no", ""}) + ',' +
         one_of_texts({"yes", "no", "yes", ""});
}

/// Lines of which some have the id of another.
std::vector<std::string> any_lines(bool corrections) {
  std::vector<std::string> lines;
  const int count = *rc::gen::inRange(1, 60);
  for (int i = 0; i < count; ++i) {
    const int number = corrections ? *rc::gen::inRange(0, count * 2) : i;
    const std::string prefix = number % 3 == 0 ? "a longer name of a line " : "A";
    lines.push_back(any_line(corrections && number % 11 == 0 ? "" : prefix + std::to_string(number)));
  }
  return lines;
}

std::vector<std::string> shuffled(std::vector<std::string> lines) {
  std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
  std::shuffle(lines.begin(), lines.end(), random);
  return lines;
}

}  // namespace

TEST_CASE("laws of settling") {
  rc::prop("shares add up to the saving, to the penny, and what is deducted to what is not paid", [] {
    const Statement statement = Ledger(everything()).file(all_columns, any_lines(true)).settle();
    for (const Settlement& settlement : statement.settlements) {
      std::int64_t total = 0;
      for (const Share& share : settlement.shares) {
        total += share.amount;
        RC_ASSERT(share.net == share.amount - share.deducted);
        RC_ASSERT(share.amount % 10'000 == 0);
      }
      RC_ASSERT(total == settlement.saving);
    }
  });

  rc::prop("every share but the one written first is rounded toward nothing, and the first takes the rest", [] {
    // What is not nothing comes first: a party of which `0%` is written has no share.
    const std::vector<std::string> names = {"commissioner", "provider", "molecule"};
    const auto written = shuffled(names);
    const int first = *rc::gen::inRange(1, 101);
    const int second = *rc::gen::inRange(0, 101 - first);
    const std::vector<int> percents = {first, second, 100 - first - second};
    std::string shares = "  between commissioner, provider and molecule\n  share";
    for (std::size_t i = 0; i < 3; ++i) {
      shares += (i == 0 ? " " : ", ") + written[i] + ' ' + std::to_string(percents[i]) + '%';
    }
    const Statement statement = Ledger(gain_share(shares)).file(all_columns, any_lines(true)).settle();
    for (const Settlement& settlement : statement.settlements) {
      std::int64_t rest = settlement.saving;
      for (std::size_t i = 1; i < 3; ++i) {
        const auto party = std::find(names.begin(), names.end(), written[i]) - names.begin();
        const std::int64_t amount = settlement.shares[static_cast<std::size_t>(party)].amount;
        RC_ASSERT(amount == settlement.saving / 10'000 * percents[i] / 100 * 10'000);
        rest -= amount;
      }
      const auto party = std::find(names.begin(), names.end(), written[0]) - names.begin();
      RC_ASSERT(settlement.shares[static_cast<std::size_t>(party)].amount == rest);
    }
  });

  rc::prop("a line of an id is booked once, and every line is accounted for", [] {
    const std::vector<std::string> lines = any_lines(true);
    const Statement statement = Ledger(everything()).file(all_columns, lines).settle();
    std::vector<std::string> ids;
    for (const std::string& line : lines) ids.push_back(line.substr(0, line.find(',')));
    const auto without = static_cast<std::uint64_t>(std::count(ids.begin(), ids.end(), ""));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const std::uint64_t last_lines = without == 0 ? ids.size() : ids.size() - 1 + without;
    std::uint64_t booked = statement.not_covered + statement.undecided;
    for (const Settlement& settlement : statement.settlements) booked += settlement.lines + settlement.left_out;
    for (const std::string& note : statement.notes) {
      if (note.find("whether") == std::string::npos) booked += std::stoull(note.substr(note.find(": ") + 2));
    }
    RC_ASSERT(booked == last_lines);
    RC_ASSERT(statement.records == lines.size());
  });

  rc::prop("the order of lines of different ids changes nothing", [] {
    const std::vector<std::string> lines = any_lines(false);
    RC_ASSERT(all_of(Ledger(everything(), {{}, false, true}).file(all_columns, lines).settle()) ==
              all_of(Ledger(everything(), {{}, false, true}).file(all_columns, shuffled(lines)).settle()));
  });

  rc::prop("neither does any order, where the lines of an id have versions of their own", [] {
    std::vector<std::string> lines;
    const int count = *rc::gen::inRange(1, 30);
    for (int version = 0; version < count; ++version) {
      std::string line = any_line("A" + std::to_string(*rc::gen::inRange(0, 8)));
      // The third from the end is the version.
      std::size_t end = line.rfind(',', line.rfind(',') - 1);
      const std::size_t begin = line.rfind(',', end - 1) + 1;
      lines.push_back(line.replace(begin, end - begin, std::to_string(version)));
    }
    const std::string agreement = everything("  corrected by version");
    RC_ASSERT(all_of(Ledger(agreement).file(all_columns, lines).settle()) ==
              all_of(Ledger(agreement).file(all_columns, shuffled(lines)).settle()));
  });

  rc::prop("how the lines are cut into files and blocks, and who reads which, changes nothing", [] {
    const std::vector<std::string> lines = any_lines(true);
    const auto cut = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, lines.size() + 1));
    Ledger in_parts(everything());
    in_parts.file(all_columns, {lines.begin(), lines.begin() + cut})
        .file(all_columns, {lines.begin() + cut, lines.end()});
    in_parts.lines_in_block(static_cast<std::size_t>(*rc::gen::inRange(1, 9)));
    in_parts.clerks(static_cast<std::size_t>(*rc::gen::inRange(1, 4)));
    in_parts.in_any_order(*rc::gen::arbitrary<std::uint32_t>());
    RC_ASSERT(all_of(Ledger(everything()).file(all_columns, lines).settle()) == all_of(in_parts.settle()));
  });

  rc::prop("a ledger given twice comes to the same", [] {
    const std::vector<std::string> lines = any_lines(false);
    const Statement once = Ledger(everything()).file(all_columns, lines).settle();
    const Statement twice = Ledger(everything()).file(all_columns, lines).file(all_columns, lines).settle();
    RC_ASSERT(once.settlements.size() == twice.settlements.size());
    for (std::size_t i = 0; i < once.settlements.size(); ++i) {
      RC_ASSERT(twice.settlements[i].lines == once.settlements[i].lines);
      RC_ASSERT(twice.settlements[i].saving == once.settlements[i].saving);
      RC_ASSERT(twice.settlements[i].excess == once.settlements[i].excess);
      RC_ASSERT(twice.settlements[i].corrected == once.settlements[i].lines + once.settlements[i].left_out);
    }
  });

  rc::prop("what was settled once is not paid again", [] {
    const Ledger ledger = Ledger(everything()).file(all_columns, any_lines(true));
    const Statement first = ledger.settle();
    const Statement second = ledger.settle(settled(first, ledger.library()));
    RC_ASSERT(second.settlements.size() == first.settlements.size());
    for (const Settlement& settlement : second.settlements) {
      RC_ASSERT(settlement.saving_before == settlement.excess.value_or(settlement.saving));
      for (const Share& share : settlement.shares) RC_ASSERT(share.difference == 0);
    }
  });

  rc::prop("differences paid one after another come to what a single settling pays", [] {
    const std::vector<std::string> lines = any_lines(true);
    const auto cut = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, lines.size() + 1));
    const Ledger flex = Ledger(everything()).file(all_columns, {lines.begin(), lines.begin() + cut});
    Ledger freeze = flex;
    freeze.file(all_columns, {lines.begin() + cut, lines.end()});
    const Statement first = flex.settle();
    const Statement then = freeze.settle(settled(first, flex.library()));
    std::int64_t paid = 0;
    for (const Settlement& settlement : first.settlements) {
      for (const Share& share : settlement.shares) paid += share.net;
    }
    for (const Settlement& settlement : then.settlements) {
      for (const Share& share : settlement.shares) paid += share.difference.value_or(share.net);
    }
    std::int64_t due = 0;
    for (const Settlement& settlement : freeze.settle().settlements) {
      for (const Share& share : settlement.shares) due += share.net;
    }
    RC_ASSERT(paid == due);
  });
}
