#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "property/each_library.hpp"

namespace proviso::property {
namespace {

/// The paths of what the record says, lists and nested records and their parts too; elements of lists are not facts.
void add_paths(const Json& json, const Json::json_pointer& at, std::vector<Json::json_pointer>& paths) {
  if (json.is_object()) {
    if (json.contains("value") || json.contains("code")) return;
    for (const auto& [name, member] : json.items()) {
      paths.push_back(at / name);
      add_paths(member, at / name, paths);
    }
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) add_paths(json[i], at / i, paths);
  }
}

TEST_CASE("removing a fact never turns an outcome into approve", "[property]") {
  for_each_library(
      {2, true}, record_count(1'500),
      [](Random& random, const Library& library, Evaluators& evaluators, const std::vector<Json>& records) {
        for (const Json& record : records) {
          std::vector<Json::json_pointer> paths;
          add_paths(record, Json::json_pointer(), paths);
          std::vector<Json> variants = {record};
          for (const Json::json_pointer& path : paths) {
            if (random.chance(60)) continue;
            variants.push_back(record);
            variants.back()[path] = nullptr;
          }
          const std::vector<Answers> answers = evaluators.together(variants);
          for (std::size_t i = 1; i < variants.size(); ++i) {
            for (const reference::Answer& answer : answers[i]) {
              if (answer.outcome != "approve") continue;
              for (const reference::Answer& original : answers[0]) {
                if (original.policy != answer.policy || original.outcome == "approve") continue;
                FAIL_CHECK(answer.policy << ": " << original.outcome << " became approve\n"
                                         << show_case(library, record, variants[i]));
              }
            }
          }
        }
      });
}

/// The paths of the facts of the record itself, through nested records.
void add_fact_paths(const std::vector<Field>& fields, const std::string& prefix, std::vector<std::string>& paths) {
  for (const Field& field : fields) {
    if (field.shape == Field::Shape::record) {
      add_fact_paths(field.fields, prefix + field.name + '.', paths);
    } else {
      paths.push_back(prefix + field.name);
    }
  }
}

bool says(const Json& record, const std::string& path) {
  std::string pointer = "/" + path;
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  const Json::json_pointer at(pointer);
  return record.contains(at) && !record[at].is_null();
}

std::set<std::string> needed(const Answers& answers) {
  std::set<std::string> names;
  for (const reference::Answer& answer : answers) {
    for (const reference::Need& need : answer.needs) names.insert(need.fact);
  }
  return names;
}

bool asks_for_place(const Library& library, const std::set<std::string>& asked) {
  Names names;
  names.add(library.vocabulary.fields, "");
  return std::any_of(names.values.begin(), names.values.end(), [&](const Named& named) {
    return named.type.sort == Sort::place && asked.count(named.path) != 0;
  });
}

TEST_CASE("supplying facts that were not needed changes nothing", "[property]") {
  for_each_library(
      {2, true}, record_count(1'500),
      [](Random& random, const Library& library, Evaluators& evaluators, const std::vector<Json>& records) {
        std::vector<std::string> paths;
        add_fact_paths(library.vocabulary.fields, "", paths);
        for (const Json& record : records) {
          // Without a deciding date another fact may still exclude the record.
          if (!says(record, "referred")) continue;
          const Answers before = evaluators.alone(record);
          const std::set<std::string> asked = needed(before);
          // So it is without a place.
          if (asks_for_place(library, asked)) continue;
          Json more = record;
          for (const std::string& path : paths) {
            if (asked.count(path) == 0 && !says(record, path))
              supply(random, library.vocabulary, library.pool, path, more);
          }
          const Answers after = evaluators.alone(more);
          INFO(show_case(library, record, more) << show(before) << show(after));
          for (const reference::Answer& answer : before) {
            const auto same = std::find_if(after.begin(), after.end(),
                                           [&](const auto& each) { return each.policy == answer.policy; });
            REQUIRE(same != after.end());
            CHECK(same->outcome == answer.outcome);
            CHECK(same->needs == answer.needs);
          }
        }
      });
}

TEST_CASE("supplying what is needed leads to a decision", "[property]") {
  for_each_library(
      {2, false}, record_count(1'500),
      [](Random& random, const Library& library, Evaluators& evaluators, const std::vector<Json>& records) {
        for (const Json& record : records) {
          Json more = record;
          Answers answers = evaluators.alone(more);
          // Each round supplies a fact that was unknown, and there are not so many.
          for (int round = 0; round < 60 && !needed(answers).empty(); ++round) {
            for (const std::string& path : needed(answers))
              supply(random, library.vocabulary, library.pool, path, more);
            answers = evaluators.alone(more);
          }
          INFO(show_case(library, record, more) << show(answers));
          for (const reference::Answer& answer : answers) CHECK(answer.outcome != "information needed");
        }
      });
}

TEST_CASE("records are decided each for itself, whatever stands beside them", "[property]") {
  for_each_library(
      {2, false}, record_count(3'000),
      [](Random& random, const Library& library, Evaluators& evaluators, const std::vector<Json>& records) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < records.size(); ++i) order.push_back(i);
        random.shuffle(order);
        std::vector<Json> shuffled;
        for (const std::size_t i : order) shuffled.push_back(records[i]);
        const std::vector<Answers> straight = evaluators.together(records);
        const std::vector<Answers> other = evaluators.together(shuffled);
        for (std::size_t i = 0; i < order.size(); ++i) {
          const Answers& first = straight[order[i]];
          INFO(show_case(library, records[order[i]], shuffled[i]));
          CHECK(difference(first, other[i]) == "");
          CHECK(difference(first, evaluators.alone(records[order[i]])) == "");
        }
      });
}

}  // namespace
}  // namespace proviso::property
