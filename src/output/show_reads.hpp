#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "output/show_values.hpp"

/// What a policy reads beside limits and code lists, as it is shown: definitions, tables, relations and groups.
namespace proviso::output {

/// A definition as it is used, with what its parameters stand for there: one that is used with other arguments is there
/// again. Of a relation or group which lines it finds.
struct NamedView {
  std::string name;
  std::string expression;
  bool group = false;
};

struct TableView {
  struct Row {
    std::vector<std::string> keys;
    std::string value;
  };
  std::string name;
  std::string type;         ///< `code hrg, one of dc, el -> money`
  std::vector<Row> rows;    ///< by their keys; of a long table the first
  std::size_t further = 0;  ///< how many rows are not among them
};

std::vector<NamedView> view_definitions(const model::Library& library, const model::Record& record, const Reads& reads);
/// Those that policies declare.
std::vector<TableView> view_tables(const model::Library& library, const Reads& reads);
/// And groups.
std::vector<NamedView> view_relations(const model::Library& library, const model::Record& record, const Reads& reads);

/// `hrg:HN12A, day -> £4500.00`.
std::string spell(const TableView::Row& row);
/// `and 134 more rows`; nothing where all are there.
std::string spell_further(const TableView& table);

}  // namespace proviso::output
