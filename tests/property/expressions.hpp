#pragma once

#include <string>
#include <vector>

#include "property/expression.hpp"
#include "property/vocabulary.hpp"

namespace proviso::property {

/// Something that an expression may name.
struct Named {
  std::string path;
  Type type;
};

struct NamedList {
  std::string path;
  const Field* field;
};

/// A definition with parameters, or a table.
struct Callable {
  std::string name;
  Type type;
  std::vector<Type> arguments;
};

struct CodeListName {
  std::string name;
  std::string system;
};

/// All that may be named at one point.
struct Names {
  std::vector<Named> values;
  std::vector<NamedList> lists;
  std::vector<Callable> callables;
  std::vector<CodeListName> code_lists;

  /// Adds the fields of a record, or of an element, whose path is `prefix`.
  void add(const std::vector<Field>& fields, const std::string& prefix);
  /// Adds their lists, and the ranks in groups.
  void add(const std::vector<Relation>& relations);
};

/// Makes random expressions of a type, from what may be named. Every form of the language comes up.
class ExpressionMaker {
 public:
  ExpressionMaker(Random& random, const Vocabulary& vocabulary, Pool& pool, bool monotone)
      : random_(random), vocabulary_(vocabulary), pool_(pool), monotone_(monotone) {}

  Expression make(const Type& type, const Names& names, int depth);

  /// Whether something is there to be named that has the type, and so can give a word its meaning.
  static bool has(const Names& names, const Type& type);
  Type any_type(const Names& names);
  /// A type of codes, of which something is there to be named if there is any.
  Type code_type(const Names& names);

 private:
  Random& random_;
  const Vocabulary& vocabulary_;
  Pool& pool_;
  /// No form that turns unknown into known: `is known`, `first known of`.
  bool monotone_;
  int variables_ = 0;

  Expression leaf(const Type& type, const Names& names);
  Expression literal(const Type& type);
  Expression named(const Type& type, const Names& names);
  Expression form(const Type& type, std::string text, std::vector<Expression> children);
  Expression same_dimension(const Type& type, const Names& names, int depth);
  Expression literal_or(const Type& type, const Names& names, int depth);
  Expression typed(const Type& type, const Names& names, int depth);
  Expression either_kind(const Type& kind, const Names& names, int depth);
  Expression truth(const Names& names, int depth);
  Expression comparison(const Names& names, int depth);
  Expression membership(const Names& names, int depth);
  Expression over_elements(const Names& names, int depth);
  Expression decimal(const Type& type, const Names& names, int depth);
  Expression number(const Names& names, int depth);
  Expression date(const Names& names, int depth);
  Expression duration(const Type& type, const Names& names, int depth);
  Expression choice(const Type& type, const Names& names, int depth);
  /// A list form with a value: nothing (empty text) where no list has one of the type.
  Expression fold(const Type& type, const Names& names, int depth);
  /// What may be named inside a list form over `list`.
  Names inside(const Names& names, const NamedList& list, const std::string& variable);
};

}  // namespace proviso::property
