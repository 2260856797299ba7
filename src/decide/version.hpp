#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"

/// A policy version in one of its forms, as it is decided on: its clauses and criteria laid flat with what each of them
/// reads.
namespace proviso::decide {

/// Something that a criterion reads and that an explanation shows.
struct Read {
  enum class What : std::uint8_t {
    fact,       ///< fact `index` of the record, through node `node`; a list is shown for the facts of its elements
    threshold,  ///< threshold `index`
    aggregate,  ///< the value of the `count`, `sum`, ... that is `node`, over the list that is fact `index`
    hook,       ///< the answer of hook `index`, which `node` calls
    lookup,     ///< the value that `node` looks up in table `index`
  };
  What what;
  std::uint32_t index;
  model::NodeId node;
};
/// Whether reads of that sort with one index are one, whatever their nodes.
inline bool is_by_number(Read::What what) { return what == Read::What::fact || what == Read::What::threshold; }

/// A criterion; or a whole clause; or, first in every version, `applies when`, `dated by` and `placed by`. Items stand
/// in the order of the policy, each before those inside it. Behind all of them, the amounts and codes that the clauses
/// of a payment give, which are no conditions.
struct Item {
  std::string_view name;
  std::string_view label;
  std::string_view expression;
  model::GroupKind kind = model::GroupKind::expression;
  model::NodeId node = model::none;       ///< the condition; none where there is none
  model::NodeId value = model::none;      ///< of an amount or a code
  std::uint32_t end = 0;                  ///< one past the last item inside this one
  std::uint32_t depth = 0;                ///< 0 for a clause
  std::uint32_t variation = model::none;  ///< that put it there: of Library::variations
  /// What an expression reads, each once, left to right, through definitions. Empty for groups.
  std::vector<Read> reads;

  bool is_group() const { return kind != model::GroupKind::expression; }
};

/// The facts of a clause, those of its criteria and of the elements of lists too.
struct Facts {
  std::vector<model::FactId> all;      ///< ascending
  std::vector<model::FactId> assumed;  ///< those for which the record's declaration has a value to assume
};

/// The result of a version that does not apply.
inline constexpr auto not_applicable = static_cast<std::uint32_t>(model::Outcome::not_applicable);

/// The names of the items that are no conditions.
inline constexpr std::string_view amount_name = "amount";
inline constexpr std::string_view code_name = "code";

/// What the walk asks of a clause.
struct ClauseHead {
  model::NodeId condition;
  model::Outcome outcome;
  bool otherwise;
  std::uint32_t result;  ///< clauses of a version give the same where their results are equal; never `not_applicable`
};

/// What a clause of a payment gives, as far as it must be worked out.
struct PaymentHead {
  std::uint32_t amount_item = model::none;
  std::uint32_t code_item = model::none;
  Facts facts;  ///< what amount and code are worked out from; the price too where it is paid from
};

struct Version {
  static constexpr std::uint32_t applies_item = 0;
  static constexpr std::uint32_t dated_item = 1;
  static constexpr std::uint32_t placed_item = 2;

  // What the policy and the form say is here once more, as far as every decision reads it: close together.
  const model::Library* library = nullptr;
  const model::Policy* policy = nullptr;
  const model::Form* form = nullptr;
  model::FactId dated_by = model::none;
  model::FactId placed_by = model::none;
  model::NodeId applies = model::none;
  std::uint32_t number = 0;  ///< in Engine::versions()
  bool payment = false;
  std::vector<ClauseHead> heads;
  std::vector<Item> items;
  std::uint32_t first_item = 0;             ///< the number of items[0] among those of all versions
  std::vector<std::uint32_t> clause_items;  ///< by clause, the item that is the whole of it
  std::vector<Facts> clause_facts;          ///< by clause
  std::vector<PaymentHead> payments;        ///< by clause; empty for a policy
  Facts applies_facts;                      ///< of `applies when`, `dated by` and `placed by`

  const std::vector<model::Clause>& clauses() const { return form->clauses; }
  bool has_gate() const { return applies != model::none; }
  /// What the clause (none: no clause) gives; null where that is no outcome of payments.
  const model::Payment* payment_of(std::uint32_t clause) const {
    if (clause == model::none || !form->clauses[clause].payment) return nullptr;
    return &*form->clauses[clause].payment;
  }
  void fetch() const {
    for (std::size_t byte = 0; byte < sizeof(Version); byte += 64) {
      __builtin_prefetch(reinterpret_cast<const char*>(this) + byte);
    }
  }
};

/// Which nodes of a library were seen since `forget`. One serves many layouts, so that a layout takes time by what it
/// lays out and not by the library.
class SeenNodes {
 public:
  explicit SeenNodes(const model::Library& library) : marks_(library.nodes.size(), 0) {}
  void forget() { ++mark_; }
  /// Whether it is seen for the first time.
  bool see(model::NodeId node) {
    if (marks_[node] == mark_) return false;
    marks_[node] = mark_;
    return true;
  }

 private:
  std::vector<std::uint32_t> marks_;
  std::uint32_t mark_ = 0;
};

/// Whether policies declare the table: the checker makes one of its own, whose name no policy can write.
inline bool is_declared(const model::Table& table) { return table.name.find('(') == std::string::npos; }

/// `number` and `first_item` are left to the caller.
Version lay_out(const model::Library& library, const model::Policy& policy, const model::Form& form, SeenNodes& seen);

/// The list of the record that holds the elements of `level`, and so the fact that is asked for in the name of theirs;
/// none for the record's own level.
model::FactId outermost_list(const model::Record& record, model::LevelId level);

}  // namespace proviso::decide
