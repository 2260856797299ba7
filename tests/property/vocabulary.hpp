#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "property/expression.hpp"
#include "property/random.hpp"

namespace proviso::property {

using Json = nlohmann::json;

struct Enumeration {
  std::string name;
  std::vector<std::string> values;  ///< as written: quoted or not
  bool ordered = false;
};

struct Field {
  enum class Shape { value, record, list_of_records, list_of_values };
  std::string name;
  Shape shape = Shape::value;
  Type type;                  ///< of the value or of the list's elements
  std::string record;         ///< name of the record
  std::vector<Field> fields;  ///< of the record
  bool measured = false;
  std::string valid;   ///< `12 months`
  std::string assume;  ///< a literal
  bool nhs_number = false;
  bool price = false;
};

/// A relation or a group: which other lines, or records of the register, belong to a line.
struct Relation {
  std::string name;
  std::string text;  ///< the declaration
  Field list;        ///< with the facts that its elements have
  bool is_group = false;
  bool to_register = false;
  std::vector<std::pair<std::string, std::string>> keys;   ///< a path of the line, and one of the other
  std::vector<std::pair<std::string, std::string>> dates;  ///< of the window, likewise; none or one
  std::vector<std::string> order;                          ///< of a group: paths
};

/// A place of the tree; those inside one follow it, one deeper.
struct Place {
  std::string name;
  int depth = 0;
  std::vector<std::string> ods;
};

/// What policies speak of, and what their records are made from.
struct Vocabulary {
  std::vector<Enumeration> enumerations;
  std::vector<Field> fields;  ///< of the record, the first two `id` and `referred`
  std::vector<Place> places;  ///< may be empty
  // Of ledgers alone: what lines have to do with each other.
  std::vector<Field> register_fields;  ///< of the records of a register; may be empty
  std::vector<Relation> relations;

  std::string spelling(const Type& type) const;
  /// `type` and `record` declarations.
  std::string declarations() const;
  /// `places` and what is in it; empty where there are none.
  std::string place_declaration() const;
  /// Whether the place is `outer` or inside it; everything is inside an empty name.
  bool inside(const std::string& inner, const std::string& outer) const;
};

/// Literals that policies use, by sort and unit: records take values at and near them.
struct Pool {
  std::map<std::string, std::vector<long>> numbers;  ///< in millionths, by unit
  std::vector<long> dates;                           ///< day numbers
  std::map<std::string, std::vector<std::string>> codes;
  std::vector<std::string> durations;
};

struct Vocabularies {
  /// Leaves out what makes a record that says more mean less: assumed facts.
  bool monotone = false;
  bool placed = true;
  /// The record is a line of a ledger: it has a price, and relations to other lines and to a register.
  bool ledger = false;
};
Vocabulary make_vocabulary(Random& random, Vocabularies options);

std::string make_code(Random& random, const std::string& system);
/// A literal of the type; noted in the pool. Enumerations: a value.
std::string make_literal(Random& random, const Vocabulary& vocabulary, const Type& type, Pool& pool);
/// The digits of millionths.
std::string digits(long millionths);

/// Fields of a record, of types that there are.
std::vector<Field> make_fields(Random& random, const Vocabulary& vocabulary, std::size_t count, Vocabularies options);

/// A record with so many of its facts (in a hundred) left out.
Json make_record(Random& random, const Vocabulary& vocabulary, const Pool& pool, int missing);
/// One of the register.
Json make_register_record(Random& random, const Vocabulary& vocabulary, const Pool& pool, int missing);

/// Puts a value at the path, all of it known: a list with all facts of its elements, a measurement of the deciding day.
void supply(Random& random, const Vocabulary& vocabulary, const Pool& pool, const std::string& path, Json& record);

inline const std::vector<std::vector<std::string>>& unit_families() {
  static const std::vector<std::vector<std::string>> families = {
      {"kg", "g", "mg", "ug"}, {"m", "cm", "mm", "km"}, {"l", "ml"}, {"hours", "minutes"}, {"kg/m2"}, {"dB"}};
  return families;
}

}  // namespace proviso::property
