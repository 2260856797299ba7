#pragma once

#include <string>

#include "property/library.hpp"

/// How a library is made, part by part: each maker adds to the library, and to what later parts may name.
namespace proviso::property {

struct Making {
  Random& random;
  LibraryOptions options;
  Library library = {};
  Names dated = {};
  Names undated = {};                         ///< what may be named where there is no deciding date
  std::vector<std::string> place_facts = {};  ///< those that may say where a record is
  Names tendencies = {};                      ///< the hooks that may only tighten or loosen
  ExpressionMaker maker;
  int number = 0;

  Making(Random& source, LibraryOptions given)
      : random(source), options(given), maker(source, library.vocabulary, library.pool, given.monotone) {}
  Making(const Making&) = delete;
  Making& operator=(const Making&) = delete;

  std::string next(const std::string& prefix) { return prefix + std::to_string(number++); }
  std::string literal(const Type& type) { return make_literal(random, library.vocabulary, type, library.pool); }
  bool has_places() const { return !library.vocabulary.places.empty(); }
  const std::string& some_place() { return random.pick(library.vocabulary.places).name; }
  /// A criterion: at depth 2 mostly a group, at depth 0 an expression.
  Criterion criterion(const Names& names, int depth);
  Expression limit(const Names& names);
};

/// `from 2019-04-01 to 2020-03-31`.
std::string period(const Held& held);
/// A first day in the years in which records are decided, and now and then a last one.
Held some_period(Random& random, const std::string& place);

void add_declarations(Making& making);
void add_policies(Making& making);
/// Of the policies that there are.
void add_variations(Making& making);

/// Writes a criterion's condition, behind its colon or `when`.
void render(std::string& text, const Criterion& criterion, const std::string& indent);
std::string render(const Variation& variation);

}  // namespace proviso::property
