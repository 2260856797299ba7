#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What all HTML reports share: one self-contained page that needs no script, no other file and no network, reads on a
/// screen and on paper, and says in words whatever it also says in colour.
namespace proviso::output {

/// For text and for attributes in double quotes.
std::string escape_html(std::string_view text);
void append_html(std::string& out, std::string_view text);

/// Everything up to and with the title as a heading: the doctype, `<html lang="en-GB">`, the stylesheet, `<main>`,
/// `<h1>`.
///
/// Classes of the stylesheet, for reports: `lead` (a line under the title), `figures` (a `<dl>` of the few numbers that
/// matter, in `<div>`s of `<dt>` and `<dd>`), `table-wide` (around a table that may be wider than the page), `number`
/// (a cell of digits), `note`, `quiet` (less important text), `code` (as the language writes it), `good`, `warning`,
/// `bad` (a piece of text in that sense), `mark` with `shown` or `missing` (a small labelled box), `bar` (see
/// append_bar), `panel` (a bordered part), `missed` (a part that stands out).
/// `styles` are further rules of the report's own.
void begin_page(std::string& out, std::string_view title, std::string_view styles = {});
/// `footer`, where there is one, says what made the page: plain text.
void end_page(std::string& out, std::string_view footer = {});

/// A bar filled by `part` of `whole`. The text that goes with it is the caller's: the bar is decoration, and left out
/// when read aloud.
void append_bar(std::string& out, std::size_t part, std::size_t whole);

}  // namespace proviso::output
