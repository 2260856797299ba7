#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "syntax/tree.hpp"

/// What `relate` and `group` bring to the lines of a ledger, by looking at every pair of them.
namespace proviso::reference {

using Json = nlohmann::json;

class World;
struct File;

/// All lines of one kind of record, and the registers that were given with them, by the name of their record.
struct Ledger {
  std::vector<Json> lines;
  std::map<std::string, std::vector<Json>> registers;
};

/// An equality by which lines are found: a fact of the line, and one of the other.
struct RelationKey {
  std::string own;
  std::string other;
};

/// A relation or a group, and what it adds to its record as if that were fields.
struct Related {
  const File* file = nullptr;
  std::string record;
  std::string other;     ///< what its elements are: the same record, or a register's
  std::string variable;  ///< what the condition of a relation calls the other line
  std::vector<RelationKey> keys;
  syntax::ExpressionId window = syntax::no_expression;  ///< what a relation asks beside its equalities
  bool is_group = false;
  std::vector<std::string> order;  ///< of a group
  syntax::Field list;
  syntax::Field rank;  ///< of a group
  /// Of a group: under which name it is said which element of the list is the line itself, as if by the record.
  std::string itself;
};

std::deque<Related> relations_of(const std::vector<File>& files);

/// Each line as it is given, with the lines that belong to it and its ranks under the names of relations and groups: a
/// record that says all that itself. What is outside a relation's window is among them: forms over it leave it out.
std::vector<Json> joined(const World& world, const std::string& record_name, const Ledger& ledger);

}  // namespace proviso::reference
