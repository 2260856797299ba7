#pragma once

#include <string>
#include <vector>

#include "property/expressions.hpp"
#include "property/vocabulary.hpp"

namespace proviso::property {

/// Something that holds in a place (empty: everywhere) from one day to another; 0: for good.
struct Held {
  std::string place;
  long first = 0;
  long last = 0;

  bool on(long day) const { return first <= day && (last == 0 || day <= last); }
};

/// A part of a declaration that can be left out: a threshold's value, a block of codes, a table's row.
struct Part {
  std::string text;
  Held held = {};
};

/// A threshold, a code list, a table, a hook.
struct Declaration {
  std::string head;
  std::vector<Part> parts;
  std::string tail;
};

/// A group of criteria, or a criterion that is an expression (without a head).
struct Criterion {
  std::string name;
  std::string head;  ///< `all`, `at least 2 of`, ...
  Expression expression;
  std::vector<Criterion> children;
};

struct Clause {
  std::string word;  ///< `approve`, `otherwise refuse`, `pay`, `withhold must`, ...
  std::string name;
  Criterion condition;
  Expression gives = {};  ///< of a payment: what stands behind the word, an amount or a code
};

struct Policy {
  std::string name;
  bool payment = false;
  std::string head;  ///< up to the clauses, without `in` and `applies when`
  std::vector<std::string> places;
  std::vector<Expression> applies;  ///< one or none
  std::vector<Clause> clauses;
  bool dated = false;
  Held held;  ///< its period
};

struct Change {
  std::string word;    ///< replace, add, remove, category, omit
  std::string clause;  ///< replace, add: the outcome of a clause; empty for a criterion
  std::string name;    ///< of the criterion or clause; the category
  Criterion condition;
  std::string to;  ///< add: the group, or empty
};

struct Variation {
  std::string policy;
  Held held;
  std::vector<Change> changes;
  std::vector<std::string> not_looser_than;
};

struct Definition {
  std::string head;  ///< `define wait(a number)`
  Expression body;
};

/// Whole policy texts, kept in parts so that a failing one can be made smaller.
struct Library {
  Vocabulary vocabulary;
  std::vector<Declaration> declarations;
  std::vector<Definition> definitions;
  std::vector<Policy> policies;
  std::vector<Variation> variations;
  bool two_files = false;
  bool variations_apart = false;
  Pool pool;

  /// The text of each file.
  std::vector<std::string> render() const;
};

struct LibraryOptions {
  int policies = 2;
  bool monotone = false;
  /// Places, and what holds in some of them alone.
  bool placed = true;
  /// No expression reads where the record is: what a place changes is changed by its values and variations.
  bool place_unread = false;
  /// One policy, and a variation that says that it is not looser than another place.
  bool not_looser = false;
  /// Payments, most of them, on the lines of a ledger.
  bool ledger = false;
};
Library make_library(Random& random, LibraryOptions options);

}  // namespace proviso::property
