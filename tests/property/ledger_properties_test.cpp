#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "property/evaluators.hpp"
#include "property/library.hpp"
#include "property/making.hpp"
#include "property/relations.hpp"
#include "property/settings.hpp"

// What is true of whatever payments say over whatever ledger.
namespace proviso::property {
namespace {

using reference::Integer;
using reference::Ledger;

using TryLedger = std::function<void(Random&, const Library&, Evaluators&, const Ledger&)>;

std::string show_case(const Library& library, const Ledger& ledger) {
  std::string out;
  for (const std::string& text : library.render()) out += text + "\n";
  for (const Json& line : ledger.lines) out += line.dump() + "\n";
  for (const auto& [name, records] : ledger.registers) {
    for (const Json& record : records) out += name + ' ' + record.dump() + "\n";
  }
  return out;
}

/// Calls `test` with libraries that check, and a ledger for each, until so many lines were tried.
void for_each_ledger(const std::function<Library(Random&)>& make, LedgerOptions how, const TryLedger& test) {
  Random seeds(seed());
  int written = 0;
  int refused = 0;
  for (std::uint64_t tried = 0; tried < record_count(800);) {
    const std::uint64_t library_seed = number_from_environment("PROVISO_LIBRARY_SEED", seeds.seed());
    Random random(library_seed);
    const Library library = make(random);
    Evaluators evaluators(library.render());
    refused += evaluators.good() ? 0 : 1;
    REQUIRE_FALSE(is_hopeless(refused, ++written));
    if (evaluators.good()) {
      how.missing = static_cast<int>(random.between(0, 20));
      const auto length = static_cast<std::size_t>(random.between(1, 40));
      const Ledger ledger = make_ledger(random, library.vocabulary, library.pool, length, how);
      INFO("library seed " << library_seed);
      test(random, library, evaluators, ledger);
      tried += ledger.lines.size();
    }
    if (std::getenv("PROVISO_LIBRARY_SEED") != nullptr) break;
  }
}

Library any_payments(Random& random) {
  LibraryOptions options{2};
  options.ledger = true;
  return make_library(random, options);
}
/// Of which none means less where a record says more.
Library monotone_payments(Random& random) {
  LibraryOptions options{2, true};
  options.ledger = true;
  return make_library(random, options);
}

std::optional<Integer> price_of(const Evaluators& evaluators, const Json& line) {
  return reference::paid(evaluators.world(), "Case", line, {});
}

const reference::Answer& same_policy(const Answers& answers, const reference::Answer& answer) {
  const auto found =
      std::find_if(answers.begin(), answers.end(), [&](const auto& each) { return each.policy == answer.policy; });
  REQUIRE(found != answers.end());
  return *found;
}

TEST_CASE("a line is paid at most its price", "[property]") {
  for_each_ledger(any_payments, {},
                  [](Random& random, const Library& library, Evaluators& evaluators, const Ledger& ledger) {
                    const std::vector<LineAnswer> answers = evaluators.over(cut(ledger, random), random);
                    REQUIRE(answers.size() == ledger.lines.size());
                    for (std::size_t line = 0; line < answers.size(); ++line) {
                      const std::optional<Integer> price = price_of(evaluators, ledger.lines[line]);
                      INFO(show_case(library, ledger) << "line " << line << ": " << show(answers[line]));
                      const std::optional<Integer>& amount = answers[line].amount;
                      CHECK((!amount || !price || *amount <= *price));
                      // Without a price there is nothing that could be paid.
                      CHECK((!amount || price || *amount == 0));
                      for (const reference::Answer& answer : answers[line].answers) {
                        CHECK((!answer.amount || !amount || *amount <= *answer.amount));
                      }
                    }
                  });
}

/// A library whose only payment is for the first line of each group.
Library first_of_group(Random& random) {
  Library library = any_payments(random);
  library.policies.clear();
  library.variations.clear();
  for (const Relation& relation : library.vocabulary.relations) {
    if (!relation.is_group || !library.policies.empty()) continue;
    Policy policy;
    policy.payment = true;
    policy.name = "first_alone";
    policy.head = "payment first_alone \"One of each group\" on Case {\n  source \"Paper\"\n";
    const Expression is_first{{Sort::truth}, "rank in " + relation.name + " = 1", {}};
    policy.clauses = {{"pay in full", "", {"", "", is_first, {}}, {}}, {"otherwise withhold must", "", {}, {}}};
    library.policies.push_back(policy);
  }
  return library;
}

TEST_CASE("of the lines of a group one alone is the first, and paid once", "[property]") {
  std::size_t groups = 0;
  for_each_ledger(first_of_group, {0, false},
                  [&](Random& random, const Library& library, Evaluators& evaluators, const Ledger& ledger) {
                    if (library.policies.empty()) return;
                    const std::vector<LineAnswer> answers = evaluators.over(cut(ledger, random), random);
                    const std::vector<Json> joined = reference::joined(evaluators.world(), "Case", ledger);
                    const std::string expression = library.policies.front().clauses.front().condition.expression.text;
                    const std::string list = expression.substr(8, expression.find(" = ") - 8);
                    // The lines of a group, by what is in it.
                    struct Count {
                      int lines = 0;
                      int paid = 0;
                      int open = 0;  // a fact that orders the group is missing
                    };
                    std::map<std::string, Count> counts;
                    for (std::size_t line = 0; line < answers.size(); ++line) {
                      const reference::Answer& answer = answers[line].answers.front();
                      const bool has_rank = joined[line].contains("rank in " + list);
                      // Nobody is asked for a rank among lines not all of which could be read.
                      const bool in_part = joined[line].contains(list) && joined[line][list].is_object();
                      CHECK((answer.outcome != "query" || in_part));
                      CHECK((answer.outcome == "information needed" || answer.outcome == "query") == !has_rank);
                      if (!joined[line].contains(list)) continue;
                      Count& count = counts[joined[line][list].dump()];
                      ++count.lines;
                      count.paid += answer.outcome == "pay" ? 1 : 0;
                      count.open += has_rank ? 0 : 1;
                    }
                    for (const auto& [key, count] : counts) {
                      INFO(show_case(library, ledger));
                      CHECK(count.paid <= 1);
                      CHECK((count.open > 0 || count.paid == 1));
                      groups += count.lines > 1 && count.open == 0 ? 1 : 0;
                    }
                  });
  std::cout << groups << " groups of several lines had a first\n";
  CHECK((groups > 0 || std::getenv("PROVISO_LIBRARY_SEED") != nullptr));
}

/// What comes of lines that say the same, whichever of them it is.
std::map<std::string, std::multiset<std::string>> by_line(const Ledger& ledger,
                                                          const std::vector<LineAnswer>& answers) {
  std::map<std::string, std::multiset<std::string>> result;
  for (std::size_t line = 0; line < answers.size(); ++line) {
    result[ledger.lines[line].dump()].insert(show(answers[line]));
  }
  return result;
}

TEST_CASE("neither the order of lines nor how they are cut into blocks changes what is paid", "[property]") {
  for_each_ledger(any_payments, {0, false},
                  [](Random& random, const Library& library, Evaluators& evaluators, const Ledger& ledger) {
                    const auto straight = by_line(ledger, evaluators.over(ledger));
                    Ledger other = ledger;
                    random.shuffle(other.lines);
                    for (auto& [name, records] : other.registers) random.shuffle(records);
                    INFO(show_case(library, ledger));
                    CHECK(by_line(other, evaluators.over(cut(other, random), random)) == straight);
                  });
}

/// A library in which the register is good for nothing but being paid in full.
Library authorised(Random& random) {
  Library library = any_payments(random);
  // Half of them have no register.
  for (int left = 10; left > 0 && library.vocabulary.register_fields.empty(); --left) library = any_payments(random);
  library.policies.clear();
  library.variations.clear();
  library.definitions.clear();
  ExpressionMaker maker(random, library.vocabulary, library.pool, false);
  for (const Relation& relation : library.vocabulary.relations) {
    if (!relation.to_register) continue;
    for (long left = random.between(1, 2); left > 0; --left) {
      Names names;
      names.add(library.vocabulary.fields, "");
      Policy policy;
      policy.payment = true;
      policy.name = "authorised_" + std::to_string(library.policies.size());
      policy.head = "payment " + policy.name + " \"Authorisations\" on Case {\n  source \"Paper\"\n" +
                    "  effective 2018-01-01\n  dated by referred\n";
      if (random.chance(25)) policy.applies.push_back(maker.make({Sort::truth}, names, 2));
      if (random.chance(30))
        policy.clauses.push_back({"exempt", "", {"", "", maker.make({Sort::truth}, names, 1), {}}, {}});
      names.add(relation.list.fields, "a.");
      Expression any{{Sort::truth}, "any a in " + relation.name, {}};
      if (random.chance(70)) {
        any.text += std::string(" where ") + Expression::hole;
        any.children.push_back(maker.make({Sort::truth}, names, 2));
      }
      policy.clauses.push_back({"pay in full", "", {"", "", any, {}}, {}});
      policy.clauses.push_back({"otherwise withhold must", "", {}, {}});
      library.policies.push_back(policy);
    }
  }
  return library;
}

TEST_CASE("one more authorisation never lowers a payment", "[property]") {
  int raised = 0;
  for_each_ledger(
      authorised, {}, [&](Random& random, const Library& library, Evaluators& evaluators, const Ledger& ledger) {
        const auto found = ledger.registers.find("Permit");
        if (library.policies.empty() || found == ledger.registers.end()) return;
        const std::vector<LineAnswer> before = evaluators.over(ledger);
        for (int more = 0; more < 8; ++more) {
          Ledger with = ledger;
          const Json& line = random.pick(ledger.lines);
          Json permit = make_register_record(random, library.vocabulary, library.pool, 0);
          for (const Relation& relation : library.vocabulary.relations) {
            if (!relation.to_register) continue;
            std::vector<std::pair<std::string, std::string>> same = relation.keys;
            // A day is within whatever is counted from it.
            if (random.chance(70)) same.insert(same.end(), relation.dates.begin(), relation.dates.end());
            for (const auto& [own, other] : same) {
              if (!value_at(line, own).is_null()) permit[other] = value_at(line, own);
            }
          }
          with.registers["Permit"].push_back(permit);
          const std::vector<LineAnswer> after = evaluators.over(with);
          for (std::size_t each = 0; each < before.size(); ++each) {
            if (!before[each].amount) continue;
            INFO(show_case(library, with) << "line " << each << "\n" << show(before[each]) << show(after[each]));
            // Whether what was withheld is paid after all may depend on a fact that nobody asked for before.
            CHECK((after[each].amount || before[each].outcome == "withhold"));
            CHECK((!after[each].amount || *after[each].amount >= *before[each].amount));
            raised += after[each].amount && *after[each].amount > *before[each].amount ? 1 : 0;
          }
        }
      });
  std::cout << raised << " payments were raised\n";
  CHECK((raised > 0 || std::getenv("PROVISO_LIBRARY_SEED") != nullptr));
}

void add_paths(const Json& json, const std::string& at, std::vector<std::string>& paths) {
  if (json.is_object() && !json.contains("value") && !json.contains("code")) {
    for (const auto& [name, member] : json.items()) {
      const std::string path = at.empty() ? name : at + '.' + name;
      paths.push_back(path);
      add_paths(member, path, paths);
    }
  }
}

/// Whether the one path is of something inside the other.
bool touches(const std::string& path, const std::string& other) {
  return path == other || other.find(path + '.') == 0 || path.find(other + '.') == 0;
}

/// What makes a line be found by others.
bool is_key(const Vocabulary& vocabulary, const std::string& path) {
  for (const Relation& relation : vocabulary.relations) {
    for (const auto& [own, other] : relation.keys) {
      if (touches(path, own) || touches(path, other)) return true;
    }
  }
  return false;
}

void remove_at(Json& record, const std::string& path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) {
    record[path] = nullptr;
  } else {
    remove_at(record[path.substr(0, dot)], path.substr(dot + 1));
  }
}

bool is_paid(const std::string& outcome) { return outcome == "pay" || outcome == "adjust"; }

TEST_CASE("removing a fact never makes a withheld line paid", "[property]") {
  for_each_ledger(
      monotone_payments, {}, [](Random& random, const Library& library, Evaluators& evaluators, const Ledger& ledger) {
        const std::vector<LineAnswer> before = evaluators.over(ledger);
        for (int tries = 0; tries < 12; ++tries) {
          Ledger less = ledger;
          const auto line = static_cast<std::size_t>(random.between(0, static_cast<long>(ledger.lines.size()) - 1));
          std::vector<std::string> paths;
          add_paths(less.lines[line], "", paths);
          const std::string path = random.pick(paths);
          // It ranks lines that are alike in the order of their group, and is never asked for.
          if (path == "id") continue;
          remove_at(less.lines[line], path);
          const std::vector<LineAnswer> after = evaluators.over(less);
          for (std::size_t each = 0; each < before.size(); ++each) {
            // Without its key no other line finds it.
            if (each != line && is_key(library.vocabulary, path)) continue;
            for (const reference::Answer& answer : before[each].answers) {
              const reference::Answer& then = same_policy(after[each].answers, answer);
              INFO(show_case(library, ledger) << "without " << path << " of line " << line << ", line " << each << "\n"
                                              << show(before[each]) << show(after[each]));
              if (answer.outcome == "withhold") {
                CHECK((then.outcome == "withhold" || then.outcome == "information needed" || then.outcome == "query"));
              }
              if (!is_paid(then.outcome)) continue;
              CHECK(then.outcome == answer.outcome);
              CHECK(then.recount == answer.recount);
              CHECK((!then.amount || then.amount == answer.amount));
            }
          }
        }
      });
}

void add_fact_paths(const std::vector<Field>& fields, const std::string& prefix, std::vector<std::string>& paths) {
  for (const Field& field : fields) {
    if (field.shape == Field::Shape::record) {
      add_fact_paths(field.fields, prefix + field.name + '.', paths);
    } else {
      paths.push_back(prefix + field.name);
    }
  }
}

/// By name: what orders a group orders its list too, and with that what a line and the others are asked for through it.
std::vector<reference::Need> in_order(std::vector<reference::Need> needs) {
  std::sort(needs.begin(), needs.end(), [](const auto& a, const auto& b) { return a.fact < b.fact; });
  return needs;
}

TEST_CASE("supplying facts of a line that were not needed changes nothing for it", "[property]") {
  for_each_ledger(
      monotone_payments, {}, [](Random& random, const Library& library, Evaluators& evaluators, const Ledger& ledger) {
        std::vector<std::string> paths;
        add_fact_paths(library.vocabulary.fields, "", paths);
        const std::vector<LineAnswer> before = evaluators.over(ledger);
        for (int tries = 0; tries < 12; ++tries) {
          const auto line = static_cast<std::size_t>(random.between(0, static_cast<long>(ledger.lines.size()) - 1));
          std::set<std::string> asked;
          for (const reference::Answer& answer : before[line].answers) {
            for (const reference::Need& need : answer.needs) asked.insert(need.fact);
          }
          // Without a date or a place another fact may still exclude the line.
          if (value_at(ledger.lines[line], "referred").is_null()) continue;
          const bool asks_for_more = std::any_of(asked.begin(), asked.end(), [](const std::string& path) {
            return path == "home" || path.find("site_") != std::string::npos;
          });
          if (asks_for_more) continue;
          Ledger more = ledger;
          for (const std::string& path : paths) {
            if (path == "charge" || asked.count(path) != 0 || !value_at(ledger.lines[line], path).is_null()) continue;
            if (path == "id") continue;
            supply(random, library.vocabulary, library.pool, path, more.lines[line]);
          }
          const LineAnswer after = evaluators.over(more)[line];
          INFO(show_case(library, ledger) << "line " << line << " then " << more.lines[line] << "\n"
                                          << show(before[line]) << show(after));
          CHECK(after.outcome == before[line].outcome);
          CHECK(after.amount == before[line].amount);
          for (const reference::Answer& answer : before[line].answers) {
            const reference::Answer& then = same_policy(after.answers, answer);
            CHECK(then.outcome == answer.outcome);
            CHECK(then.amount == answer.amount);
            CHECK(in_order(then.needs) == in_order(answer.needs));
          }
        }
      });
}

}  // namespace
}  // namespace proviso::property
