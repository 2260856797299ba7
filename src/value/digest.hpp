#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace proviso::value {

/// SHA-256. Where the machine cannot work it out the program ends: nothing that rests on it could be relied on.
class Digester {
 public:
  using Bytes = std::array<unsigned char, 32>;

  Digester();
  void add(std::string_view bytes);
  /// With its length first, so that what belongs to which field is never in doubt.
  void add_field(std::string_view field);
  /// Of what was added since the last one.
  Bytes finish();

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;

  void begin();
};

/// Appends a field as it is added to a digest.
void append_field(std::string& out, std::string_view field);

/// `0a1f`.
std::string hexadecimal(std::string_view bytes);

/// `sha256:` and 64 hexadecimal digits.
std::string spelling(const Digester::Bytes& digest);
/// Of a text, as other tools work it out too.
std::string sha256(std::string_view text);

}  // namespace proviso::value
