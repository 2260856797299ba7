#pragma once

#include <string>
#include <vector>

#include "settle/statement.hpp"
#include "value/calendar.hpp"

/// A statement as settling would give it, made by hand: what it says is what the reports are to say.
namespace proviso::settle::example {

constexpr std::int64_t pence(std::int64_t count) { return count * 10'000; }
constexpr std::int64_t percent(std::int64_t count) { return count * 10'000; }
inline std::int32_t day(const char* text) { return *value::parse_date(text); }

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline model::Fact fact(const std::string& name, value::Kind kind) {
  model::Fact made;
  made.path = made.name = name;
  made.type.kind = kind;
  if (kind == value::Kind::code) made.type.system = value::CodeSystem::ods;
  return made;
}

/// One agreement between a commissioner, which is a place, and a provider, from whose half something is deducted.
inline model::Library library() {
  model::Library made;
  made.digest = "sha256:0123";
  model::Place england;
  england.name = "England";
  england.last = 2;
  model::Place sefton;
  sefton.name = "SouthSefton";
  sefton.label = "South Sefton";
  sefton.ods = {"01T"};
  sefton.parent = 0;
  sefton.last = 1;
  model::Place luton = sefton;
  luton.name = "Luton";
  luton.label = "";
  luton.ods = {};
  luton.last = 2;
  made.places = {england, sefton, luton};
  model::Record record;
  record.name = "DrugLine";
  record.facts = {fact("id", value::Kind::text),
                  fact("supplied", value::Kind::date),
                  fact("commissioner", value::Kind::place),
                  fact("provider", value::Kind::code),
                  fact("market_price", value::Kind::money),
                  fact("drug", value::Kind::code)};
  made.records.push_back(record);
  model::Agreement agreement;
  agreement.lines.library = "sefton";
  agreement.lines.name = "adalimumab";
  agreement.lines.label = "Adalimumab biosimilar gain share";
  agreement.lines.record = 0;
  agreement.lines.sources = {{"Commissioning Intentions 2018/19", "Biosimilar Drugs"}};
  agreement.lines.applies_expression = "drug in adalimumab_products";
  agreement.lines.dated_by = 1;
  agreement.parties = {{"commissioner", 2}, {"provider", 3}};
  agreement.period = {day("2018-12-01"), day("2020-05-31")};
  agreement.baseline_expression = "£352.14 per unit";
  agreement.saving_expression = "(baseline - unit_price) * quantity";
  agreement.line_floor = 0;
  agreement.tiers = {{0, {percent(50), percent(50)}}};
  agreement.caps = {{}, {}};
  agreement.deductions = {{model::none, 1, "blueteq_cost"}};
  agreement.unit = pence(1);
  model::Agreement::After after;
  after.lowest = 4;
  after.same = {5};
  agreement.after = after;
  model::Agreement::Target target;
  target.name = "new_patients";
  target.label = "90% of new patients on best value";
  target.at_least = percent(90);
  target.by = day("2019-03-01");
  agreement.targets = {target};
  made.agreements.push_back(agreement);
  return made;
}

/// A saving shared half and half: the provider's half is rounded down, and what is deducted taken from it.
inline Settlement month(const std::string& label, const char* from, const char* to, std::int64_t saving,
                        std::int64_t deducted) {
  Settlement made;
  made.parties = {"SouthSefton", "ods:RXA01"};
  made.label = label;
  made.days = {day(from), day(to)};
  made.lines = 2;
  made.saving = made.saving_of_lines = made.saving_of_year = saving;
  const std::int64_t half = saving / 2 / pence(1) * pence(1);
  made.shares = {{0, saving - half, 0, saving - half, {}, 0, {}, {}},
                 {1, half, deducted, half - deducted, {}, 0, {}, {}}};
  return made;
}

/// £1,234.57 saved in December: the provider's half is £617.28, less £10.00; the commissioner's the rest, £617.29. A
/// loss of £20.00 in February, and nothing in January. £5.25 charged too much in June 2020, after the period.
inline Statement statement() {
  Statement made;
  Settlement december = month("2018-12", "2018-12-01", "2018-12-31", pence(123457), pence(1000));
  december.left_out = 1;
  december.corrected = 1;
  december.notes = {"1 line left out: `unit_price` is not known"};
  december.detail = {
      {"A1",
       2,
       "",
       day("2018-12-03"),
       {{"quantity", "2"}, {"unit_price", "£35.00"}},
       pence(63428),
       {pence(500)},
       "",
       false},
      {"A2",
       3,
       "",
       day("2018-12-20"),
       {{"quantity", "2"}, {"unit_price", "£51.995"}},
       pence(60029),
       {pence(500)},
       "",
       true},
      {"A<3>", 4, "", day("2018-12-21"), {{"quantity", "1"}}, 0, {}, "`unit_price` is not known", false}};
  made.settlements.push_back(december);
  made.settlements.push_back(month("2019-02", "2019-02-01", "2019-02-28", pence(-2000), 0));
  Settlement june = month("2020-06", "2020-06-01", "2020-06-30", 0, 0);
  june.excess = pence(525);
  june.shares.clear();
  made.settlements.push_back(june);
  TargetResult target;
  target.parties = december.parties;
  target.counted = 11;
  target.met = 10;
  target.share = 909'091;
  target.reached = true;
  made.targets.push_back(target);
  made.records = 7;
  made.not_covered = 1;
  made.undecided = 1;
  return made;
}

/// The first of the settlements as an earlier statement had it: £1,000.00, of which £500.00 and £490.00 were paid.
inline void settle_earlier(Settlement& settlement) {
  settlement.saving_before = pence(100000);
  settlement.shares[0].before = pence(50000);
  settlement.shares[0].difference = settlement.shares[0].net - pence(50000);
  settlement.shares[1].before = pence(49000);
  settlement.shares[1].difference = settlement.shares[1].net - pence(49000);
}

}  // namespace proviso::settle::example
