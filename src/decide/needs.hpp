#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "decide/view.hpp"

namespace proviso::decide {

/// Finds the unknown facts that can change a condition, as far as Kleene's logic sees it: what is known already asks
/// for nothing, an unknown group asks what its unknown criteria ask, and an unknown comparison asks for every unknown
/// fact that it reads. Reads the registers of a run; one for each thread, used again for every record.
class Needs {
 public:
  explicit Needs(const Engine& engine);
  /// For versions that no engine has.
  Needs(const model::Library& library, std::uint32_t record);

  /// Starts the needs of another decision, at the end of `decisions`.
  void begin(const View& view, Decisions& decisions);
  /// Adds what an item of the version asks for; nothing unless it is unknown.
  void ask(std::uint32_t item);
  /// The same for the amount or code that a payment's clause gives.
  void ask_for_value(std::uint32_t item);
  /// Adds a fact of the record that is unknown.
  void ask_for(model::FactId fact, std::uint32_t item);
  /// Asks for nothing, but adds what could not be worked out in the criteria of an item, whether it matters or not.
  void note_problems(std::uint32_t item);
  /// The needs since `begin`.
  Range needs() const;
  /// What could not be worked out among what was asked and noted since `begin`, and in which item.
  const std::vector<std::string>& problems() const { return problems_; }
  /// Where hooks gave no answer though nothing went wrong: the reason where there is nothing else to ask for.
  const std::vector<std::string>& unanswered() const { return unanswered_; }

 private:
  const model::Record& record_;
  View view_{};
  Decisions* decisions_ = nullptr;
  std::uint32_t first_need_ = 0;
  std::uint32_t item_ = 0;
  // Where in the record the walk is: the elements that it went into, outermost first.
  std::vector<std::pair<model::LoopId, std::size_t>> places_;
  // What was visited already carries the number of the visit: a node that several expressions share is entered once for
  // each item and element.
  std::uint32_t visit_ = 0;
  std::uint32_t last_visit_ = 0;
  std::vector<std::uint32_t> node_visits_;
  std::vector<std::uint32_t> need_of_fact_;  ///< valid from first_need_ on, where the need there is of that fact
  std::vector<std::string> problems_;
  std::vector<std::string> unanswered_;

  std::size_t row() const { return places_.empty() ? view_.row : places_.back().second; }
  model::LoopId at() const { return places_.empty() ? model::none : places_.back().first; }
  std::size_t row_in(model::LoopId loop) const;
  std::size_t chunk_row_in(model::LoopId loop) const;

  void start(std::uint32_t item, model::NodeId node);
  value::Truth truth_of(model::NodeId id) const;
  bool is_unknown(const model::Node& node, model::NodeId id) const;
  bool enter(model::NodeId id);
  void visit(model::NodeId id);
  void visit_operands(const model::Node& node);
  void visit_conditional(const model::Node& node);
  void visit_elements(const model::Node& node);
  void visit_list(const model::Node& list);
  void visit_fact(const model::Node& node);
  model::FactId own_fact(const model::Node& node) const;
  void need_of_record(model::FactId fact, bool out_of_date);
  void need_of_element(model::LevelId level, bool out_of_date);
  bool can_be_given(model::FactId fact) const;
  bool is_said(const Need& need) const;
  void need(model::FactId fact, bool out_of_date);
  void look(model::NodeId id);
  template <typename GoInto>
  void for_each_element(const model::Node& node, GoInto go_into);
  using ProblemAt = std::vector<program::Problem>::const_iterator;
  std::pair<ProblemAt, ProblemAt> problems_of_row() const;
  bool lacks_operand(const model::Node& node) const;
  void note_problem(model::NodeId id, bool silent_too);
};

}  // namespace proviso::decide
