// The drug ledger: courses of many patients, among lines that were corrected, come late, lack a price or cannot be
// read.
#include "drugs.hpp"

#include <array>
#include <cstdio>

#include "adalimumab.hpp"
#include "ledgers.hpp"
#include "unreadable.hpp"

namespace ledgers {
namespace {

constexpr auto index_of(Drug column) { return static_cast<std::size_t>(column); }

class DrugWriter {
 public:
  DrugWriter(Random& random, Manifest& manifest) : dirt_(random, manifest, "drugs") {
    for (const Column& column : drug_columns()) heading_.emplace_back(column.heading);
    ledger_.heading = std::string(byte_order_mark) + csv_line(heading_);
  }

  std::size_t size() const { return ledger_.lines.size(); }

  /// Writes the line, which with its correction may become two where there is room for them.
  void write(DrugLine& line, bool room_for_two) {
    std::array<char, 16> id{};
    std::snprintf(id.data(), id.size(), "D-%07d", ++last_id_);
    line.set(Drug::id, id.data());
    const int way = dirt_.random().between(1, 1000);
    const bool by_unit = line.money(Drug::price) == line.money(Drug::acquisition_cost);
    if (way <= 10) return write_unreadable(line);
    if (way <= 20) return write_without_price(line);
    if (way <= 35 && by_unit && room_for_two) return write_and_correct(line);
    if (way <= 40 && room_for_two) return write_and_set_aside(line, line);
    if (way <= 80) {
      line.set(Drug::created, line.day(Drug::supplied) + days(dirt_.random().between(70, 150)));
      dirt_.count("late");
    }
    add(line);
  }

  Ledger take() {
    dirt_.count("lines", static_cast<std::int64_t>(ledger_.lines.size()));
    adalimumab_.count(dirt_.manifest());
    shuffle(ledger_.lines, dirt_.random());
    return std::move(ledger_);
  }

 private:
  void write_unreadable(const DrugLine& line) {
    // Its forms are counted nowhere: some do not stay.
    Manifest uncounted;
    Dirt dirt(dirt_.random(), uncounted, {});
    ledger_.lines.push_back(unreadable(written(line.facts(), drug_columns(), dirt), heading_,
                                       {index_of(Drug::supplied), index_of(Drug::unit_price),
                                        index_of(Drug::treatment_function), index_of(Drug::gain_share)},
                                       dirt_));
  }

  void write_without_price(DrugLine& line) {
    line.forget(Drug::unit_price);
    add(line, dirt_.random().chance(50) ? "TBC" : "");
    dirt_.count("without_unit_price");
  }

  /// The line, and the same with another quantity, reported two months later. What payments make of it stays the same,
  /// since all its prices are by the unit.
  void write_and_correct(const DrugLine& line) {
    DrugLine again = line;
    const int quantity = std::stoi(line.text(Drug::quantity)) + 1;
    const Pence cost = line.money(Drug::unit_price) * quantity;
    again.set(Drug::quantity, std::to_string(quantity)).set(Drug::created, line.day(Drug::created) + days(60));
    again.set_money(Drug::price, cost).set_money(Drug::acquisition_cost, cost);
    write_and_set_aside(line, again);
  }

  /// The same line twice, if the later is as the first.
  void write_and_set_aside(const DrugLine& line, const DrugLine& later) {
    write_cells(line, {});
    adalimumab_.set_aside(line);
    dirt_.count("corrected");
    add(later);
  }

  void add(const DrugLine& line, std::string_view unit_price = {}) {
    write_cells(line, unit_price);
    adalimumab_.add(line);
  }

  void write_cells(const DrugLine& line, std::string_view unit_price) {
    Cells cells = written(line.facts(), drug_columns(), dirt_);
    if (!unit_price.empty()) cells[index_of(Drug::unit_price)] = unit_price;
    ledger_.lines.push_back(in_some_encoding(csv_line(cells), dirt_));
    for (const auto& [rule, outcome] : line.expected()) {
      dirt_.count(std::string("expected.").append(rule).append(1, ' ').append(outcome));
    }
  }

  Dirt dirt_;
  Cells heading_;
  Ledger ledger_;
  Adalimumab adalimumab_;
  int last_id_ = 0;
};

}  // namespace

Ledger make_drugs(int lines, Random& random, People& people, Manifest& manifest, Register& authorisations) {
  DrugWriter writer(random, manifest);
  const auto wanted = static_cast<std::size_t>(lines);
  while (writer.size() < wanted) {
    for (DrugLine& line : draw_course(random, people, authorisations)) {
      if (writer.size() < wanted) writer.write(line, writer.size() + 1 < wanted);
    }
  }
  return writer.take();
}

}  // namespace ledgers
