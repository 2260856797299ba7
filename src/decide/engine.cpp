#include "decide/engine.hpp"

#include <algorithm>
#include <stdexcept>
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
  for (std::size_t i = 0; i < deciding.size(); ++i) {
    const model::Policy& policy = *deciding[i];
    const model::Policy* next = i + 1 < deciding.size() ? deciding[i + 1] : nullptr;
    model::Period days = policy.effective;
    // On trial, a draft takes the place of the version that holds until it begins.
    if (next != nullptr && next->full_name() == policy.full_name() && next->effective.first <= days.last) {
      if (next->effective.first <= days.first) continue;
      days.last = next->effective.first - 1;
    }
    versions_.push_back(lay_out(library, policy, days));
    versions_.back().number = static_cast<std::uint32_t>(versions_.size() - 1);
    versions_.back().first_item = item_count_;
    item_count_ += static_cast<std::uint32_t>(versions_.back().items.size());
  }
  for (const Version& version : versions_) {  // not before: versions_ has its addresses for good only now
    const std::string name = version.policy->full_name();
    const auto same =
        std::find_if(families_.begin(), families_.end(), [&](const Family& family) { return family.name == name; });
    if (same == families_.end()) {
      families_.push_back({name, {&version}});
    } else {
      same->versions.push_back(&version);
    }
  }
}

bool Engine::wanted(const model::Policy& policy) const {
  if (policy.record != record_ || !policy.decides(options_.with_drafts)) return false;
  return options_.policies.empty() || std::any_of(options_.policies.begin(), options_.policies.end(),
                                                  [&](const auto& name) { return bears_name(policy, name); });
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
  for (const Version& version : versions_) {
    for (const auto& segment : version.segments) {
      if (version.has_gate()) segment->gate();
      segment->whole();
    }
  }
}

}  // namespace proviso::decide
