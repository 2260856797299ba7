#include "service/api/access.hpp"

#include <fmt/format.h>

#include "value/characters.hpp"
#include "value/digest.hpp"

namespace proviso::service {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(word.size());
  return word;
}

/// Nothing where one of them is no role.
unsigned roles_of(std::string_view words) {
  unsigned roles = 0;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(','));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    if (word == "submit") {
      roles |= 1U << static_cast<unsigned>(Role::submit);
    } else if (word == "verify") {
      roles |= 1U << static_cast<unsigned>(Role::verify);
    } else if (word == "administer") {
      roles |= 1U << static_cast<unsigned>(Role::administer);
    } else {
      return 0;
    }
  }
  return roles;
}

bool is_digest(std::string_view text) {
  constexpr std::string_view prefix = "sha256:";
  return text.size() == prefix.size() + 64 && text.substr(0, prefix.size()) == prefix &&
         text.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
}

}  // namespace

Access Access::open() {
  Access access;
  access.open_ = true;
  return access;
}

tl::expected<Access, std::string> Access::read(std::string_view text) {
  Access access;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view words = take_word(line);
    if (words.empty() || words.front() == '#') continue;
    Caller caller;
    caller.roles = roles_of(words);
    if (caller.roles == 0) {
      return tl::unexpected(
          fmt::format("line {}: roles are submit, verify and administer, with commas between", number));
    }
    caller.name = take_word(line);
    const std::string_view digest = take_word(line);
    if (!is_digest(digest)) {
      return tl::unexpected(
          fmt::format("line {}: expected roles, a name and `sha256:` with 64 digits of the token's digest", number));
    }
    if (!take_word(line).empty())
      return tl::unexpected(fmt::format("line {}: there is something after the digest", number));
    if (!access.by_digest_.emplace(digest, caller).second) {
      return tl::unexpected(fmt::format("line {}: another line has the same digest", number));
    }
  }
  if (access.by_digest_.empty()) return tl::unexpected(std::string("there is no token in it"));
  return access;
}

Caller Access::caller(std::string_view authorization) const {
  if (open_) return {"", ~0U};
  const std::string_view token = bearer_token(authorization);
  if (token.empty()) return {};
  const auto found = by_digest_.find(token_digest(token));
  return found == by_digest_.end() ? Caller{} : found->second;
}

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (value::small_letters(authorization.substr(0, scheme.size())) != scheme) return {};
  return authorization.substr(scheme.size());
}

std::string token_digest(std::string_view token) { return value::sha256(token); }

}  // namespace proviso::service
