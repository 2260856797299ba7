#include "output/html.hpp"

#include <fmt/format.h>

namespace proviso::output {
namespace {

/// Contrast of all text is at least 4.5 to 1 on its ground. Colours are never alone in saying something.
constexpr std::string_view stylesheet = R"css(
:root { color-scheme: light; --ink: #212b32; --quiet: #4c6272; --line: #d0d7dc; --ground: #f4f6f8; --blue: #005eb8;
  --dark-blue: #003087; --good: #00612d; --good-ground: #e6f4ea; --bad: #a6121f; --bad-ground: #fdecee;
  --warning: #7a4b00; --warning-ground: #fff4d6; }
* { box-sizing: border-box; }
html { font-size: 100%; }
body { margin: 0; color: var(--ink); background: #fff; line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", "Noto Sans", Arial, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; color: var(--dark-blue);
  border-bottom: 3px solid var(--blue); padding-bottom: .5rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.25rem 0 .5rem; color: var(--dark-blue); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
h4 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: .4rem 0 .8rem; max-width: 46rem; }
a { color: var(--blue); }
a:focus, summary:focus { outline: 3px solid #ffb81c; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .4rem .8rem; }
.lead { font-size: 1.1rem; }
.quiet, .note { color: var(--quiet); }
.note { font-size: .92rem; }
code, .code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace;
  font-size: .88em; overflow-wrap: anywhere; }
dl.figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 1.5rem; }
dl.figures div { border: 1px solid var(--line); border-top: 3px solid var(--blue); padding: .5rem .9rem;
  min-width: 8.5rem; }
dl.figures dt { color: var(--quiet); font-size: .88rem; }
dl.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.table-wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.25rem; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); background: var(--ground); }
tbody th { font-weight: 600; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); }
.warning { color: var(--warning); }
.bad { color: var(--bad); }
.mark { display: inline-block; white-space: nowrap; font-size: .82rem; line-height: 1.3; padding: .05rem .45rem;
  margin: 0 .2rem .15rem 0; border: 1px solid; border-radius: .2rem; }
.mark.shown { color: var(--good); background: var(--good-ground); border-color: #8cc2a0; }
.mark.missing { color: var(--bad); background: var(--bad-ground); border-color: var(--bad); border-style: dashed;
  font-weight: 600; }
.bar { display: block; position: relative; width: 100%; min-width: 6rem; height: .8rem; margin-top: .35rem;
  background: #fff; border: 1px solid var(--quiet); }
.bar span { display: block; height: 100%; background: var(--blue); }
.panel { border: 1px solid var(--line); padding: .75rem 1rem; margin: .75rem 0; }
.missed { border-left: .35rem solid var(--bad); background: var(--bad-ground); }
summary { cursor: pointer; }
details { margin: .5rem 0; }
footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem 2rem; color: var(--quiet); font-size: .88rem; }
@page { margin: 18mm 15mm; }
@media print {
  main { max-width: none; padding: 0; }
  body { font-size: 10pt; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h2, h3, h4, summary { break-after: avoid; }
  tr, .panel, dl.figures div { break-inside: avoid; }
  thead { display: table-header-group; }
  .table-wide { overflow: visible; }
  .skip { display: none; }
}
)css";

}  // namespace

void append_html(std::string& out, std::string_view text) {
  for (const char character : text) {
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += character;
    }
  }
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_html(out, text);
  return out;
}

void begin_page(std::string& out, std::string_view title, std::string_view styles) {
  const std::string escaped = escape_html(title);
  out += "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  out += escaped;
  out += "</title>\n<style>";
  out += stylesheet;
  out += styles;
  out +=
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the report</a>\n<main "
      "id=\"content\">\n<h1>";
  out += escaped;
  out += "</h1>\n";
}

void end_page(std::string& out, std::string_view footer) {
  out += "</main>\n";
  if (!footer.empty()) {
    out += "<footer>";
    append_html(out, footer);
    out += "</footer>\n";
  }
  out += "</body>\n</html>\n";
}

void append_bar(std::string& out, std::size_t part, std::size_t whole) {
  const double percent =
      whole == 0 ? 0.0 : 100.0 * static_cast<double>(part < whole ? part : whole) / static_cast<double>(whole);
  out += fmt::format("<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:{:.1f}%\"></span></span>", percent);
}

}  // namespace proviso::output
