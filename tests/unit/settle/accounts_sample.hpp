#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../check/support.hpp"
#include "input/reader.hpp"
#include "input/source.hpp"
#include "settle/accounts.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

/// Agreements as authors write them, and ledgers as CSV.
namespace proviso::settle::sample {

inline const std::string vocabulary = R"(library sefton
places { England { SouthSefton ods:01T  SouthportFormby ods:01V  Luton ods:06P } }
record DrugLine {
  id text  supplied date  commissioner place  provider code ods  patient text  molecule text
  quantity number  unit_price money  market_price money  blueteq_cost money  version number  sent date
  new_patient yes/no  best_value yes/no  sent_cost money assume £2
}
codes providers ods { RXA RXB RXC }
)";

/// A gain share on adalimumab of six months from 1 January 2019 against £100, with further or other lines.
inline std::string gain_share(const std::string& lines = "", const std::string& period = "6 months from 2019-01-01",
                              const std::string& settle = "monthly rounded to 1p half even") {
  const auto or_else = [&](const std::string& word, const std::string& line) {
    return lines.find("  " + word + " ") == std::string::npos ? "  " + word + " " + line + "\n" : std::string();
  };
  return "agreement adalimumab \"Adalimumab gain share\" on DrugLine {\n  source \"Paper\"\n" +
         or_else("between", "commissioner and provider") + or_else("covers", "molecule = \"adalimumab\"") +
         "  dated by supplied\n  period " + period + "\n" + or_else("baseline", "£100") +
         or_else("saving", "(baseline - unit_price) * quantity") + or_else("share", "commissioner 50%, provider 50%") +
         "  settle " + settle + "\n" + lines + "\n}\n";
}

inline std::shared_ptr<const check::Checked> library_of(const std::string& agreements) {
  auto checked = std::make_shared<check::Checked>(check::check_text(vocabulary + agreements));
  for (const auto& diagnostic : checked->diagnostics.sorted()) {
    if (text::severity_of(diagnostic.code) == text::Severity::error) throw std::logic_error(diagnostic.message);
  }
  return checked;
}

/// Files of lines, read as the command reads them.
class Ledger {
 public:
  explicit Ledger(const std::string& agreements, AccountOptions options = {})
      : checked_(library_of(agreements)), options_(std::move(options)) {}

  /// A file: its columns, and its lines.
  Ledger& file(const std::string& header, const std::vector<std::string>& lines) {
    std::string text = header + "\n";
    for (const std::string& line : lines) text += line + "\n";
    files_.push_back(std::move(text));
    return *this;
  }
  Ledger& lines_in_block(std::size_t count) {
    lines_in_block_ = count;
    return *this;
  }
  /// Blocks are shared out to so many clerks.
  Ledger& clerks(std::size_t count) {
    clerks_ = count;
    return *this;
  }

  /// Blocks are added as the threads of a busy machine may come to them.
  Ledger& in_any_order(std::uint32_t seed) {
    seed_ = seed;
    return *this;
  }

  /// Lines that cannot be read are told to the accounts; else they are a mistake of the test.
  Ledger& with_unread_lines() {
    with_unread_lines_ = true;
    return *this;
  }

  /// So many lines more are there, of which nothing could be read.
  Ledger& lost(std::uint64_t lines) {
    lost_ = lines;
    return *this;
  }

  Statement settle(const std::vector<Settled>& before = {}) const {
    std::vector<Read> blocks;
    std::vector<std::string> names;
    for (std::uint32_t file = 0; file < files_.size(); ++file) {
      names.push_back("file" + std::to_string(file + 1) + ".csv");
      read(file, blocks);
    }
    if (seed_) std::shuffle(blocks.begin(), blocks.end(), std::mt19937(*seed_));
    Accounts accounts(checked_->library, record(), options_);
    {
      std::vector<std::unique_ptr<Accounts::Clerk>> clerks;
      for (std::size_t i = 0; i < clerks_; ++i) clerks.push_back(std::make_unique<Accounts::Clerk>(accounts));
      std::size_t next = 0;
      for (const Read& block : blocks) {
        clerks[next++ % clerks_]->add(block.chunk, block.file, block.number, block.lines, block.unread);
      }
    }
    return accounts.settle(names, before, lost_);
  }
  const model::Library& library() const { return checked_->library; }

 private:
  std::shared_ptr<const check::Checked> checked_;
  AccountOptions options_;
  std::vector<std::string> files_;
  std::size_t lines_in_block_ = 1024;
  std::size_t clerks_ = 1;
  bool with_unread_lines_ = false;
  std::uint64_t lost_ = 0;
  std::optional<std::uint32_t> seed_;

  struct Read {
    program::Chunk chunk;
    std::uint32_t file;
    std::uint64_t number;
    std::vector<std::uint64_t> lines;
    std::vector<UnreadLine> unread;
  };
  std::uint32_t record() const { return checked_->library.record("DrugLine"); }

  void read(std::uint32_t file, std::vector<Read>& blocks) const {
    std::istringstream stream(files_[file]);
    input::SourceLimits limits;
    limits.records = lines_in_block_;
    input::RecordSource source(input::bytes_of(stream), input::Format::csv, limits);
    const auto start = input::start_csv(source, nullptr);
    const auto reader = input::make_csv_reader(checked_->library, record(), start->header, {}, start->options);
    if (with_unread_lines_) (*reader)->keep_readable();
    input::Block block;
    while (source.next(block)) {
      input::Results results;
      Read& read = blocks.emplace_back(Read{program::Chunk(checked_->library, record()), file, block.number, {}, {}});
      (*reader)->read(block, read.chunk, results);
      read.chunk.finish();
      for (const auto& each : results.records) {
        if (each.row == model::none) throw std::logic_error(results.errors[each.error].message);
        if (each.error != model::none) read.unread.push_back({each.row, results.errors[each.error].field});
        read.lines.push_back(each.line);
      }
    }
  }
};

/// `2019-01 SouthSefton ods:RXA: £10.01 = £5.01 + £5.00`, with what else there is to say of it.
inline std::string told(const Settlement& settlement) {
  std::string out = settlement.label;
  for (const std::string& party : settlement.parties) out += ' ' + party;
  out += ": ";
  out +=
      settlement.excess ? "excess " + value::format_money(*settlement.excess) : value::format_money(settlement.saving);
  for (const Share& share : settlement.shares) {
    out += (share.party == 0 ? " = " : " + ") + value::format_money(share.amount);
    if (share.deducted != 0) out += " (net " + value::format_money(share.net) + ')';
  }
  if (settlement.lines == 0) out += ", no lines";
  if (settlement.left_out != 0) out += ", " + std::to_string(settlement.left_out) + " left out";
  if (settlement.corrected != 0) out += ", " + std::to_string(settlement.corrected) + " corrected";
  for (const std::string& note : settlement.notes) out += "; " + note;
  return out;
}
inline std::vector<std::string> told(const Statement& statement) {
  std::vector<std::string> out;
  for (const Settlement& settlement : statement.settlements) out.push_back(told(settlement));
  return out;
}
using Told = std::vector<std::string>;

/// All that a statement says, for comparing two.
inline std::vector<std::string> all_of(const Statement& statement) {
  std::vector<std::string> out = told(statement);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Settlement& settlement = statement.settlements[i];
    out[i] += " [" + std::to_string(settlement.lines) + ' ' + value::format_money(settlement.saving_of_year) + ' ' +
              value::format_date(settlement.days.first) + ' ' + value::format_date(settlement.days.last) + ']';
    for (const StatementLine& line : settlement.detail) {
      out[i] +=
          ' ' + line.id + '@' + value::format_date(line.on) + '=' + value::format_money(line.saving) + line.left_out;
    }
  }
  for (const TargetResult& target : statement.targets) {
    std::string& text = out.emplace_back("target");
    for (const std::string& party : target.parties) text += ' ' + party;
    text += ' ' + std::to_string(target.met) + '/' + std::to_string(target.counted) + '-' +
            std::to_string(target.left_out) +
            (!target.reached   ? ""
             : *target.reached ? " reached"
                               : " not reached");
    for (const std::string& note : target.notes) text += "; " + note;
  }
  out.push_back(std::to_string(statement.records) + '/' + std::to_string(statement.not_covered) + '/' +
                std::to_string(statement.undecided));
  out.insert(out.end(), statement.notes.begin(), statement.notes.end());
  return out;
}

/// What an earlier statement says, as it is given when settling again.
inline std::vector<Settled> settled(const Statement& statement, const model::Library& library) {
  std::vector<Settled> before;
  for (const Settlement& settlement : statement.settlements) {
    Settled& each = before.emplace_back();
    each.agreement = library.agreements[settlement.agreement].lines.full_name();
    each.parties = settlement.parties;
    each.label = settlement.label;
    each.after = settlement.excess.has_value();
    each.saving = settlement.excess.value_or(settlement.saving);
    for (const Share& share : settlement.shares) each.nets.push_back(share.net);
  }
  return before;
}

}  // namespace proviso::settle::sample
