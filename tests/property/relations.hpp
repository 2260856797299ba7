#pragma once

#include "property/vocabulary.hpp"
#include "reference/relations.hpp"

/// Relations and groups, and ledgers whose lines have to do with each other.
namespace proviso::property {

/// To the other lines, to themselves in groups, and to a register.
void add_relations(Random& random, Vocabulary& vocabulary, Vocabularies options);

struct LedgerOptions {
  int missing = 10;      ///< how many facts (in a hundred) are left out
  bool distinct = true;  ///< every line has an id of its own, or one none; else a few have that of another
};

/// So many lines, and now and then no register. Lines agree in the keys of relations, and lie in their windows, more
/// often than not.
reference::Ledger make_ledger(Random& random, const Vocabulary& vocabulary, const Pool& pool, std::size_t lines,
                              LedgerOptions options);

/// What the record says at the path, `person.site`; null where it says nothing.
Json value_at(const Json& record, const std::string& path);

}  // namespace proviso::property
