#include <catch2/catch.hpp>

#include <regex>

#include "reports_support.hpp"
#include "settle/report_chart.hpp"

using namespace proviso;
using namespace proviso::settle;
using example::pence;

namespace {

/// The chart of a settlement each.
std::string chart_of(const model::Library& library, std::vector<Settlement> settlements) {
  Statement statement;
  statement.settlements = std::move(settlements);
  std::string out;
  for (const Account& account : accounts_of(library, statement)) append_savings_chart(out, account, 1);
  return out;
}

struct Bar {
  std::string label;
  double from = 0;
  double height = 0;
  bool loss = false;
};

std::vector<Bar> bars_of(const std::string& chart) {
  const std::regex bar(
      "<rect x=\"[0-9.]+\" y=\"([0-9.]+)\" width=\"[0-9.]+\" height=\"([0-9.]+)\"[^>]*class=\"(gain|loss)\"[^>]*>"
      "<title>([^<]*)</title>");
  std::vector<Bar> bars;
  for (std::sregex_iterator each(chart.begin(), chart.end(), bar), end; each != end; ++each) {
    bars.push_back({(*each)[4], std::stod((*each)[1]), std::stod((*each)[2]), (*each)[3] == "loss"});
  }
  return bars;
}

/// The words along the axes and over the bars.
std::vector<std::string> texts_of(const std::string& chart) {
  const std::regex text("<text[^>]*>([^<]*)</text>");
  std::vector<std::string> texts;
  for (std::sregex_iterator each(chart.begin(), chart.end(), text), end; each != end; ++each)
    texts.push_back((*each)[1]);
  return texts;
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

TEST_CASE("bars are as high as their savings, and a loss hangs below the line") {
  const auto bars =
      bars_of(chart_of(example::library(), {example::month("2018-12", "2018-12-01", "2018-12-31", pence(40000), 0),
                                            example::month("2019-01", "2019-01-01", "2019-01-31", pence(20000), 0),
                                            example::month("2019-02", "2019-02-01", "2019-02-28", pence(-10000), 0)}));
  REQUIRE(bars.size() == 3);
  CHECK(bars[0].label == "December 2018: £400.00");
  CHECK(bars[2].label == "February 2019: -£100.00");
  // All to a tenth of a point.
  CHECK(bars[0].height == Approx(2 * bars[1].height).margin(0.21));
  CHECK(bars[1].height == Approx(2 * bars[2].height).margin(0.21));
  const double line = bars[0].from + bars[0].height;
  CHECK(bars[1].from + bars[1].height == Approx(line).margin(0.11));
  CHECK(bars[2].from == Approx(line).margin(0.11));
  CHECK_FALSE(bars[0].loss);
  CHECK(bars[2].loss);
}

TEST_CASE("a month without a settlement keeps its place") {
  const std::string chart =
      chart_of(example::library(), {example::month("2018-11", "2018-11-01", "2018-11-30", pence(100), 0),
                                    example::month("2019-02", "2019-02-01", "2019-02-28", pence(100), 0)});
  const auto texts = texts_of(chart);
  for (const char* label : {"Nov", "Dec", "Jan", "Feb", "2018", "2019"}) {
    INFO(label);
    CHECK(has(texts, label));
  }
  CHECK(bars_of(chart).size() == 2);
}

TEST_CASE("the axis is in round pounds around all that there is") {
  auto texts =
      texts_of(chart_of(example::library(), {example::month("2018-12", "2018-12-01", "2018-12-31", pence(123456), 0)}));
  CHECK(has(texts, "£0"));
  CHECK(has(texts, "£1,500"));
  CHECK_FALSE(has(texts, "£2,000"));
  texts = texts_of(
      chart_of(example::library(), {example::month("2018-12", "2018-12-01", "2018-12-31", pence(-123456), 0)}));
  CHECK(has(texts, "-£1,500"));
  CHECK(has(texts, "£0"));
  // Pennies have an axis too, and nothing at all does.
  CHECK(
      has(texts_of(chart_of(example::library(), {example::month("2018-12", "2018-12-01", "2018-12-31", pence(3), 0)})),
          "£0.03"));
  CHECK(
      has(texts_of(chart_of(example::library(), {example::month("2018-12", "2018-12-01", "2018-12-31", 0, 0)})), "£0"));
}

TEST_CASE("quarters and years are named as such") {
  model::Library library = example::library();
  library.agreements[0].interval = model::Agreement::Interval::quarter;
  const std::vector<Settlement> settlements = {example::month("2018-Q4", "2018-12-01", "2018-12-31", pence(100), 0),
                                               example::month("2019-Q1", "2019-01-01", "2019-03-31", pence(100), 0)};
  const std::string chart = chart_of(library, settlements);
  CHECK(has(texts_of(chart), "Q4"));
  CHECK(has(texts_of(chart), "Q1"));
  CHECK(bars_of(chart)[0].label == "October to December 2018, from 1 December: £1.00");
  library.agreements[0].interval = model::Agreement::Interval::year;
  CHECK(has(texts_of(chart_of(library, settlements)), "2019"));
}

TEST_CASE("fifteen years of months are drawn within the page") {
  std::vector<Settlement> settlements;
  for (int year = 2005; year < 2020; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const std::int32_t first = *value::date_from_civil(year, month, 1);
      settlements.push_back(example::month("", "2005-01-01", "2005-01-31", pence(100 * month), 0));
      settlements.back().days = {first, value::end_of_month(first)};
    }
  }
  const std::string chart = chart_of(example::library(), settlements);
  CHECK(bars_of(chart).size() == 180);
  std::smatch found;
  REQUIRE(std::regex_search(chart, found, std::regex("viewBox=\"0 0 ([0-9]+) ")));
  CHECK(std::stoi(found[1]) <= 880);
}

TEST_CASE("the drawing says in words what it is") {
  const std::string chart = chart_of(example::library(), example::statement().settlements);
  CHECK(chart.find("role=\"img\" aria-labelledby=\"chart-1-title chart-1-desc\"") != std::string::npos);
  CHECK(chart.find("The most was saved in December 2018: £1,234.57; the least in February 2019: -£20.00.") !=
        std::string::npos);
  CHECK(chart_of(example::library(), {}).empty());
}
