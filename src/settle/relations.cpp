#include "settle/relations.hpp"

#include <algorithm>
#include <deque>

#include "settle/relations_join.hpp"
#include "settle/relations_lines.hpp"
#include "settle/relations_reads.hpp"

namespace proviso::settle {

class Relations::Impl {
 public:
  Impl(const model::Library& library, const std::vector<RelationReads>& asked) {
    for (const RelationReads& reads : asked) {
      joins_.emplace_back(library, reads, lines_of(library, library.relations[reads.relation].other), texts_);
    }
  }

  bool empty() const { return joins_.empty(); }

  std::vector<std::uint32_t> gathered() const {
    std::vector<std::uint32_t> records;
    for (const GatheredLines& lines : lines_) records.push_back(lines.record());
    return records;
  }

  void gather(const program::Chunk& chunk, std::uint64_t block) {
    for (GatheredLines& lines : lines_) {
      if (lines.record() == chunk.record_index()) lines.add(chunk, block);
    }
    for (Join& join : joins_) {
      if (join.relation().other == chunk.record_index()) {
        join.note_unplaced(chunk, static_cast<Line>(line_number(block, 0)));
      }
    }
  }

  void not_read_completely(std::uint32_t record) {
    for (Join& join : joins_) {
      if (join.relation().other == record) join.not_read_completely();
    }
  }

  std::vector<model::FactId> keys(std::uint32_t record) const {
    std::vector<model::FactId> facts;
    for (const Join& join : joins_) {
      if (!is_from(join, record)) continue;
      for (const auto& [own, other] : join.relation().keys) facts.push_back(other);
    }
    std::sort(facts.begin(), facts.end());
    facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
    return facts;
  }

  void without_key(std::uint32_t record, model::FactId key) {
    for (Join& join : joins_) {
      const auto& keys = join.relation().keys;
      const bool has_key =
          std::any_of(keys.begin(), keys.end(), [key](const auto& each) { return each.second == key; });
      if (has_key && is_from(join, record)) join.not_read_completely();
    }
  }

  void leave_out(std::uint32_t record, const std::function<bool(LineNumber)>& is_left_out) {
    for (GatheredLines& lines : lines_) {
      if (lines.record() == record) lines.leave_out(is_left_out);
    }
  }

  void complete() {
    for (Join& join : joins_) join.complete();
  }

  void fill(program::Chunk& chunk, std::uint64_t block) const {
    for (const Join& join : joins_) join.fill(chunk, static_cast<Line>(line_number(block, 0)));
  }

  std::map<std::string, std::uint64_t> without_key() const {
    std::map<std::string, std::uint64_t> counts;
    for (const Join& join : joins_) {
      if (join.without_key() > 0) counts[join.relation().name] += join.without_key();
    }
    return counts;
  }

  std::map<std::string, std::uint64_t> unplaced() const {
    std::map<std::string, std::uint64_t> counts;
    for (const Join& join : joins_) {
      if (join.unplaced() > 0) counts[join.relation().name] += join.unplaced();
    }
    return counts;
  }

 private:
  static bool is_from(const Join& join, std::uint32_t record) {
    return join.relation().other == record && join.relation().record != record;
  }

  GatheredLines& lines_of(const model::Library& library, std::uint32_t record) {
    const auto found = std::find_if(lines_.begin(), lines_.end(),
                                    [record](const GatheredLines& lines) { return lines.record() == record; });
    return found != lines_.end() ? *found : lines_.emplace_back(library, record, texts_);
  }

  SharedTexts texts_;
  std::deque<GatheredLines> lines_;  ///< joins point to them
  std::deque<Join> joins_;
};

Relations::Relations(const model::Library& library, std::uint32_t record)
    : impl_(std::make_unique<Impl>(library, relation_reads(library, record))) {}
Relations::Relations(const model::Library& library, std::uint32_t record,
                     const std::vector<const model::Policy*>& policies)
    : impl_(std::make_unique<Impl>(library, relation_reads(library, record, policies))) {}
Relations::~Relations() = default;
Relations::Relations(Relations&&) noexcept = default;
Relations& Relations::operator=(Relations&&) noexcept = default;

bool Relations::empty() const { return impl_->empty(); }
std::vector<std::uint32_t> Relations::gathered() const { return impl_->gathered(); }
void Relations::gather(const program::Chunk& chunk, std::uint64_t block) { impl_->gather(chunk, block); }
void Relations::not_read_completely(std::uint32_t record) { impl_->not_read_completely(record); }
std::vector<model::FactId> Relations::keys(std::uint32_t record) const { return impl_->keys(record); }
void Relations::without_key(std::uint32_t record, model::FactId key) { impl_->without_key(record, key); }
void Relations::leave_out(std::uint32_t record, const std::function<bool(LineNumber)>& is_left_out) {
  impl_->leave_out(record, is_left_out);
}
void Relations::complete() { impl_->complete(); }
void Relations::fill(program::Chunk& chunk, std::uint64_t block) const { impl_->fill(chunk, block); }
std::map<std::string, std::uint64_t> Relations::without_key() const { return impl_->without_key(); }
std::map<std::string, std::uint64_t> Relations::unplaced() const { return impl_->unplaced(); }

}  // namespace proviso::settle
