#include "property/shrink.hpp"

namespace proviso::property {
namespace {

using StillFails = std::function<bool(const Failure&)>;

class Shrinker {
 public:
  Shrinker(Failure& failure, const StillFails& still_fails) : failure_(failure), still_fails_(still_fails) {}

  /// Whether anything could be left out.
  bool pass() {
    smaller_ = false;
    Library& library = failure_.library;
    drop(library.variations);
    for (Variation& variation : library.variations) {
      drop(variation.changes);
      for (Change& change : variation.changes) reduce(change.condition);
    }
    drop(library.policies);
    if (failure_.record.contains("lines")) drop(failure_.record);
    for (Policy& policy : library.policies) {
      drop(policy.applies);
      drop(policy.places);
      drop(policy.clauses);
      for (Expression& applies : policy.applies) simplify(applies);
      for (Clause& clause : policy.clauses) {
        reduce(clause.condition);
        for (Expression& part : clause.gives.children) simplify(part);
      }
    }
    drop(library.definitions);
    for (Definition& definition : library.definitions) simplify(definition.body);
    drop(library.declarations);
    for (Declaration& declaration : library.declarations) drop(declaration.parts);
    if (library.two_files) attempt(library.two_files, false);
    if (library.variations_apart) attempt(library.variations_apart, false);
    drop(failure_.record);
    drop(library.vocabulary.relations);
    drop(library.vocabulary.register_fields);
    drop(library.vocabulary.fields);
    drop(library.vocabulary.places);
    for (Field& field : library.vocabulary.fields) drop(field.fields);
    return smaller_;
  }

 private:
  Failure& failure_;
  const StillFails& still_fails_;
  bool smaller_ = false;

  template <typename T>
  bool attempt(T& part, T replacement) {
    std::swap(part, replacement);
    if (still_fails_(failure_)) {
      smaller_ = true;
      return true;
    }
    std::swap(part, replacement);
    return false;
  }

  template <typename T>
  void drop(std::vector<T>& parts) {
    for (std::size_t i = parts.size(); i-- > 0;) {
      std::vector<T> rest = parts;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      attempt(parts, std::move(rest));
    }
  }

  void drop(Json& json) {
    if (json.is_object()) {
      std::vector<std::string> names;
      for (const auto& [name, member] : json.items()) names.push_back(name);
      for (const std::string& name : names) {
        Json rest = json;
        rest.erase(name);
        if (!attempt(json, std::move(rest))) drop(json[name]);
      }
    } else if (json.is_array()) {
      drop_runs(json);
      for (std::size_t i = json.size(); i-- > 0;) {
        Json rest = json;
        rest.erase(i);
        if (!attempt(json, std::move(rest))) drop(json[i]);
      }
    }
  }

  /// Of the many lines of a ledger, half of them at once and so on.
  void drop_runs(Json& list) {
    for (std::size_t length = list.size() / 2; length > 1; length /= 2) {
      for (std::size_t first = 0; first + length <= list.size();) {
        Json rest = Json::array();
        for (std::size_t i = 0; i < list.size(); ++i) {
          if (i < first || i >= first + length) rest.push_back(list[i]);
        }
        if (!attempt(list, std::move(rest))) first += length;
      }
    }
  }

  void reduce(Criterion& criterion) {
    if (criterion.head.empty()) {
      simplify(criterion.expression);
      return;
    }
    for (std::size_t i = 0; i < criterion.children.size(); ++i) {
      Criterion child = criterion.children[i];
      if (attempt(criterion, std::move(child))) return reduce(criterion);
    }
    drop(criterion.children);
    for (Criterion& child : criterion.children) reduce(child);
  }

  /// Puts a part of the expression that is of its type in its place.
  void simplify(Expression& expression) {
    for (std::size_t i = 0; i < expression.children.size(); ++i) {
      if (!(expression.children[i].type == expression.type)) continue;
      Expression child = expression.children[i];
      if (attempt(expression, std::move(child))) return simplify(expression);
    }
    for (Expression& child : expression.children) simplify(child);
  }
};

}  // namespace

Failure shrink(Failure failure, const std::function<bool(const Failure&)>& still_fails) {
  Shrinker shrinker(failure, still_fails);
  for (int passes = 0; passes < 8 && shrinker.pass(); ++passes) {
  }
  return failure;
}

}  // namespace proviso::property
