#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "visitor.hpp"

using namespace proviso::service;

namespace {

/// Someone who answers whatever comes to mind.
class Wanderer {
 public:
  Wanderer(Visitor& visitor, std::uint32_t seed) : visitor_(visitor), random_(seed) {}

  /// Until nothing is asked any more, and the decision is asked for.
  Seen wander() {
    Seen page = visitor_.get("/check");
    for (int i = 0; i < 400 && !page.asked().empty(); ++i) page = step(page);
    REQUIRE(page.asked().empty());
    return visitor_.press(page.forms.back());
  }

 private:
  Visitor& visitor_;
  std::mt19937 random_;

  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  /// One of the values that the page suggests; what policies mention leads further than what they do not.
  std::string suggestion(const Seen& page) {
    std::vector<std::string> values;
    const std::string& html = page.html();
    const std::size_t end = html.find("</datalist>");
    for (std::size_t at = html.find("<datalist"); at < end && at != std::string::npos;) {
      at = html.find("<option value=\"", at);
      if (at > end) break;
      at += std::string("<option value=\"").size();
      values.push_back(html.substr(at, html.find('"', at) - at));
    }
    return values.empty() ? "" : values[below(values.size())];
  }

  std::string text_for(const Seen& page, const std::string& control) {
    const auto ends = [&](const std::string& part) {
      return control.size() > part.size() && control.compare(control.size() - part.size(), part.size(), part) == 0;
    };
    if (ends("day")) return std::to_string(1 + below(28));
    if (ends("month")) return std::to_string(1 + below(12));
    if (ends("year"))
      return std::to_string(control != "a:referred:year" && below(3) == 0 ? 1940 + below(75) : 2019 + below(5));
    const std::string code = suggestion(page);
    return code.empty() ? std::to_string(below(1000)) + (below(2) == 0 ? "" : ".5") : code;
  }

  Seen step(const Seen& page) {
    Form form = page.forms.front();
    const bool is_first = page.asked() == "procedure" || page.asked() == "referred" || page.asked() == "commissioner";
    if (form.has_button("none") && below(3) == 0) return visitor_.press(form, "none");
    if (form.has_button("keep") && below(2) == 0) return visitor_.press(form, "keep");
    if (form.has_button("unknown") && !is_first && below(6) == 0) return visitor_.press(form, "unknown");
    for (const std::string& control : form.controls) {
      const auto choices = form.choices.find(control);
      form.fill(control, choices == form.choices.end() ? text_for(page, control)
                                                       : choices->second[below(choices->second.size())]);
    }
    const Seen next = visitor_.press(form, form.has_button("add") && below(3) == 0 ? "add" : "continue");
    // What came to mind was no answer.
    if (next.title().rfind("Error: ", 0) != 0) return next;
    return form.has_button("unknown") ? visitor_.press(next.forms.front(), "unknown") : next;
  }
};

}  // namespace

TEST_CASE("whatever is answered, the pages decide as the JSON interface does", "[pages]") {
  const std::uint32_t seed = Catch::rngSeed() == 0 ? 20190401 : Catch::rngSeed();
  Visitor visitor;
  std::set<std::string> outcomes;
  for (std::uint32_t number = 0; number < 60; ++number) {
    INFO("seed " << seed << ", walk " << number);
    const Seen decision = Wanderer(visitor, seed + number).wander();
    REQUIRE(decision.response.status == 200);
    const LogEntry entry = visitor.test.keeper.entries.back();
    const auto again = nlohmann::json::parse(visitor.test.post("/v1/decide", entry.facts).body);
    INFO(entry.facts);
    CHECK(again["outcome"] == entry.outcome);
    outcomes.insert(entry.outcome);
  }
  CHECK(outcomes.size() >= 2);
}
