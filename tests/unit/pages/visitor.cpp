#include "visitor.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "service/pages/pages.hpp"

namespace proviso::service {
namespace {

/// One opening tag, its attributes' values as text.
struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::size_t end = 0;  ///< behind it

  std::optional<std::string> attribute(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::nullopt : std::optional(found->second);
  }
};

/// As browsers take a tag apart: what stands in quotes is never markup.
Tag read_tag(const std::string& html, std::size_t at) {
  Tag tag;
  while (++at < html.size() && html[at] != ' ' && html[at] != '>') tag.name += html[at];
  while (at < html.size() && html[at] != '>') {
    std::string name;
    std::string value;
    while (html[at] == ' ') ++at;
    while (at < html.size() && html[at] != '=' && html[at] != ' ' && html[at] != '>') name += html[at++];
    if (html[at] == '=' && html[at + 1] == '"') {
      const std::size_t end = html.find('"', at + 2);
      value = html.substr(at + 2, end - at - 2);
      at = end + 1;
    }
    tag.attributes[name] = unescape(value);
  }
  tag.end = at + 1;
  return tag;
}

/// All opening tags of the body, and of the head what is not its style.
std::vector<Tag> tags_of(const std::string& html) {
  std::vector<Tag> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    if (html[at + 1] == '/' || html[at + 1] == '!') {
      ++at;
      continue;
    }
    tags.push_back(read_tag(html, at));
    at = tags.back().name == "style" ? html.find("</style>", at) : tags.back().end;
  }
  return tags;
}

/// What stands from the tag's end to the next tag that closes one of the name.
std::string inside(const std::string& html, std::size_t tag_end, const std::string& name) {
  const std::size_t end = html.find("</" + name + ">", tag_end);
  return html.substr(tag_end, end - tag_end);
}

std::string without_tags(const std::string& html) {
  std::string out;
  bool tag = false;
  for (const char c : html) {
    tag = tag || c == '<';
    if (!tag) out += c;
    tag = tag && c != '>';
  }
  return unescape(out);
}

void read_input(Form& form, const Tag& tag) {
  const std::string name = tag.attribute("name").value();
  const std::string type = tag.attribute("type").value();
  const std::string value = tag.attribute("value").value_or("");
  if (type == "radio") {
    if (form.choices[name].empty()) form.controls.push_back(name);
    form.choices[name].push_back(value);
    if (tag.attribute("checked")) form.fields.emplace_back(name, value);
    return;
  }
  if (type != "hidden") form.controls.push_back(name);
  form.fields.emplace_back(name, value);
}

void read_select(Form& form, const Tag& tag, const std::string& options) {
  const std::string name = tag.attribute("name").value();
  form.controls.push_back(name);
  std::string chosen;
  for (const Tag& option : tags_of(options)) {
    form.choices[name].push_back(option.attribute("value").value());
    if (option.attribute("selected")) chosen = form.choices[name].back();
  }
  form.fields.emplace_back(name, chosen);
}

Form read_form(const Tag& tag, const std::string& html) {
  Form form{tag.attribute("method").value(), tag.attribute("action").value(), {}, {}, {}, {}};
  for (const Tag& inner : tags_of(html)) {
    if (inner.name == "input") read_input(form, inner);
    if (inner.name == "select") read_select(form, inner, inside(html, inner.end, "select"));
    if (inner.name != "button") continue;
    form.buttons.push_back({without_tags(inside(html, inner.end, "button")), inner.attribute("name").value_or(""),
                            inner.attribute("value").value_or("")});
  }
  return form;
}

/// No tag and no attribute that the pages do not write themselves; no two controls of one id; and every label, and
/// every link of the summary of mistakes, leads to a control that there is.
void check_tags(const std::string& html) {
  static const std::set<std::string> known = {
      "html",    "head",    "meta",  "title",    "style",  "body",  "a",     "header", "nav",    "main",     "footer",
      "div",     "section", "h1",    "h2",       "h3",     "p",     "ul",    "li",     "dl",     "dt",       "dd",
      "span",    "code",    "form",  "fieldset", "legend", "label", "input", "select", "option", "datalist", "button",
      "details", "summary", "table", "caption",  "thead",  "tbody", "tr",    "th",     "td"};
  const std::vector<Tag> tags = tags_of(html);
  std::set<std::string> ids;
  for (const Tag& tag : tags) {
    INFO(tag.name);
    CHECK(known.count(tag.name) == 1);
    for (const auto& [name, value] : tag.attributes) {
      INFO(name);
      CHECK(name.rfind("on", 0) != 0);
      CHECK(name != "style");
      CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
      if (name == "id") CHECK(ids.insert(value).second);
      if (name == "href" || name == "action") CHECK((value[0] == '/' || value[0] == '#'));
    }
  }
  for (const Tag& tag : tags) {
    const std::string link = tag.attribute("href").value_or("");
    const std::string wanted = tag.attribute("for").value_or(link.substr(0, 1) == "#" ? link.substr(1) : "");
    INFO(wanted);
    CHECK((wanted.empty() || ids.count(wanted) == 1));
  }
}

void check_page(const Seen& seen) {
  const std::string& html = seen.html();
  INFO(seen.title());
  CHECK(seen.response.content_type == "text/html; charset=utf-8");
  CHECK(seen.header("Cache-Control") == "no-store");
  CHECK(seen.header("Referrer-Policy") == "no-referrer");
  CHECK(seen.header("X-Content-Type-Options") == "nosniff");
  const std::string policy = seen.header("Content-Security-Policy");
  CHECK(policy.find("default-src 'none'; style-src 'sha256-") == 0);
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(html.rfind("<!DOCTYPE html>\n<html lang=\"en-GB\">", 0) == 0);
  CHECK(html.find("<a class=\"skip\" href=\"#content\">") != std::string::npos);
  CHECK(html.find("<main id=\"content\"") != std::string::npos);
  CHECK(html.find("<h1") != std::string::npos);
  const bool has_mistakes =
      html.find("error-summary-title") != std::string::npos && html.find("There is a problem") != std::string::npos;
  CHECK((seen.title().rfind("Error: ", 0) == 0) == has_mistakes);
  check_tags(html);
}

}  // namespace

std::string unescape(std::string text) {
  const std::pair<const char*, const char*> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : entities) {
    const std::string from(entity);
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
      text.replace(at, from.size(), character);
    }
  }
  return text;
}

std::string encode(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += (out.empty() ? "" : "&") + encode_for_address(name) + "=" + encode_for_address(value);
  }
  return out;
}

std::string Form::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == name; });
  return found == fields.end() ? "" : found->second;
}

bool Form::has_button(std::string_view value) const {
  return std::any_of(buttons.begin(), buttons.end(), [&](const Button& each) { return each.value == value; });
}

void Form::fill(const std::string& name, const std::string& value) {
  fields.erase(std::remove_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == name; }),
               fields.end());
  fields.emplace_back(name, value);
}

bool Seen::shows(std::string_view text) const { return without_tags(html()).find(text) != std::string::npos; }

std::string Seen::title() const {
  const std::size_t at = html().find("<title>");
  return at == std::string::npos ? "" : unescape(inside(html(), at + 7, "title"));
}

std::string Seen::asked() const { return forms.empty() ? "" : forms.front().field("asked"); }

std::string Seen::header(std::string_view name) const {
  for (const auto& [each, value] : response.headers) {
    if (each == name) return value;
  }
  return {};
}

Visitor::Visitor(Access access, const std::string& policies) : test(std::move(access), false, policies) {
  test.service->add(page_routes(*test.service));
}

Seen Visitor::see(Response response) const {
  Seen seen{std::move(response), {}};
  check_page(seen);
  const std::string& html = seen.html();
  for (const Tag& tag : tags_of(html)) {
    if (tag.name == "form") seen.forms.push_back(read_form(tag, inside(html, tag.end, "form")));
  }
  return seen;
}

Seen Visitor::get(const std::string& path, Fields query) {
  Request request;
  request.method = "GET";
  request.path = path;
  request.query = std::move(query);
  if (!cookie.empty()) request.headers["cookie"] = cookie;
  return see(test.ask(std::move(request)));
}

Seen Visitor::post(const std::string& path, const Fields& fields) {
  Request request;
  request.method = "POST";
  request.path = path;
  request.headers["content-type"] = "application/x-www-form-urlencoded";
  if (!cookie.empty()) request.headers["cookie"] = cookie;
  request.body = encode(fields);
  return see(test.ask(std::move(request)));
}

Seen Visitor::press(const Form& form, const std::string& value) {
  Fields fields = form.fields;
  const auto pressed = std::find_if(form.buttons.begin(), form.buttons.end(),
                                    [&](const Button& each) { return value.empty() || each.value == value; });
  INFO(value);
  REQUIRE(pressed != form.buttons.end());
  if (!pressed->name.empty()) fields.emplace_back(pressed->name, pressed->value);
  return form.method == "get" ? get(form.action, fields) : post(form.action, fields);
}

Seen Visitor::answer(const Seen& question, const Known& known) {
  REQUIRE_FALSE(question.asked().empty());
  Form form = question.forms.front();
  const std::string fact = question.asked();
  const auto found = known.find(fact);
  if (found == known.end()) {
    if (form.has_button("unknown")) return press(form, "unknown");
    form.fill("a:" + fact, "not-known");
    return press(form);
  }
  std::string button;
  for (const auto& [part, value] : found->second) {
    if (part == "button") {
      button = value;
      continue;
    }
    const std::string name = "a:" + fact + part;
    INFO(name);
    CHECK(std::find(form.controls.begin(), form.controls.end(), name) != form.controls.end());
    form.fill(name, value);
  }
  return press(form, button);
}

Seen Visitor::walk(const Known& known, const std::function<void(const Seen&)>& each) {
  return walk_on(get("/check"), known, each);
}

Seen Visitor::walk_on(Seen page, const Known& known, const std::function<void(const Seen&)>& each) {
  for (int questions = 0; questions < 200 && !page.asked().empty(); ++questions) {
    INFO(page.asked());
    if (each) each(page);
    const std::string asked = page.asked();
    page = answer(page, known);
    REQUIRE(page.response.status == 200);
    if (page.title().rfind("Error: ", 0) == 0) FAIL(page.title());
    if (page.asked() == asked) break;
  }
  return page;
}

}  // namespace proviso::service
