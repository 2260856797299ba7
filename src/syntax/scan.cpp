#include "syntax/scan.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "grammar/words.hpp"
#include "text/utf8.hpp"

namespace proviso::syntax {
namespace {

std::string_view name_of(char32_t character) {
  switch (character) {
    case 0x0000:
      return "a null byte";
    case 0x00A0:
      return "a no-break space";
    case 0x200B:
      return "a zero-width space";
    case 0x200E:
    case 0x200F:
    case 0x061C:
      return "a mark of the direction of writing";
    case 0x202A:
    case 0x202B:
    case 0x202C:
    case 0x202D:
    case 0x202E:
    case 0x2066:
    case 0x2067:
    case 0x2068:
    case 0x2069:
      return "a change of the direction of writing";
    case 0xFEFF:
      return "a byte order mark";
    default:
      return "a control character";
  }
}

/// What could make the text mean something else than it shows.
bool is_forbidden(char32_t character) {
  if (character < 0x20) return character != '\t' && character != '\n' && character != '\r';
  if (character < 0x7F) return false;
  if (character <= 0x9F) return true;
  return character == 0x061C || character == 0x200B || character == 0x200E || character == 0x200F ||
         (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069) ||
         character == 0xFEFF;
}

class Scanner {
 public:
  Scanner(std::string_view content, std::uint32_t file, std::size_t limit)
      : content_(content), end_(content.data() + content.size()), file_(file), limit_(limit) {}

  Scan run() {
    if (const auto bad = text::find_invalid_utf8(content_)) {
      complain(text::Code::not_utf8, *bad, *bad + 1,
               fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(content_[*bad])),
               "save the file as UTF-8");
      scan_.readable = false;
      return std::move(scan_);
    }
    find_forbidden();
    find_comments_and_texts();
    return std::move(scan_);
  }

 private:
  void complain(text::Code code, std::size_t begin, std::size_t end, std::string message, std::string help = {}) {
    if (scan_.diagnostics.size() >= limit_) return;
    const Span span{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    scan_.diagnostics.push_back(text::Diagnostic{code, span, std::move(message), {}, std::move(help)});
  }

  /// Blanks out the characters that no text may hold.
  void find_forbidden() {
    for (std::size_t at = 0; at < content_.size();) {
      const auto byte = static_cast<unsigned char>(content_[at]);
      if (byte >= 0x20 && byte < 0x7F) {
        ++at;
        continue;
      }
      const text::Character character = text::decode(content_, at);
      if (is_forbidden(character.code_point)) forbid(at, character);
      at += character.length;
    }
  }

  void forbid(std::size_t at, const text::Character& character) {
    complain(text::Code::forbidden_character, at, at + character.length,
             fmt::format("forbidden character U+{:04X}, {}", static_cast<unsigned>(character.code_point),
                         name_of(character.code_point)));
    if (scan_.mended.empty()) scan_.mended = content_;
    std::fill_n(scan_.mended.begin() + static_cast<std::ptrdiff_t>(at), character.length, ' ');
  }

  void find_comments_and_texts() {
    const char* begin = content_.data();
    const auto offset = [&](const char* at) { return static_cast<std::size_t>(at - begin); };
    for (const char* at = begin; at != end_;) {
      if (*at == '#') {
        const char* stop = grammar::past_line(at, end_);
        const char* last = stop;
        while (last != at + 1 && grammar::is_blank(last[-1])) --last;
        const char* before = at;
        while (before != begin && grammar::is_blank(before[-1])) --before;
        const bool trailing = before != begin && !grammar::is_line_end(before[-1]);
        const Span span{file_, static_cast<std::uint32_t>(offset(at)), static_cast<std::uint32_t>(offset(stop))};
        scan_.comments.push_back(Comment{std::string(at + 1, last), span, trailing});
        at = stop;
      } else if (*at == '"') {
        const char* stop = grammar::past_text(at, end_);
        check_text(at, stop);
        at = stop;
      } else {
        if (static_cast<unsigned char>(*at) == 0xC2 && at + 1 != end_ && static_cast<unsigned char>(at[1]) == 0xA0) {
          forbid(offset(at), text::Character{0xA0, 2, true});
        }
        ++at;
      }
    }
  }

  void check_text(const char* begin, const char* stop) {
    const auto offset = [&](const char* at) { return static_cast<std::size_t>(at - content_.data()); };
    bool closed = false;
    for (const char* at = begin + 1; at != stop; ++at) {
      if (*at == '"') closed = true;
      if (*at != '\\' || at + 1 == stop) continue;
      ++at;
      if (*at == '"' || *at == '\\' || *at == 'n' || *at == 't') continue;
      const std::size_t length = text::decode(content_, offset(at)).length;
      complain(text::Code::bad_text, offset(at - 1), offset(at) + length,
               fmt::format("`\\{}` is no escape", std::string_view(at, length)),
               "escapes are `\\\"`, `\\\\`, `\\n` and `\\t`");
    }
    const bool is_last = std::all_of(begin + 1, stop, grammar::is_blank);
    if (!closed && is_last && broken_text_) {
      // The end of a text that was broken over lines, not the beginning of another.
      scan_.diagnostics[*broken_text_].help =
          "a text stands on one line, however long: join the lines up to its closing `\"`";
      broken_text_.reset();
      return;
    }
    broken_text_.reset();
    if (closed) return;
    complain(text::Code::unterminated_text, offset(begin), offset(stop),
             "text is not closed: expected `\"` before the end of the line");
    if (scan_.diagnostics.size() < limit_) broken_text_ = scan_.diagnostics.size() - 1;
  }

  std::string_view content_;
  const char* end_;
  std::uint32_t file_;
  std::size_t limit_;
  Scan scan_;
  std::optional<std::size_t> broken_text_;  ///< the last text, where that was not closed: its complaint
};

}  // namespace

Scan scan(std::string_view content, std::uint32_t file, std::size_t limit) {
  return Scanner(content, file, limit).run();
}

std::string unescape(std::string_view quoted) {
  std::string text;
  for (std::size_t at = 1; at < quoted.size() && quoted[at] != '"'; ++at) {
    if (quoted[at] != '\\' || at + 1 == quoted.size()) {
      text += quoted[at];
      continue;
    }
    ++at;
    text += quoted[at] == 'n' ? '\n' : quoted[at] == 't' ? '\t' : quoted[at];
  }
  return text;
}

}  // namespace proviso::syntax
