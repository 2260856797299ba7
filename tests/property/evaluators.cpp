#include "property/evaluators.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "decide/decider.hpp"
#include "input/reader.hpp"
#include "input/source.hpp"
#include "program/chunk.hpp"
#include "property/hooks.hpp"
#include "reference/facts.hpp"
#include "settle/relations.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"

namespace proviso::property {

void read_into(program::Chunk& chunk, const std::vector<Json>& records) {
  std::string lines;
  for (const Json& record : records) lines += record.dump() + "\n";
  std::istringstream stream(lines);
  input::RecordSource source(input::bytes_of(stream), input::Format::ndjson);
  const auto reader = input::make_json_reader(chunk.library(), chunk.record_index());
  input::Block block;
  input::Results results;
  while (source.next(block)) reader->read(block, chunk, results);
  if (!results.errors.empty()) {
    const input::RecordError& error = results.errors.front();
    throw std::runtime_error("record not read: " + error.field + ": " + error.message);
  }
  chunk.finish();
}

namespace {

std::optional<bool> plain(value::Truth truth) {
  if (truth == value::Truth::unknown) return std::nullopt;
  return truth == value::Truth::yes;
}

/// The reference names a clause by its name or its word; two clauses may share a word.
std::string name_of(const model::Clause& clause) { return clause.otherwise ? "otherwise" : clause.name; }

/// A code that a line is recounted as, as the reference compares it.
std::string code_of(const decide::Engine& engine, const model::Clause& clause, std::int64_t bits) {
  const value::Type& type = engine.library().nodes.at(clause.payment->code).type;
  return reference::plain_code(value::format_code(type.system, bits));
}

/// Where its notes say that something was divided by nought.
std::vector<std::string> divided(const decide::Decisions& decisions, const decide::Decision& decision) {
  const std::string before = "division by zero in `";
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < decision.notes.count; ++i) {
    const std::string& note = decisions.notes.at(decision.notes.first + i);
    if (note.compare(0, before.size(), before) == 0) {
      names.push_back(note.substr(before.size(), note.size() - before.size() - 1));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// One decision in the words of the reference. `criteria` come from an engine that explains in full.
reference::Answer answer_of(const decide::Engine& engine, const decide::Decisions& decisions,
                            const decide::Decision& decision) {
  const decide::Version& version = engine.versions().at(decision.version);
  const model::Policy& policy = *version.policy;
  const std::vector<model::Clause>& clauses = version.clauses();
  reference::Answer answer;
  answer.policy = policy.full_name();
  answer.outcome = std::string(model::spelling(decision.outcome));
  if (decision.outcome == model::Outcome::not_applicable) return answer;
  if (decision.amount) answer.amount = *decision.amount;
  if (policy.has_start) answer.version = value::format_date(policy.effective.first);
  if (decision.clause != model::none) {
    const model::Clause& clause = clauses.at(decision.clause);
    answer.clause = name_of(clause);
    if (clause.payment && clause.payment->kind == model::Payment::Kind::withhold) {
      answer.strength = std::string(model::spelling(clause.payment->strength));
    }
    if (decision.recount) answer.recount = code_of(engine, clause, *decision.recount);
  }
  if (decision.place != model::none) answer.place = engine.library().places.at(decision.place).name;
  for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
    const decide::Need& need = decisions.needs.at(decision.needs.first + i);
    answer.needs.push_back({engine.record().facts.at(need.fact).name, need.out_of_date});
  }
  for (std::uint32_t i = 0; i < decision.assumed.count; ++i) {
    answer.assumed.push_back(engine.record().facts.at(decisions.assumed.at(decision.assumed.first + i)).name);
  }
  std::sort(answer.assumed.begin(), answer.assumed.end());
  if (!policy.payment) answer.divided = divided(decisions, decision);
  for (std::uint32_t i = 0; i < decision.reasons.count; ++i) {
    const decide::Reason& reason = decisions.reasons.at(decision.reasons.first + i);
    const decide::Item& item = version.items.at(reason.item);
    answer.because.emplace_back(item.name);
    if (reason.item <= decide::Version::placed_item) continue;
    const auto clause = std::find(version.clause_items.begin(), version.clause_items.end(), reason.item);
    const bool is_clause = clause != version.clause_items.end();
    const auto number = static_cast<std::size_t>(clause - version.clause_items.begin());
    answer.criteria.push_back({is_clause ? name_of(clauses.at(number)) : std::string(item.name), plain(reason.result)});
  }
  return answer;
}

Answers answers_of(const decide::Engine& engine, const decide::Decisions& decisions, std::size_t record) {
  Answers answers;
  for (std::uint32_t i = decisions.records.at(record).first; i != model::none; i = decisions.decisions.at(i).next) {
    answers.push_back(answer_of(engine, decisions, decisions.decisions.at(i)));
  }
  return answers;
}

template <typename T>
std::string joined(const std::vector<T>& things, std::string (*show_one)(const T&)) {
  std::string out;
  for (const T& thing : things) out += (out.empty() ? "" : " ") + show_one(thing);
  return out;
}
std::string show_name(const std::string& name) { return name; }
std::string show_need(const reference::Need& need) { return need.fact + (need.out_of_date ? "(out of date)" : ""); }
std::string show_criterion(const reference::CriterionResult& criterion) {
  return criterion.name + "=" + (criterion.result ? *criterion.result ? "yes" : "no" : "unknown");
}

std::string money(const std::optional<reference::Integer>& amount) {
  return amount ? "£" + digits(static_cast<long>(*amount)) : "no amount";
}

std::string difference(const reference::Answer& expected, const reference::Answer& found) {
  std::string out;
  const auto check = [&](bool same, const std::string& what) {
    if (!same) out += "  " + expected.policy + ": " + what + "\n";
  };
  check(expected.policy == found.policy, "policy " + found.policy);
  check(expected.outcome == found.outcome, "outcome " + expected.outcome + " but " + found.outcome);
  if (!out.empty() || expected.outcome == "not applicable") return out;
  check(expected.version == found.version, "version " + expected.version + " but " + found.version);
  check(expected.place.empty() || expected.place == found.place, "place " + expected.place + " but " + found.place);
  check(expected.undated || expected.clause == found.clause,
        "clause `" + expected.clause + "` but `" + found.clause + "`");
  check(expected.amount == found.amount, "amount " + money(expected.amount) + " but " + money(found.amount));
  check(expected.strength == found.strength, "strength " + expected.strength + " but " + found.strength);
  check(expected.recount == found.recount, "recounted as " + expected.recount + " but " + found.recount);
  check(expected.needs == found.needs,
        "needs " + joined(expected.needs, show_need) + " but " + joined(found.needs, show_need));
  // Without a deciding date or a place no criterion is worked out.
  if (expected.undated) return out;
  check(expected.criteria == found.criteria,
        "criteria " + joined(expected.criteria, show_criterion) + " but " + joined(found.criteria, show_criterion));
  check(!expected.has_because || expected.because == found.because,
        "because " + joined(expected.because, show_name) + " but " + joined(found.because, show_name));
  check(expected.divided == found.divided,
        "divided by nought in " + joined(expected.divided, show_name) + " but in " + joined(found.divided, show_name));
  check(expected.assumed == found.assumed,
        "assumed " + joined(expected.assumed, show_name) + " but " + joined(found.assumed, show_name));
  return out;
}

}  // namespace

Evaluators::Evaluators(const std::vector<std::string>& texts) {
  text::Diagnostics diagnostics;
  for (const std::string& text : texts) {
    const std::uint32_t file = sources_.add("file" + std::to_string(trees_.size()) + ".policy", text);
    trees_.push_back({syntax::parse(sources_, file, diagnostics), file, script_folder()});
  }
  if (!diagnostics.has_errors()) library_ = check::check(trees_, sources_, diagnostics);
  if (diagnostics.has_errors()) {
    complaints_ = text::render_terminal(diagnostics, sources_, false);
    for (const text::Diagnostic& diagnostic : diagnostics.all()) {
      if (text::severity_of(diagnostic.code) == text::Severity::error)
        errors_.push_back(text::code_name(diagnostic.code));
    }
    return;
  }
  std::vector<const syntax::Tree*> trees;
  for (const check::SourceTree& tree : trees_) trees.push_back(&tree.tree);
  world_ = std::make_unique<reference::World>(trees, native_hooks());
  decide::Options options;
  options.explain = decide::Explain::none;
  bare_ = std::make_unique<decide::Engine>(library_, "Case", options);
  options.explain = decide::Explain::reasons;
  reasons_ = std::make_unique<decide::Engine>(library_, "Case", options);
  options.explain = decide::Explain::full;
  full_ = std::make_unique<decide::Engine>(library_, "Case", options);
}

Answers Evaluators::by_reference(const Json& record) const { return reference::decide(*world_, "Case", record); }

std::vector<Answers> Evaluators::together(const std::vector<Json>& records) {
  program::Chunk chunk(library_, full_->record_index());
  read_into(chunk, records);
  return answers_of(chunk);
}

std::vector<Answers> Evaluators::answers_of(const program::Chunk& chunk) {
  decide::Decisions in_full;
  decide::Decider(*full_).decide(chunk, in_full);
  decide::Decisions with_reasons;
  decide::Decider(*reasons_).decide(chunk, with_reasons);
  std::vector<Answers> all;
  for (std::size_t record = 0; record < chunk.rows(); ++record) {
    all.push_back(property::answers_of(*full_, in_full, record));
    const Answers reasons = property::answers_of(*reasons_, with_reasons, record);
    for (reference::Answer& answer : all.back()) {
      answer.because.clear();
      for (const reference::Answer& other : reasons) {
        if (other.policy == answer.policy) answer.because = other.because;
      }
    }
  }
  return all;
}

namespace {

/// The blocks' numbers in a random order.
std::vector<std::size_t> shuffled(std::size_t count, Random& random) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < count; ++i) order.push_back(i);
  random.shuffle(order);
  return order;
}

void gather(settle::Relations& relations, const model::Library& library, std::uint32_t record, const Blocks& blocks,
            Random& random) {
  if (blocks.empty()) relations.gather(program::Chunk(library, record), 0);
  for (const std::size_t block : shuffled(blocks.size(), random)) {
    program::Chunk chunk(library, record);
    read_into(chunk, blocks[block]);
    relations.gather(chunk, block);
  }
}

}  // namespace

std::vector<LineAnswer> Evaluators::over(const CutLedger& ledger, Random& random) {
  const std::uint32_t record = full_->record_index();
  settle::Relations relations(library_, record);
  for (const std::uint32_t gathered : relations.gathered()) {
    if (gathered == record) gather(relations, library_, record, ledger.lines, random);
    const auto found = ledger.registers.find(library_.records[gathered].name);
    if (found != ledger.registers.end()) gather(relations, library_, gathered, found->second, random);
  }
  relations.complete();
  std::vector<std::vector<LineAnswer>> by_block(ledger.lines.size());
  for (const std::size_t block : shuffled(ledger.lines.size(), random)) {
    program::Chunk chunk(library_, record);
    read_into(chunk, ledger.lines[block]);
    relations.fill(chunk, block);
    decide::Decisions bare;
    decide::Decider(*bare_).decide(chunk, bare);
    std::vector<Answers> answers = answers_of(chunk);
    for (std::size_t row = 0; row < answers.size(); ++row) {
      const decide::RecordDecision& decided = bare.records.at(row);
      LineAnswer answer{std::move(answers[row]), std::string(model::spelling(decided.outcome)), {}};
      if (decided.amount) answer.amount = *decided.amount;
      by_block[block].push_back(std::move(answer));
    }
  }
  std::vector<LineAnswer> all;
  for (std::vector<LineAnswer>& block : by_block) {
    for (LineAnswer& answer : block) all.push_back(std::move(answer));
  }
  return all;
}

std::vector<LineAnswer> Evaluators::over(const reference::Ledger& ledger) {
  CutLedger whole{{ledger.lines}, {}};
  for (const auto& [name, records] : ledger.registers) whole.registers[name] = {records};
  Random random(0);
  return over(whole, random);
}

std::vector<LineAnswer> Evaluators::by_reference(const reference::Ledger& ledger) const {
  std::vector<LineAnswer> all;
  std::vector<Answers> answers = reference::decide(*world_, "Case", ledger);
  for (std::size_t line = 0; line < ledger.lines.size(); ++line) {
    LineAnswer answer;
    answer.outcome = reference::strictest(answers[line]);
    answer.amount = reference::paid(*world_, "Case", ledger.lines[line], answers[line]);
    answer.answers = std::move(answers[line]);
    all.push_back(std::move(answer));
  }
  return all;
}

CutLedger cut(const reference::Ledger& ledger, Random& random) {
  const auto blocks_of = [&random](const std::vector<Json>& records) {
    const int more = static_cast<int>(random.between(0, 60));
    Blocks blocks;
    for (const Json& record : records) {
      if (blocks.empty() || random.chance(more)) blocks.emplace_back();
      blocks.back().push_back(record);
    }
    return blocks;
  };
  CutLedger result{blocks_of(ledger.lines), {}};
  for (const auto& [name, records] : ledger.registers) result.registers[name] = blocks_of(records);
  return result;
}

std::vector<std::string> Evaluators::outcomes(const std::vector<Json>& records) {
  program::Chunk chunk(library_, bare_->record_index());
  read_into(chunk, records);
  decide::Decisions decisions;
  decide::Decider(*bare_).decide(chunk, decisions);
  std::vector<std::string> outcomes;
  for (const decide::RecordDecision& record : decisions.records) outcomes.emplace_back(model::spelling(record.outcome));
  return outcomes;
}

std::string difference(const Answers& expected, const Answers& found) {
  if (expected.size() != found.size()) {
    return "  " + std::to_string(expected.size()) + " answers but " + std::to_string(found.size()) + "\n";
  }
  std::string out;
  for (const reference::Answer& answer : expected) {
    const auto same = std::find_if(found.begin(), found.end(),
                                   [&](const reference::Answer& other) { return other.policy == answer.policy; });
    out += same == found.end() ? "  " + answer.policy + " is missing\n" : difference(answer, *same);
  }
  return out;
}

namespace {

/// Which of the other lines comes first in a list is open, and so is what is asked for first.
Answers with_sorted_needs(Answers answers) {
  for (reference::Answer& answer : answers) {
    std::sort(answer.needs.begin(), answer.needs.end(),
              [](const reference::Need& a, const reference::Need& b) { return a.fact < b.fact; });
  }
  return answers;
}

}  // namespace

std::string difference(const LineAnswer& expected, const LineAnswer& found) {
  std::string out = difference(with_sorted_needs(expected.answers), with_sorted_needs(found.answers));
  if (expected.outcome != found.outcome)
    out += "  the line's outcome " + expected.outcome + " but " + found.outcome + "\n";
  if (expected.amount != found.amount) {
    out += "  the line's amount " + money(expected.amount) + " but " + money(found.amount) + "\n";
  }
  return out;
}

std::string show(const LineAnswer& answer) {
  return answer.outcome + ' ' + money(answer.amount) + "\n" + show(answer.answers);
}

std::string show(const Answers& answers) {
  std::string out;
  for (const reference::Answer& answer : answers) {
    out += "  " + answer.policy + ' ' + answer.version + (answer.place.empty() ? "" : " in " + answer.place) + ": " +
           answer.outcome + (answer.strength.empty() ? "" : ' ' + answer.strength) +
           (answer.recount.empty() ? "" : " as " + answer.recount) + (answer.amount ? ' ' + money(answer.amount) : "") +
           " by `" + answer.clause + "`, needs [" + joined(answer.needs, show_need) + "], criteria [" +
           joined(answer.criteria, show_criterion) + "], because [" + joined(answer.because, show_name) +
           "], assumed [" + joined(answer.assumed, show_name) + "]\n";
  }
  return out;
}

}  // namespace proviso::property
