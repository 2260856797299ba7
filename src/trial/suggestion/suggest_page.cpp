#include "trial/suggestion/suggest_page.hpp"

#include <algorithm>

#include "text/utf8.hpp"
#include "trial/scenarios/given.hpp"
#include "value/text.hpp"

namespace proviso::trial {
namespace {

constexpr std::size_t longest = 100;
/// A fact or an element; `head` is `name = ` or nothing.
struct Part {
  std::string head;
  std::string text;
  std::vector<Part> inside;
};

class Page {
 public:
  Page(std::string& page, const model::Library& library, const model::Record& record)
      : page_(page), library_(library), record_(record) {}

  void scenario(const SuggestedScenario& scenario) {
    line("scenario " + value::quote(scenario.title) + " of " + scenario.policy + " {");
    ++indent_;
    const std::string like = scenario.like.empty() ? "" : "like " + value::quote(scenario.like);
    if (!scenario.given.empty()) {
      std::vector<Part> parts;
      for (const model::GivenFact& each : scenario.given) parts.push_back(part(each));
      braces(like.empty() ? "given " : like + " but ", parts, "");
    } else if (!like.empty()) {
      line(like);
    }
    if (!scenario.varied.empty()) varied(scenario);
    if (!scenario.expected.empty()) names("expect " + scenario.expected);
    if (scenario.with_drafts) line("with drafts");
    if (!scenario.unverified.empty()) line("unverified " + value::quote(scenario.unverified));
    --indent_;
    line("}");
  }

 private:
  std::string& page_;
  const model::Library& library_;
  const model::Record& record_;
  std::size_t indent_ = 0;

  void line(const std::string& text) {
    page_.append(2 * indent_, ' ');
    page_ += text;
    page_ += '\n';
  }

  /// A line of names that is too long is broken behind commas.
  void names(const std::string& all) {
    const std::size_t margin = indent_;
    std::string written;
    for (std::size_t begin = 0; begin < all.size();) {
      const std::size_t comma = all.find(", ", begin);
      const std::size_t end = comma == std::string::npos ? all.size() : comma + 1;
      const std::string part = all.substr(begin, end - begin);
      if (!written.empty() && text::count_characters(written) + 1 + text::count_characters(part) > longest) {
        line(written);
        written.clear();
        indent_ = margin + 1;
      }
      written += (written.empty() ? "" : " ") + part;
      begin = end + 1;
    }
    line(written);
    indent_ = margin;
  }

  /// The value alone, as the fact's line has it.
  std::string value_of(const model::GivenFact& given) const {
    return spell(library_, record_, given).substr(record_.facts[given.fact].path.size() + 3);
  }

  Part part(const model::GivenFact& given) const {
    Part made;
    made.head = record_.facts[given.fact].path + " = ";
    made.text = made.head + value_of(given);
    const bool is_list = record_.facts[given.fact].type.kind == value::Kind::list;
    if (is_list && given.constant.known) {
      for (const model::GivenRecord& element : given.elements) made.inside.push_back(this->element(given, element));
    }
    return made;
  }

  Part element(const model::GivenFact& list, const model::GivenRecord& element) const {
    model::GivenFact alone = list;
    alone.elements = {element};
    Part made;
    const std::string braced = value_of(alone);  // `{ ... }`
    made.text = braced.substr(2, braced.size() - 4);
    if (record_.levels[record_.facts[list.fact].elements].plain) return made;
    for (const model::GivenFact& each : element) made.inside.push_back(part(each));
    return made;
  }

  /// As many parts a line as fit; one that is too long for a line of its own is opened.
  void braces(const std::string& before, const std::vector<Part>& parts, const std::string& behind) {
    std::string all;
    for (const Part& each : parts) all += (all.empty() ? "" : ", ") + each.text;
    all = before + (all.empty() ? "{ }" : "{ " + all + " }") + behind;
    if (parts.empty() || text::count_characters(all) <= longest) return line(all);
    line(before + "{");
    ++indent_;
    std::string written;
    const auto flush = [&] {
      if (!written.empty()) line(written);
      written.clear();
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Part& each = parts[i];
      const std::string comma = i + 1 == parts.size() ? "" : ",";
      const std::size_t width = text::count_characters(each.text);
      if (text::count_characters(written) + width + 2 > longest) flush();
      if (!each.inside.empty() && width > longest) {
        flush();
        braces(each.head, each.inside, comma);
        continue;
      }
      written += (written.empty() ? "" : " ") + each.text + comma;
    }
    flush();
    --indent_;
    line("}" + behind);
  }

  void varied(const SuggestedScenario& scenario) {
    constexpr std::size_t widest = 40;
    std::string names;
    for (const model::FactId fact : scenario.varied) names += (names.empty() ? "" : ", ") + record_.facts[fact].path;
    std::vector<std::vector<std::string>> cells;
    std::vector<std::size_t> widths(scenario.varied.size(), 0);
    for (const SuggestedRow& row : scenario.rows) {
      std::vector<std::string>& written = cells.emplace_back();
      for (std::size_t i = 0; i < row.given.size(); ++i) {
        written.push_back(value_of(row.given[i]) + (i + 1 == row.given.size() ? "" : ","));
        const std::size_t width = text::count_characters(written.back());
        if (width <= widest) widths[i] = std::max(widths[i], width);
      }
    }
    line("vary " + names + " {");
    ++indent_;
    for (std::size_t row = 0; row < cells.size(); ++row) {
      std::string written;
      for (std::size_t i = 0; i < cells[row].size(); ++i) {
        const std::size_t width = text::count_characters(cells[row][i]);
        written += (i == 0 ? "" : " ") + cells[row][i] + std::string(widths[i] > width ? widths[i] - width : 0, ' ');
      }
      line(written + " -> " + scenario.rows[row].expected);
    }
    --indent_;
    line("}");
  }
};

}  // namespace

void append(std::string& page, const model::Library& library, const model::Record& record,
            const SuggestedScenario& scenario) {
  Page(page, library, record).scenario(scenario);
}

}  // namespace proviso::trial
