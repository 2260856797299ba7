#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

/// Which resources have an address. However many share a part of theirs, looking one up takes the same time.
namespace proviso::input::fhir {

/// The resource that was found; `several` where another was found too.
struct Match {
  static constexpr std::size_t none = SIZE_MAX;
  std::size_t number = none;
  bool several = false;

  void add(const Match& other) {
    if (other.number == none) return;
    several = several || other.several || (number != none && number != other.number);
    number = other.number;
  }
};

/// The two as one key, like that of no other two.
inline std::string key_of(std::string_view first, std::string_view second) {
  std::string key = std::to_string(first.size()) + ':';
  return key.append(first).append(second);
}

/// Numbers by addresses, which have a rest, as `Patient/1`, and may have a base, as `https://example.org/`. Without one
/// they are the same as those of that rest with any base.
class Addresses {
 public:
  void clear() { matches_.clear(); }
  void add(std::string_view base, std::string_view rest, std::size_t number) {
    matches_[key_of(base, rest)].add({number});
    matches_[of_any(rest)].add({number});
  }
  Match find(std::string_view base, std::string_view rest) const {
    if (base.empty()) return look(of_any(rest));
    Match found = look(key_of(base, rest));
    found.add(look(key_of("", rest)));
    return found;
  }
  bool has(std::string_view base, std::string_view rest) const { return find(base, rest).number != Match::none; }

 private:
  static std::string of_any(std::string_view rest) { return '*' + std::string(rest); }
  Match look(const std::string& key) const {
    const auto found = matches_.find(key);
    return found == matches_.end() ? Match() : found->second;
  }

  std::unordered_map<std::string, Match> matches_;
};

}  // namespace proviso::input::fhir
