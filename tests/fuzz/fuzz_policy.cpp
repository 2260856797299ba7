#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "syntax/parse.hpp"

using namespace proviso;

// Any bytes at all are read as a policy file: no crash, few errors, and each of them inside the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  text::Sources sources;
  const std::uint32_t file = sources.add("fuzz.policy", std::string(data, data + size));
  text::Diagnostics diagnostics;
  syntax::parse(sources, file, diagnostics);
  if (diagnostics.count(text::Severity::error) > syntax::error_limit + 1) std::abort();
  for (const text::Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.message.empty()) std::abort();
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) std::abort();
  }
  return 0;
}
