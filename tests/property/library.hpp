#pragma once

#include <string>
#include <vector>

#include "property/expressions.hpp"
#include "property/vocabulary.hpp"

namespace proviso::property {

/// A group of criteria, or a criterion that is an expression (without a head).
struct Criterion {
  std::string name;
  std::string head;  ///< `all`, `at least 2 of`, ...
  Expression expression;
  std::vector<Criterion> children;
};

struct Clause {
  std::string word;  ///< `approve`, `otherwise refuse`, ...
  std::string name;
  Criterion condition;
};

struct Policy {
  std::string head;                 ///< up to the clauses, without `applies when`
  std::vector<Expression> applies;  ///< one or none
  std::vector<Clause> clauses;
};

struct Definition {
  std::string head;  ///< `define wait(a number)`
  Expression body;
};

/// Whole policy texts, kept in parts so that a failing one can be made smaller.
struct Library {
  Vocabulary vocabulary;
  std::vector<std::string> declarations;  ///< thresholds, code lists, tables
  std::vector<Definition> definitions;
  std::vector<Policy> policies;
  bool two_files = false;
  Pool pool;

  /// The text of each file.
  std::vector<std::string> render() const;
};

struct LibraryOptions {
  int policies = 2;
  bool monotone = false;
};
Library make_library(Random& random, LibraryOptions options);

}  // namespace proviso::property
