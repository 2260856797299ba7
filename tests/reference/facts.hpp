#pragma once

#include <optional>
#include <string>

#include "reference/reference.hpp"

namespace proviso::reference {

/// Where a path leads: a field of the record or of an element, and what the record has there.
struct Fact {
  const File* file = nullptr;            ///< where the field is declared
  const syntax::Field* field = nullptr;  ///< none: the element of a list of plain values
  const syntax::TypeExpression* type = nullptr;
  const Json* json = nullptr;        ///< none: the record says nothing
  std::string name;                  ///< from the record: `patient.bmi`, `sore_throats.on`
  std::string asked_as;              ///< the name, or that of the list that holds it
  bool made_up = false;              ///< of an element that is not in the record
  const Related* related = nullptr;  ///< what brings it here: it is the list, the rank, or a fact of another line
};

/// What paths start from: the record itself, or an element of a list.
struct Origin {
  const File* file = nullptr;
  const syntax::RecordDeclaration* record = nullptr;  ///< none: an element that is a plain value
  const syntax::TypeExpression* type = nullptr;       ///< of a plain value
  const Json* json = nullptr;
  std::string name;                  ///< of the list, for an element
  std::string asked_as;              ///< of the outermost list; empty for the record
  bool made_up = false;              ///< an element that is not in the record, to see what sort of values elements have
  const Related* related = nullptr;  ///< another line, that a relation brings here
};

/// The fact at the end of the path, `patient.bmi`; an empty path is the plain value itself. Nothing where there is
/// none.
std::optional<Fact> find_fact(const World& world, const Origin& from, const std::string& path);
/// The fact that is the price asked.
std::optional<Fact> find_price(const World& world, const Origin& record);
/// An element of the list.
Origin element_of(const World& world, const Fact& list, const Json* element, bool made_up = false);
/// Whether all elements of the list are there: it may be given in part, as `{"some": [...]}`.
bool is_whole(const Fact& list);
/// Those that are there: an array.
const Json& elements_of(const Fact& list);
/// Whether the declaration gives the fact a value that the record leaves out.
bool is_assumed(const Fact& fact);

/// A type without its name: what `type acuity = ...` stands for. `file` becomes where it is written.
const syntax::TypeExpression& resolved(const World& world, const File*& file, const syntax::TypeExpression& type);
/// An unknown value of the type.
Value unknown_of_type(const World& world, const File* file, const syntax::TypeExpression& type);

struct Reading {
  Value value;
  bool out_of_date = false;
};
/// The value of a fact on the deciding date; without one, measurements that have a date are unknown.
Reading read(const World& world, const Fact& fact, std::optional<DayNumber> deciding);

/// The code as it is compared: capitals, no dot.
std::string plain_code(std::string_view code);

}  // namespace proviso::reference
