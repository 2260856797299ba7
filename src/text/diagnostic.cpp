#include "text/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace proviso::text {
namespace {

struct Kind {
  Code code;
  std::string_view name;
  Severity severity;
  std::string_view title;
};

constexpr std::array kinds{
#define PROVISO_DIAGNOSTIC(number, name, severity, title) Kind{Code::name, #name, Severity::severity, title},
#include "text/diagnostics.def"
#undef PROVISO_DIAGNOSTIC
};

static_assert(std::is_sorted(kinds.begin(), kinds.end(), [](const Kind& a, const Kind& b) { return a.code < b.code; }),
              "diagnostics.def lists the codes in the order of their numbers");

const Kind* find_kind(Code code) {
  const auto found = std::lower_bound(kinds.begin(), kinds.end(), code,
                                      [](const Kind& kind, Code wanted) { return kind.code < wanted; });
  return found != kinds.end() && found->code == code ? &*found : nullptr;
}

}  // namespace

std::string code_name(Code code) { return fmt::format("P{:04}", static_cast<unsigned>(code)); }

std::optional<Code> code_by_name(std::string_view name) {
  if (name.size() != 5 || (name[0] != 'P' && name[0] != 'p')) return std::nullopt;
  unsigned number = 0;
  for (const char digit : name.substr(1)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  const Kind* kind = find_kind(static_cast<Code>(number));
  if (kind == nullptr) return std::nullopt;
  return kind->code;
}

Severity severity_of(Code code) {
  const Kind* kind = find_kind(code);
  return kind != nullptr ? kind->severity : Severity::error;
}

std::string_view severity_name(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

std::string_view title_of(Code code) {
  const Kind* kind = find_kind(code);
  return kind != nullptr ? kind->title : std::string_view{};
}

std::string_view kind_name(Code code) {
  const Kind* kind = find_kind(code);
  return kind != nullptr ? kind->name : std::string_view{};
}

const std::vector<Code>& all_codes() {
  static const std::vector<Code> codes = [] {
    std::vector<Code> all;
    all.reserve(kinds.size());
    for (const Kind& kind : kinds) all.push_back(kind.code);
    return all;
  }();
  return codes;
}

Diagnostic& Diagnostics::add(Code code, Span span, std::string message) {
  Diagnostic diagnostic{code, span, std::move(message), {}, {}};
  if (!seen_.emplace(code, span.file, span.begin, span.end).second) {
    repeated_ = std::move(diagnostic);
    return repeated_;
  }
  if (severity_of(code) == Severity::error) ++errors_;
  return diagnostics_.emplace_back(std::move(diagnostic));
}

std::size_t Diagnostics::count(Severity severity) const {
  return severity == Severity::error ? errors_ : diagnostics_.size() - errors_;
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = diagnostics_;
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
  });
  return result;
}

}  // namespace proviso::text
