#include "settle/accounts.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>

#include "settle/accounts_merge.hpp"
#include "settle/accounts_plan.hpp"
#include "settle/accounts_reading.hpp"
#include "settle/accounts_targets.hpp"
#include "settle/accounts_totals.hpp"

namespace proviso::settle {
namespace {

bool bears_name(const model::Policy& lines, const std::string& name) {
  return name == lines.name || name == lines.full_name();
}

/// What one clerk has written.
struct ClerkBooks {
  explicit ClerkBooks(const std::vector<model::FactId>& corrections) : lines(corrections) {}
  LineBook lines;
  std::vector<Book> books;              ///< by plan
  std::vector<std::int32_t> last_days;  ///< by plan: of all lines that have a date
};

std::uint64_t count_bits(const std::vector<std::uint64_t>& words) {
  std::uint64_t count = 0;
  for (const std::uint64_t word : words) count += static_cast<std::uint64_t>(__builtin_popcountll(word));
  return count;
}

}  // namespace

class Accounts::Impl {
 public:
  Impl(const model::Library& library, std::uint32_t record, AccountOptions options)
      : library_(library), record_(record), options_(std::move(options)) {
    decide::SeenNodes seen(library);
    decide::PlacementTables tables(library);
    for (std::uint32_t number = 0; number < library.agreements.size(); ++number) {
      const model::Agreement& agreement = library.agreements[number];
      if (!wanted(agreement)) continue;
      plans_.push_back(std::make_unique<Plan>(library, number, correction_of(agreement.corrected_by), seen, tables));
    }
  }

  const model::Library& library() const { return library_; }
  std::uint32_t record() const { return record_; }
  const AccountOptions& options() const { return options_; }
  const std::vector<std::unique_ptr<Plan>>& plans() const { return plans_; }

  std::vector<std::string> unknown_agreements() const {
    std::vector<std::string> unknown;
    for (const std::string& name : options_.agreements) {
      const bool found = std::any_of(library_.agreements.begin(), library_.agreements.end(), [&](const auto& each) {
        return each.lines.record == record_ && bears_name(each.lines, name);
      });
      if (!found) unknown.push_back(name);
    }
    return unknown;
  }

  /// Full names of those that are settled, or that only were not asked for.
  std::vector<std::string> names(bool settled) const {
    std::vector<std::string> names;
    for (const model::Agreement& agreement : library_.agreements) {
      if (can_be_settled(agreement) && wanted(agreement) == settled) names.push_back(agreement.lines.full_name());
    }
    return names;
  }

  const std::vector<model::FactId>& corrections() const { return corrections_; }

  /// By many threads.
  ClerkBooks& begin_books() {
    const std::lock_guard lock(beginning_);
    ClerkBooks& books = *clerks_.emplace_back(std::make_unique<ClerkBooks>(corrections_));
    books.books.reserve(plans_.size());
    for (const auto& plan : plans_) books.books.emplace_back(plan->agreement());
    books.last_days.assign(plans_.size(), INT32_MIN);
    return books;
  }
  std::uint32_t next_chunk() {
    constexpr std::uint32_t most = UINT32_MAX / program::chunk_capacity;
    const std::uint32_t number = chunks_.fetch_add(1, std::memory_order_relaxed);
    if (number >= most) throw std::length_error("the ledger has too many lines");
    return number;
  }

  Statement settle(const std::vector<std::string>& inputs, const std::vector<Settled>& before, std::uint64_t lost) {
    std::vector<const LineBook*> line_books;
    for (const auto& clerk : clerks_) line_books.push_back(&clerk->lines);
    const LedgerLines lines(std::move(line_books), corrections_, options_.threads);
    Statement statement;
    statement.records = lines.records();
    statement.not_covered = lines.not_covered();
    std::vector<std::uint64_t> undecided = lines.no_lines();
    for (std::size_t number = 0; number < plans_.size(); ++number) {
      settle(number, lines, inputs, before, lost, undecided, statement);
    }
    lines.take_unread_out(undecided);
    statement.undecided = count_bits(undecided);
    note_strange(before, statement);
    return statement;
  }

 private:
  const model::Library& library_;
  std::uint32_t record_;
  AccountOptions options_;
  std::vector<std::unique_ptr<Plan>> plans_;
  std::vector<model::FactId> corrections_;  ///< the facts that say which line of an id is the last
  std::mutex beginning_;
  std::vector<std::unique_ptr<ClerkBooks>> clerks_;
  std::atomic<std::uint32_t> chunks_{0};

  bool can_be_settled(const model::Agreement& agreement) const {
    return agreement.lines.record == record_ && agreement.lines.decides(options_.with_drafts);
  }

  bool wanted(const model::Agreement& agreement) const {
    if (!can_be_settled(agreement)) return false;
    const std::vector<std::string>& names = options_.agreements;
    return names.empty() || std::any_of(names.begin(), names.end(),
                                        [&](const std::string& name) { return bears_name(agreement.lines, name); });
  }

  std::size_t correction_of(model::FactId fact) {
    const auto known = std::find(corrections_.begin(), corrections_.end(), fact);
    if (known == corrections_.end()) return corrections_.push_back(fact), corrections_.size() - 1;
    return static_cast<std::size_t>(known - corrections_.begin());
  }

  void settle(std::size_t number, const LedgerLines& lines, const std::vector<std::string>& inputs,
              const std::vector<Settled>& before, std::uint64_t lost, std::vector<std::uint64_t>& undecided,
              Statement& statement) const {
    std::vector<Book*> books;
    std::int32_t last_day = INT32_MIN;
    for (const auto& clerk : clerks_) {
      books.push_back(&clerk->books[number]);
      last_day = std::max(last_day, clerk->last_days[number]);
    }
    const MergedBooks merged(*plans_[number], books, lines, before);
    Totals totals(merged, inputs);
    totals.mark_undecided(undecided);
    totals.write(statement);
    const std::vector<TargetResult> targets = target_results(merged, last_day, lost);
    statement.targets.insert(statement.targets.end(), targets.begin(), targets.end());
  }

  void note_strange(const std::vector<Settled>& before, Statement& statement) const {
    for (const Settled& settled : before) {
      const bool known = std::any_of(plans_.begin(), plans_.end(), [&](const auto& plan) {
        return plan->agreement().lines.full_name() == settled.agreement;
      });
      if (known) continue;
      const std::string note = settled.agreement + ": was settled before, and is not settled now";
      if (std::find(statement.notes.begin(), statement.notes.end(), note) == statement.notes.end()) {
        statement.notes.push_back(note);
      }
    }
  }
};

class Accounts::Clerk::Impl {
 public:
  explicit Impl(Accounts::Impl& accounts)
      : accounts_(accounts),
        books_(accounts.begin_books()),
        reader_(accounts.library(), accounts.record(), keys_, accounts.options().keep_lines,
                accounts.plans().size() > 1) {}

  void add(const program::Chunk& chunk, std::uint32_t input, std::uint64_t block,
           const std::vector<std::uint64_t>& lines, const std::vector<UnreadLine>& unread) {
    const auto rows = static_cast<std::uint32_t>(chunk.rows() - unread.size());
    LineBook::ChunkPlace place{accounts_.next_chunk(), input, block, rows, {}};
    for (std::size_t row = 0; row < chunk.rows(); ++row) place.not_covered[row / 64] |= std::uint64_t{1} << (row % 64);
    for (const UnreadLine& line : unread) place.not_covered[line.row / 64] &= ~(std::uint64_t{1} << (line.row % 64));
    const ReadChunk read{chunk, static_cast<LineOrder>(place.number * program::chunk_capacity), lines, unread};
    books_.lines.add_lines(chunk, read.first, keys_, unread);
    for (std::size_t number = 0; number < accounts_.plans().size(); ++number) {
      const Plan& plan = *accounts_.plans()[number];
      note_last_day(plan, chunk, books_.last_days[number]);
      reader_.read(plan, read, books_.books[number], place.not_covered);
    }
    books_.lines.add_chunk(place);
  }

 private:
  Accounts::Impl& accounts_;
  ClerkBooks& books_;
  KeyMaker keys_;
  LineReader reader_;

  static void note_last_day(const Plan& plan, const program::Chunk& chunk, std::int32_t& last_day) {
    if (plan.agreement().targets.empty()) return;
    const program::Column& days = chunk.column(plan.agreement().lines.dated_by);
    for (std::size_t row = 0; row < chunk.rows(); ++row) {
      if (program::bit(days.known, row)) last_day = std::max(last_day, days.narrow[row]);
    }
  }
};

Accounts::Accounts(const model::Library& library, std::uint32_t record, AccountOptions options)
    : impl_(std::make_unique<Impl>(library, record, std::move(options))) {}
Accounts::~Accounts() = default;

std::vector<std::string> Accounts::unknown_agreements() const { return impl_->unknown_agreements(); }
bool Accounts::empty() const { return impl_->plans().empty(); }
std::vector<std::string> Accounts::agreements() const { return impl_->names(true); }
std::vector<std::string> Accounts::other_agreements() const { return impl_->names(false); }
std::vector<const model::Policy*> Accounts::policies() const {
  std::vector<const model::Policy*> policies;
  for (const auto& plan : impl_->plans()) policies.push_back(&plan->agreement().lines);
  return policies;
}
const std::vector<model::FactId>& Accounts::corrections() const { return impl_->corrections(); }
std::set<model::FactId> Accounts::facts() const {
  std::set<model::FactId> facts;
  for (const auto& plan : impl_->plans()) facts.merge(plan->facts());
  return facts;
}

Accounts::Clerk::Clerk(Accounts& accounts) : impl_(std::make_unique<Impl>(*accounts.impl_)) {}
Accounts::Clerk::~Clerk() = default;

void Accounts::Clerk::add(const program::Chunk& chunk, std::uint32_t input, std::uint64_t block,
                          const std::vector<std::uint64_t>& lines, const std::vector<UnreadLine>& unread) {
  impl_->add(chunk, input, block, lines, unread);
}

Statement Accounts::settle(const std::vector<std::string>& inputs, const std::vector<Settled>& before,
                           std::uint64_t lost) {
  return impl_->settle(inputs, before, lost);
}

}  // namespace proviso::settle
