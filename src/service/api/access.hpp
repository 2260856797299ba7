#pragma once

#include <map>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace proviso::service {

/// What a caller may do. A route asks for one of them.
enum class Role : unsigned char {
  anyone,      ///< without a token
  submit,      ///< ask for decisions, and so for authorisations
  verify,      ///< look authorisations up, and use them
  administer,  ///< withdraw authorisations, read the log, read the library anew
};

struct Caller {
  std::string name;    ///< as the file of tokens has it; empty where the service asks for none
  unsigned roles = 0;  ///< a bit for each Role
  bool may(Role role) const { return role == Role::anyone || (roles >> static_cast<unsigned>(role) & 1) != 0; }
};

/// Who may do what, by the token of a request (`Authorization: Bearer ...`). A file of tokens is lines: roles with
/// commas between, the holder's name, and the digest of the token, so that who reads the file can use none:
/// ```
/// # the digest is what `printf %s TOKEN | sha256sum` prints
/// submit,verify   riverside_practice   sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
/// ```
class Access {
 public:
  /// Everyone may do everything: for a service that only the machine itself can reach.
  static Access open();
  /// The error names the line.
  static tl::expected<Access, std::string> read(std::string_view text);

  bool is_open() const { return open_; }
  /// Who sends that header; nobody where the token is unknown. Without a header, whoever may do nothing.
  Caller caller(std::string_view authorization) const;

 private:
  bool open_ = false;
  std::map<std::string, Caller, std::less<>> by_digest_;
};

/// The token of an `Authorization: Bearer ...`, in letters of any case; empty for another scheme, or none.
std::string_view bearer_token(std::string_view authorization);
/// `sha256:...` of a token.
std::string token_digest(std::string_view token);

}  // namespace proviso::service
