#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "decide/decision.hpp"
#include "decide/engine.hpp"
#include "program/chunk.hpp"

namespace proviso::output {

/// A record that could not be read.
struct RecordError {
  std::string_view id;  ///< as JSON: `"R-104"`, `17`, `null`
  std::uint64_t line = 0;
  std::string_view code;
  std::string_view field;  ///< empty where no field is to blame
  std::string_view message;
};

/// Whether explanations say what identifies the patient: the values of NHS numbers, and of the record's own id.
enum class Identifiers : std::uint8_t { shown, withheld };

/// Writes results as JSON objects, without what stands between them. All text that is the same for every record is put
/// together once, when it is made; writing changes nothing in it, so threads share it. The engine must outlive it.
class JsonWriter {
 public:
  explicit JsonWriter(const decide::Engine& engine, Identifiers identifiers = Identifiers::shown);

  /// Appends the result of one record of the chunk that was decided on.
  void append(std::string& out, const program::Chunk& chunk, const decide::Decisions& decisions, std::size_t record,
              std::uint64_t line) const;
  static void append(std::string& out, const RecordError& error);
  /// The same without the opening brace and the id, which are the only thing that differs between two records with the
  /// same facts.
  void append_members(std::string& out, const program::Chunk& chunk, const decide::Decisions& decisions,
                      std::size_t record, std::uint64_t line) const;
  static void append_members(std::string& out, const RecordError& error);

 private:
  struct ItemText {
    std::string before_result;
    std::string after_result;        ///< up to the list of values
    std::vector<std::string> reads;  ///< up to the value; of a hook up to the answer
    bool has_hooks = false;
    std::string name;
  };
  struct VersionText {
    std::string holds;  ///< up to the version's first day
    std::string does_not_hold;
    std::string category;
    std::string open;  ///< in the place of a clause
    std::string after_values;
    std::string varied;  ///< by which variations; empty where by none
    std::vector<std::string> clauses;
    std::vector<std::string> strengths;  ///< of a payment, by clause; empty where it does not withhold
  };
  struct FactText {
    std::string need;
    std::string assumed;
  };

  const decide::Engine& engine_;
  std::string head_;
  std::string tail_;
  std::vector<VersionText> versions_;
  std::vector<ItemText> items_;
  std::vector<FactText> facts_;
  std::vector<bool> withheld_;                        ///< by fact: known or not is all that is said of it
  std::vector<std::string> variation_sources_;        ///< by variation, as VersionText::after_values
  std::vector<std::string> places_;                   ///< by place
  std::vector<std::string> hooks_;                    ///< by hook: from after its answer on
  std::vector<std::vector<std::string>> thresholds_;  ///< by threshold and value: from the value on

  void prepare(const decide::Version& version);
  static void prepare_clause(VersionText& text, bool payment, const model::Clause& clause);
  void prepare_item(const decide::Item& item);
  void prepare_thresholds();
  void prepare_facts();
  void prepare_hooks();
  std::string varied(const model::Form& form) const;

  using Decision = decide::Decision;
  using Decisions = decide::Decisions;
  using Reason = decide::Reason;
  void append_decision(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                       const Decision& decision, std::size_t record) const;
  void append_payment(std::string& out, const Decision& decision) const;
  void append_worked_out(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                         const Decision& decision, std::size_t record) const;
  void append_reasons(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                      const Decision& decision, std::size_t record) const;
  /// Reason `number` and, in a tree, those inside it; the number of the reason after them.
  std::uint32_t append_tree(std::string& out, const program::Chunk& chunk, const Decisions& decisions,
                            const Decision& decision, std::size_t record, std::uint32_t number) const;
  void append_values(std::string& out, const program::Chunk& chunk, const Decisions& decisions, const Reason& reason,
                     const decide::Version& version, std::size_t record) const;
  void append_hooks(std::string& out, const program::Chunk& chunk, const Decisions& decisions, const Reason& reason,
                    const decide::Version& version) const;
  void append_needs(std::string& out, const Decisions& decisions, const Decision& decision) const;
};

}  // namespace proviso::output
