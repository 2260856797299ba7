#include <fmt/format.h>

#include <algorithm>

#include "check/part.hpp"
#include "syntax/parse.hpp"
#include "syntax/print.hpp"
#include "value/calendar.hpp"

// What is said of mistakes, and what is left unsaid of what could not be read.
namespace proviso::check {

text::Diagnostic& Part::complain(Code code, Span span, std::string message) {
  if (workspace_.muted) return workspace_.unshown = {};
  if (text::severity_of(code) == text::Severity::error) {
    const auto count = ++workspace_.errors[span.file];
    if (count > syntax::error_limit) {
      if (count == syntax::error_limit + 1) {
        diagnostics_.add(Code::too_many_errors, span,
                         fmt::format("more than {} errors: the others are not shown", syntax::error_limit));
      }
      return workspace_.unshown = {};
    }
  }
  return diagnostics_.add(code, span, std::move(message));
}

void Part::repeated_lines(const std::vector<syntax::Repeated>& lines) {
  for (const auto& [span, first] : lines) {
    const auto line = sources_.text(span);
    complain(Code::repeated_line, span,
             fmt::format("`{}` is given twice", line.substr(0, line.find_first_of(" \t\r\n"))))
        .notes.push_back({"the first is here", first});
  }
}

std::string Part::describe(const Context& context, ExpressionId id, NodeId node) const {
  return fmt::format("{} is {}", quoted(at(context, id).span), model::format(library_, type(node)));
}

std::string Part::quoted(Span span) const {
  std::string out = "`";
  bool blank = false;
  for (const char c : sources_.text(span)) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      blank = true;
      continue;
    }
    const bool goes_on = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // inside a letter, which is not cut
    if (out.size() > 60 && !goes_on) return out + "...`";
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  return out + '`';
}

std::string Part::print(const Context& context, ExpressionId id) const {
  return syntax::print(trees_[context.tree].tree, id);
}

std::string Part::spell_period(model::Period period) {
  if (period.first == period.last) return "on " + value::format_date(period.first);
  const std::string from = period.first == INT32_MIN ? "the earliest day" : value::format_date(period.first);
  if (period.last == INT32_MAX) return fmt::format("from {} on", from);
  return fmt::format("from {} to {}", from, value::format_date(period.last));
}

std::string_view Part::noun(const model::Policy& policy) const {
  if (policy.payment) return "payment";
  return workspace_.written_policies.count({policy.span.file, policy.span.begin}) ? "policy" : "agreement";
}

/// Whether something in it could not be read: then what is missing may be there.
bool Part::is_broken(Span span) const {
  const auto& all = diagnostics_.all();
  return std::any_of(all.begin(), all.end(), [&](const auto& each) {
    return text::severity_of(each.code) == text::Severity::error && each.span.file == span.file &&
           span.begin <= each.span.begin && each.span.begin < span.end;
  });
}

/// Whether something in a declaration could not be read while a line of it begins with the word, `or_nearly`: what
/// follows from that line is not told.
bool Part::unread_line(Span whole, const std::string& word, bool or_nearly) const {
  if (!is_broken(whole)) return false;
  std::string_view rest = sources_.text(whole);
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto written = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    const auto first = written.substr(0, written.find_first_of(" \t\r"));
    if (first == word || (or_nearly && text::closest(first, {word}))) return true;
  }
  return false;
}

/// Whether a name, or a part of a dotted one, or a text in its quotes, stands in what could not be read or was refused.
bool Part::unread(std::string_view name) const {
  const auto is_there = [&](std::string_view part) { return workspace_.unread.find(part) != workspace_.unread.end(); };
  if (is_there(name)) return true;
  const auto dot = name.rfind('.');
  return dot != std::string_view::npos && name.front() != '"' &&
         (is_there(name.substr(dot + 1)) || is_there(name.substr(0, name.find('.'))));
}

}  // namespace proviso::check
