#include "service/pages/page.hpp"

namespace proviso::service::pages {

/// Contrast of all text is at least 4.5 to 1 on its ground, and of what marks a control 3 to 1. Colours are never alone
/// in saying something, and whatever is pressed is at least 24 pixels high.
const std::string_view stylesheet = R"css(
:root { color-scheme: light; --ink: #212b32; --quiet: #4c6272; --line: #d8dde0; --ground: #f0f4f5; --blue: #005eb8;
  --dark-blue: #003087; --green: #007f3b; --dark-green: #00401e; --red: #d5281b; --yellow: #ffeb3b; }
* { box-sizing: border-box; }
html { font-size: 100%; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 1.1875rem/1.5 Arial, "Liberation Sans",
  sans-serif; }
.width { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { background: var(--blue); color: #fff; }
header .width { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 2rem; padding-top: .75rem;
  padding-bottom: .75rem; }
header a { color: #fff; display: inline-block; padding: .25rem 0; }
header .product { font-size: 1.5rem; font-weight: 700; text-decoration: none; }
header ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
header [aria-current] { font-weight: 700; text-decoration-thickness: 3px; text-underline-offset: .3em; }
main { display: block; padding-top: 2rem !important; padding-bottom: 3rem !important; min-height: 60vh; }
footer { background: var(--line); border-top: 4px solid var(--blue); padding: 1.5rem 0; font-size: 1rem; }
footer h2 { font-size: 1.1875rem; margin-top: 0; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--yellow); color: var(--ink); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { left: 0; top: 0; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1.5rem; }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 2.5rem 0 1rem; }
h3 { font-size: 1.25rem; line-height: 1.3; margin: 1.5rem 0 .75rem; }
h1 .caption, h2 .caption { display: block; font-size: 1.1875rem; font-weight: 400; color: var(--quiet); }
p, ul, ol { margin: 0 0 1rem; max-width: 44rem; }
li { margin-bottom: .35rem; }
a { color: var(--blue); }
a:hover { color: var(--dark-blue); }
a:focus-visible, summary:focus-visible, .error-summary:focus { outline: 4px solid var(--yellow); background:
  var(--yellow); color: var(--ink); box-shadow: 0 4px 0 var(--ink); }
.error-summary:focus { background: #fff; }
input:focus-visible, select:focus-visible { outline: 4px solid var(--yellow); box-shadow: inset 0 0 0 2px var(--ink); }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0; }
legend { padding: 0; }
fieldset fieldset { margin-top: 1.5rem; }
fieldset fieldset legend { font-weight: 700; margin-bottom: .5rem; }
.entry { border-left: 4px solid var(--line); padding-left: 1rem; }
.field { margin-bottom: 1.5rem; }
.field > label, .field > fieldset > legend, .entry > legend { font-weight: 700; display: block; margin-bottom: .25rem; }
h1 label, legend h1 { font-weight: 700; }
.hint { color: var(--quiet); margin-bottom: .75rem; }
.error { border-left: 4px solid var(--red); padding-left: 1rem; }
.message { color: var(--red); font-weight: 700; margin-bottom: .5rem; }
input[type=text], input[type=search], input[type=password], select { font: inherit; color: inherit; background: #fff;
  border: 2px solid var(--quiet); padding: .35rem .5rem; min-height: 2.75rem; max-width: 100%; }
input.wide { width: 28rem; }
input.code { width: 12rem; }
input.number { width: 8rem; }
[aria-invalid=true] { border-color: var(--red); border-width: 4px; }
.unit { margin-left: .5rem; }
label.part { display: block; }
.dates { display: flex; gap: 1.25rem; }
.dates label { display: block; font-size: 1rem; }
.dates input { width: 4rem; }
.dates .year input { width: 6rem; }
.choice { display: flex; align-items: center; margin-bottom: .5rem; min-height: 2.75rem; }
.choice input { width: 2rem; height: 2rem; margin: 0 .75rem 0 0; flex: none; accent-color: var(--ink); }
.choice label { padding: .35rem 0; }
.entry .choice { display: inline-flex; margin: 0 2rem 0 0; }
.entry > legend { font-size: 1.25rem; }
button { font: inherit; font-weight: 700; color: #fff; background: var(--green); border: 2px solid transparent;
  border-radius: 4px; box-shadow: 0 4px 0 var(--dark-green); padding: .6rem 1.1rem; margin: 0 .75rem 1rem 0;
  cursor: pointer; min-height: 2.75rem; }
button:hover { background: #00662f; }
button:focus-visible { outline: 0; background: var(--yellow); color: var(--ink); box-shadow: 0 4px 0 var(--ink); }
button.second { color: var(--blue); background: #fff; border-color: var(--blue); box-shadow: none; }
button.second:hover { background: var(--ground); }
button.link { background: none; color: var(--blue); border: 0; box-shadow: none; padding: .25rem; margin: 0;
  font-weight: 400; text-decoration: underline; min-height: 2rem; }
button.second:focus-visible, button.link:focus-visible { background: var(--yellow); color: var(--ink); box-shadow: 0 4px 0
  var(--ink); }
.error-summary { border: 4px solid var(--red); background: #fff; padding: 1rem 1.25rem; margin-bottom: 2rem; }
.error-summary h2 { margin-top: 0; }
.error-summary ul { list-style: none; padding: 0; margin-bottom: 0; }
.error-summary a { color: var(--red); font-weight: 700; display: inline-block; min-height: 1.75rem; }
.panel { background: #fff; border: 1px solid var(--line); padding: 1rem 1.25rem; margin: 0 0 1.5rem; }
.panel > :first-child { margin-top: 0; }
.panel > :last-child { margin-bottom: 0; }
.inset { border-left: 8px solid var(--blue); padding: .25rem 0 .25rem 1.25rem; margin: 0 0 1.5rem; max-width: 44rem; }
.caution { border: 1px solid #ffd800; border-left: 8px solid #ffb81c; background: #fff9c4; padding: .9rem 1.25rem;
  margin: 0 0 1.5rem; max-width: 44rem; }
.caution > :last-child, .inset > :last-child { margin-bottom: 0; }
.outcome { background: #fff; border: 1px solid var(--line); border-left: 12px solid var(--blue); padding: 1rem 1.25rem;
  margin: 0 0 1.5rem; }
.outcome h1 { margin: 0 0 .5rem; }
.outcome p:last-child { margin-bottom: 0; }
.authorisation { background: #fff; border: 4px solid var(--ink); padding: 1rem 1.25rem; margin: 0 0 1.5rem; }
.authorisation h2 { margin-top: 0; }
.authorisation > :last-child { margin-bottom: 0; }
.field > fieldset { margin-bottom: 0; }
ul.plain { list-style: none; margin: 0; padding: 0; }
.authorisation .value { font-family: "Courier New", "Liberation Mono", monospace; font-size: 1.6rem; font-weight: 700;
  letter-spacing: .03em; overflow-wrap: anywhere; user-select: all; margin-bottom: .5rem; }
dl.summary { margin: 0 0 1.5rem; border-top: 1px solid var(--line); }
dl.summary > div { display: grid; grid-template-columns: 2fr 2fr auto; gap: .25rem 1.25rem; padding: .6rem 0;
  border-bottom: 1px solid var(--line); }
dl.summary.two > div { grid-template-columns: 1fr 2fr; }
dt { font-weight: 700; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
dd ul { margin: 0; padding-left: 1.25rem; }
.table-wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; background: #fff; font-size: 1.0625rem; }
caption { text-align: left; font-weight: 700; padding: .35rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--ink); }
tbody th { font-weight: 400; }
.deep-1 { padding-left: 2rem; }
.deep-2 { padding-left: 3.25rem; }
.deep-3 { padding-left: 4.5rem; }
.tag { display: inline-block; border: 1px solid; padding: 0 .5rem; font-size: 1rem; font-weight: 700; background: #fff;
  white-space: nowrap; }
.tag.yes { color: #005a2a; background: #e3f3e9; }
.tag.no { color: #8a1a12; background: #fbeae9; }
.tag.open, .tag.local { color: #5c4400; background: #fff6d1; }
.quiet { color: var(--quiet); }
.small { font-size: 1rem; }
code { font-family: "Courier New", "Liberation Mono", monospace; font-size: .95em; overflow-wrap: anywhere; }
details { margin: 0 0 1.5rem; }
summary { cursor: pointer; color: var(--blue); text-decoration: underline; padding: .25rem 0; min-height: 2rem; }
.filters { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: flex-end; }
.varied { border-left: 8px solid #ffb81c; padding-left: 1rem; }
.tree { list-style: none; padding-left: 0; max-width: none; }
.tree .tree { padding-left: 1.5rem; border-left: 2px solid var(--line); margin: .5rem 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1.25rem; padding: 0;
  list-style: none; max-width: none; }
.columns > li { background: #fff; border: 1px solid var(--line); padding: 1rem 1.25rem; }
.columns h2 { margin: 0 0 .5rem; }
.print-only { display: none; }
@media (max-width: 40rem) {
  dl.summary > div, dl.summary.two > div { grid-template-columns: 1fr; }
  h1 { font-size: 1.6rem; }
}
@page { margin: 20mm 18mm; }
@media print {
  body { font-size: 11pt; background: #fff; }
  header nav, footer, .skip, .no-print, button, form { display: none !important; }
  header { background: #fff; color: var(--ink); border-bottom: 2pt solid var(--ink); }
  header a { color: var(--ink); }
  .width { max-width: none; padding-left: 0; padding-right: 0; }
  .print-only { display: block; }
  .to-fill { border-bottom: 1pt solid var(--ink); padding-top: 8mm; margin-bottom: 2mm; max-width: none; }
  .authorisation { margin-top: 6mm; }
  table, .small, h2 .caption { font-size: 10pt; }
  h1 { font-size: 18pt; }
  h2 { font-size: 14pt; }
  h2, h3, caption { break-after: avoid; }
  tr, .panel, .authorisation, .outcome { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: var(--ink); text-decoration: none; }
}
)css";

}  // namespace proviso::service::pages
