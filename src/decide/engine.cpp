#include "decide/engine.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace proviso::decide {
namespace {

bool bears_name(const model::Policy& policy, const std::string& name) {
  return name == policy.name || name == policy.full_name();
}

}  // namespace

Engine::Engine(const model::Library& library, std::string_view record, Options options)
    : library_(&library), record_(library.record(record)), options_(std::move(options)) {
  if (record_ == model::none) throw std::invalid_argument("the library has no record " + std::string(record));
  std::vector<const model::Policy*> deciding;
  for (const model::Policy& policy : library.policies) {
    if (wanted(policy)) deciding.push_back(&policy);
  }
  std::size_t forms = 0;
  for (const model::Policy* policy : deciding) forms += policy->forms.size();
  versions_.reserve(forms);  // so that their addresses are for good
  editions_.reserve(deciding.size());
  SeenNodes seen(library);
  PlacementTables tables(library);
  for (const model::Policy* each : deciding) {
    const model::Policy& policy = *each;
    const model::Policy* next = successor(policy);
    model::Period days = policy.effective;
    // On trial, a draft takes the place of the version that holds until it begins.
    if (next != nullptr && next->effective.first <= days.last) {
      if (next->effective.first <= days.first) continue;
      days.last = next->effective.first - 1;
    }
    editions_.emplace_back(days, lay_out_forms(policy, seen), tables);
  }
  find_families();
  index_ = Index(library, this->record(), families_);
}

/// The version that replaces this one: the next that decides, or that retires the policy.
const model::Policy* Engine::successor(const model::Policy& policy) const {
  const model::Policy* const end = library_->policies.data() + library_->policies.size();
  for (const model::Policy* next = &policy + 1; next != end; ++next) {
    if (next->name != policy.name || next->library != policy.library) break;
    if (next->status == model::Status::retired || wanted(*next)) return next;
  }
  return nullptr;
}

std::vector<const Version*> Engine::lay_out_forms(const model::Policy& policy, SeenNodes& seen) {
  std::vector<const Version*> forms;
  for (const model::Form& form : policy.forms) {
    Version& version = versions_.emplace_back(lay_out(*library_, policy, form, seen));
    version.number = static_cast<std::uint32_t>(versions_.size() - 1);
    version.first_item = item_count_;
    item_count_ += static_cast<std::uint32_t>(version.items.size());
    forms.push_back(&version);
  }
  return forms;
}

void Engine::find_families() {
  std::unordered_map<std::string, std::size_t> by_name;
  for (const Edition& edition : editions_) {
    std::string name = edition.policy().full_name();
    const auto [same, is_new] = by_name.try_emplace(name, families_.size());
    if (is_new) families_.push_back({std::move(name), {}});
    families_[same->second].editions.push_back(&edition);
  }
  for (const Family& family : families_) {
    const Edition& first = *family.editions.front();
    Entry entry{&first, nullptr, nullptr, nullptr, family.editions.size()};
    if (entry.editions == 1 && first.segment_count() == 1) {
      entry.segment = &first.segment(0);
      entry.version = &entry.segment->version();
      entry.heads = entry.version->heads.data();
    }
    entries_.push_back(entry);
  }
}

bool Engine::wanted(const model::Policy& policy) const {
  if (policy.record != record_ || !policy.decides(options_.with_drafts)) return false;
  return options_.policies.empty() || std::any_of(options_.policies.begin(), options_.policies.end(),
                                                  [&](const auto& name) { return bears_name(policy, name); });
}

bool Engine::has_payments() const {
  return std::any_of(versions_.begin(), versions_.end(), [](const Version& version) { return version.payment; });
}

std::vector<std::string> Engine::unknown_policies() const {
  std::vector<std::string> unknown;
  for (const std::string& name : options_.policies) {
    const bool found = std::any_of(library_->policies.begin(), library_->policies.end(), [&](const auto& policy) {
      return policy.record == record_ && bears_name(policy, name);
    });
    if (!found) unknown.push_back(name);
  }
  return unknown;
}

void Engine::compile_all() const {
  for (const Edition& edition : editions_) {
    for (const Segment& segment : edition.segments()) {
      if (segment.omitted()) continue;
      if (segment.version().has_gate()) segment.gate();
      segment.whole();
    }
  }
}

}  // namespace proviso::decide
