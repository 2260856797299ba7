#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "csv.hpp"
#include "dirt.hpp"

/// Lines as they are meant, before they are written in one of the forms of real files.
namespace ledgers {

/// How the cells of a column are written.
enum class Form : std::uint8_t { word, money, date, american_time, dotted_code, number_code, organisation, nhs_number };

struct Column {
  std::string_view heading;
  Form form;
};

using Fact = std::variant<std::monostate, std::string, Pence, Day>;

/// What the results are to say of a line: the payment or settlement, and what becomes of the line by it.
struct Expectation {
  std::string_view rule;
  std::string_view outcome;
};

/// A line of a ledger whose columns are the enumerators of `Name`.
template <typename Name>
class Line {
 public:
  explicit Line(std::size_t columns) : facts_(columns) {}

  Line& set(Name column, std::string_view word) { return put(column, std::string(word)); }
  Line& set(Name column, Day day) { return put(column, day); }
  Line& set_money(Name column, Pence pence) { return put(column, pence); }
  Line& set(Name column, std::same_as<bool> auto answer) { return set(column, answer ? "Y" : "N"); }
  Line& forget(Name column) { return put(column, std::monostate()); }

  Line& expect(std::string_view rule, std::string_view outcome) {
    expected_.push_back({rule, outcome});
    return *this;
  }

  const std::vector<Fact>& facts() const { return facts_; }
  const std::vector<Expectation>& expected() const { return expected_; }
  const std::string& text(Name column) const { return std::get<std::string>(facts_[static_cast<std::size_t>(column)]); }
  Day day(Name column) const { return std::get<Day>(facts_[static_cast<std::size_t>(column)]); }
  Pence money(Name column) const { return std::get<Pence>(facts_[static_cast<std::size_t>(column)]); }

 private:
  Line& put(Name column, Fact fact) {
    facts_[static_cast<std::size_t>(column)] = std::move(fact);
    return *this;
  }

  std::vector<Fact> facts_;
  std::vector<Expectation> expected_;
};

/// A fact in one of the forms of its column.
std::string written(const Fact& fact, Form form, Dirt& dirt);

/// All facts of a line.
Cells written(const std::vector<Fact>& facts, const std::vector<Column>& columns, Dirt& dirt);

/// Puts the elements in an order of the generator's own.
template <typename Element>
void shuffle(std::vector<Element>& elements, Random& random) {
  for (std::size_t left = elements.size(); left > 1; --left) {
    std::swap(elements[left - 1], elements[static_cast<std::size_t>(random.between(0, static_cast<int>(left) - 1))]);
  }
}

}  // namespace ledgers
