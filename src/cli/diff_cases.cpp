#include "cli/diff_cases.hpp"

#include <algorithm>
#include <cstring>

#include "trial/drawing/drawn.hpp"
#include "trial/scenarios/given.hpp"

namespace proviso::cli {
namespace {

/// Lines are made as they are asked for, so that none but the next few are held.
class DrawnBytes : public input::Bytes {
 public:
  DrawnBytes(std::uint64_t count, std::FILE* keep) : count_(count), keep_(keep) {}

  void add(const DrawnFor& drawn, const std::string& record, std::uint64_t seed) {
    const std::uint32_t number = drawn.library->record(record);
    from_.push_back({std::make_unique<trial::GivenJson>(*drawn.library, number),
                     std::make_unique<trial::Drawing>(*drawn.library, number, drawn.policies, seed)});
  }

  tl::expected<std::size_t, std::string> read(char* to, std::size_t size) override {
    while (text_.size() - start_ < size && drawn_ < count_) draw();
    const std::size_t taken = std::min(size, text_.size() - start_);
    std::memcpy(to, text_.data() + start_, taken);
    start_ += taken;
    if (start_ == text_.size()) {
      text_.clear();
      start_ = 0;
    }
    return taken;
  }

 private:
  struct From {
    std::unique_ptr<trial::GivenJson> json;
    std::unique_ptr<trial::Drawing> drawing;
  };
  std::uint64_t count_;
  std::FILE* keep_;
  std::vector<From> from_;
  std::string text_;
  std::size_t start_ = 0;
  std::uint64_t drawn_ = 0;

  void draw() {
    const From& from = from_[drawn_ % from_.size()];
    ++drawn_;
    const std::size_t line = text_.size();
    from.json->append(text_, from.drawing->next(), "drawn-" + std::to_string(drawn_));
    text_ += '\n';
    if (keep_ != nullptr) std::fwrite(text_.data() + line, 1, text_.size() - line, keep_);
  }
};

}  // namespace

std::unique_ptr<input::Bytes> draw_cases(const DrawnFor& first, const DrawnFor& second, const std::string& record,
                                         std::uint64_t count, std::uint64_t seed, std::FILE* keep) {
  auto bytes = std::make_unique<DrawnBytes>(count, keep);
  bytes->add(first, record, seed);
  bytes->add(second, record, seed + 1);
  return bytes;
}

}  // namespace proviso::cli
