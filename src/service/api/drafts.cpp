#include "service/api/drafts.hpp"

#include <array>
#include <iterator>
#include <utility>

#include "service/register/system.hpp"
#include "value/digest.hpp"

namespace proviso::service {
namespace {

constexpr std::size_t name_bytes = 16;

std::string random_name() {
  std::array<unsigned char, name_bytes> bytes{};
  fill_random(bytes.data(), bytes.size());
  return value::hexadecimal({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

Drafts::Drafts(const Limits& limits, std::function<Time()> now) : limits_(limits), now_(std::move(now)) {}

void Drafts::remove_oldest() {
  bytes_ -= drafts_.front().record.size();
  by_name_.erase(drafts_.front().name);
  drafts_.pop_front();
}

void Drafts::remove_outdated() {
  const Time now = now_();
  while (!drafts_.empty() && now - drafts_.front().since >= limits_.age) remove_oldest();
}

std::string Drafts::keep(std::string record) {
  const std::lock_guard lock(mutex_);
  remove_outdated();
  if (record.size() > limits_.record_bytes || record.size() > limits_.bytes || limits_.count == 0) return {};
  while (drafts_.size() >= limits_.count || bytes_ + record.size() > limits_.bytes) remove_oldest();
  bytes_ += record.size();
  drafts_.push_back({random_name(), std::move(record), now_()});
  by_name_.emplace(drafts_.back().name, std::prev(drafts_.end()));
  return drafts_.back().name;
}

std::optional<std::string> Drafts::find(std::string_view name) {
  const std::lock_guard lock(mutex_);
  remove_outdated();
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::nullopt : std::optional(found->second->record);
}

std::size_t Drafts::count() {
  const std::lock_guard lock(mutex_);
  remove_outdated();
  return drafts_.size();
}

bool is_draft_name(std::string_view text) {
  return text.size() == 2 * name_bytes && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace proviso::service
