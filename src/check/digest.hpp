#pragma once

#include <memory>
#include <string>

namespace proviso::check {

/// SHA-256 over parts, each with its length first, so that what belongs to which part is never in doubt.
class Digest {
 public:
  Digest();
  void add(const std::string& part);
  /// `sha256:` and the digest in hexadecimal digits. Once.
  std::string finish();

  /// Of one text, as other tools work it out too.
  static std::string of_text(const std::string& text);

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;

  void update(const std::string& bytes);
};

}  // namespace proviso::check
