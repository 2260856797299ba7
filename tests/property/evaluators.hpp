#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "decide/engine.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"
#include "property/random.hpp"
#include "property/vocabulary.hpp"
#include "reference/reference.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace proviso::property {

/// The answers of all policies on one record.
using Answers = std::vector<reference::Answer>;

/// What comes of a line of a ledger.
struct LineAnswer {
  Answers answers;
  std::string outcome;
  std::optional<reference::Integer> amount;
};

/// A ledger as it is read: block by block.
using Blocks = std::vector<std::vector<Json>>;
struct CutLedger {
  Blocks lines;
  std::map<std::string, Blocks> registers;
};

/// Policy texts, read once, and both evaluators of them.
class Evaluators {
 public:
  /// The texts of the files of a library.
  explicit Evaluators(const std::vector<std::string>& texts);

  /// Whether the policies have no errors; if not, `complaints` says what is wrong.
  bool good() const { return complaints_.empty(); }
  const std::string& complaints() const { return complaints_; }
  /// Codes of the errors.
  const std::vector<std::string>& errors() const { return errors_; }

  Answers by_reference(const Json& record) const;
  /// All records together; nothing but complaints where one could not be read.
  std::vector<Answers> together(const std::vector<Json>& records);
  Answers alone(const Json& record) { return together({record}).front(); }
  /// With `explain none`, where outcomes alone are worked out, by another way: the outcomes of the records.
  std::vector<std::string> outcomes(const std::vector<Json>& records);

  std::vector<LineAnswer> by_reference(const reference::Ledger& ledger) const;
  /// By settle::Relations and then as `together`, the lines of each block in a chunk. Blocks are gathered and filled in
  /// random order; the answers are in the order of the lines.
  std::vector<LineAnswer> over(const CutLedger& ledger, Random& random);
  std::vector<LineAnswer> over(const reference::Ledger& ledger);

  const model::Library& library() const { return library_; }
  const reference::World& world() const { return *world_; }

 private:
  text::Sources sources_;
  std::vector<check::SourceTree> trees_;
  model::Library library_;
  std::unique_ptr<reference::World> world_;
  std::unique_ptr<decide::Engine> bare_;
  std::unique_ptr<decide::Engine> reasons_;
  std::unique_ptr<decide::Engine> full_;
  std::string complaints_;
  std::vector<std::string> errors_;

  std::vector<Answers> answers_of(const program::Chunk& chunk);
};

/// Reads the records, which must have no mistakes, and finishes the chunk.
void read_into(program::Chunk& chunk, const std::vector<Json>& records);

/// What differs between two answers, in words; empty where nothing does.
std::string difference(const Answers& expected, const Answers& found);
std::string show(const Answers& answers);
std::string difference(const LineAnswer& expected, const LineAnswer& found);
std::string show(const LineAnswer& answer);

/// The ledger, its lines in blocks of random lengths.
CutLedger cut(const reference::Ledger& ledger, Random& random);

}  // namespace proviso::property
