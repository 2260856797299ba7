#include "trial/comparison/diff_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "output/html.hpp"
#include "trial/comparison/diff_words.hpp"

namespace proviso::trial {
namespace {

constexpr double chart_width = 880;
constexpr double bar_height = 240;
constexpr double top = 34;
constexpr double bar_width = 18;
constexpr std::array<double, 2> bar_left = {280, 582};
constexpr double line_height = 17;
constexpr std::size_t most_band_counts = 6;  // more of them would lie over one another
constexpr double thinnest = 1.5;             // what is there can be seen

/// Bars are shades that print apart; what each is stands beside it.
std::string_view fill_of(CaseOutcome outcome) {
  if (outcome == no_such_policy) return "#ffffff";
  switch (static_cast<model::Outcome>(outcome)) {
    case model::Outcome::approve:
    case model::Outcome::pay:
      return "#cfe8d5";
    case model::Outcome::exempt:
      return "#e8f3df";
    case model::Outcome::adjust:
      return "#f1ead0";
    case model::Outcome::review:
    case model::Outcome::query:
      return "#fde9b8";
    case model::Outcome::information_needed:
      return "#d5e5f5";
    case model::Outcome::refuse:
    case model::Outcome::withhold:
      return "#e9a9a4";
    case model::Outcome::not_applicable:
      break;
  }
  return "#e4e7ea";
}

struct BarPiece {
  double from = 0;
  double height = 0;
  double used = 0;  ///< by bands
  double name = 0;  ///< the base line of its name, moved down where the pieces above are too thin for theirs
};

class Chart {
 public:
  Chart(std::string& out, const Table& table) : out_(out), table_(table), total_(table.total()) {
    for (const Side side : both_sides) lay_out(side);
  }

  void append(const std::string& title) {
    const double height = std::max(lowest_, top + bar_height) + 16;
    out_ += fmt::format(
        "<svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" "
        "xmlns=\"http://www.w3.org/2000/svg\">\n",
        chart_width, height, output::escape_html(title));
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"16\" text-anchor=\"end\" class=\"side\">Before</text>\n",
                        bar_left[before] + bar_width);
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"16\" class=\"side\">After</text>\n", bar_left[after]);
    // Bands that stay first, so that those that change lie over them.
    for (const bool changed : {false, true}) append_bands(changed);
    append_band_counts();
    for (const Side side : both_sides) append_bar(side);
    out_ += "</svg>\n";
  }

 private:
  std::string& out_;
  const Table& table_;
  std::uint64_t total_;
  std::array<std::map<CaseOutcome, BarPiece>, 2> pieces_;
  std::map<std::pair<CaseOutcome, CaseOutcome>, std::array<double, 2>> starts_;
  double lowest_ = 0;

  std::uint64_t sum(Side side, CaseOutcome outcome) const {
    return side == before ? table_.row(outcome) : table_.column(outcome);
  }
  double height_of(std::uint64_t count) const {
    return bar_height * static_cast<double>(count) / static_cast<double>(total_);
  }

  void lay_out(Side side) {
    double at = top;
    double next = 0;
    for (const CaseOutcome outcome : outcomes_listed) {
      const std::uint64_t count = sum(side, outcome);
      if (count == 0) continue;
      BarPiece& piece = pieces_[side][outcome];
      piece.from = at;
      piece.height = std::max(height_of(count), thinnest);
      piece.name = std::max(at + piece.height / 2 + 5, next);
      next = piece.name + line_height;
      at += piece.height;
      lowest_ = std::max({lowest_, at, piece.name});
    }
  }

  void append_bands(bool changed) {
    for (const CaseOutcome was : outcomes_listed) {
      for (const CaseOutcome is : outcomes_listed) {
        const std::uint64_t count = table_.counts[was][is];
        if (count == 0) continue;
        if (!changed) place_band(was, is, count);
        if (changed == (was != is)) append_band(was, is, count);
      }
    }
  }

  /// Where the band begins on either side; all bands take their places before any is drawn over another.
  void place_band(CaseOutcome was, CaseOutcome is, std::uint64_t count) {
    const std::array<CaseOutcome, 2> outcomes = {was, is};
    for (const Side side : both_sides) {
      BarPiece& piece = pieces_[side][outcomes[side]];
      starts_[{was, is}][side] = piece.from + piece.used;
      piece.used += height_of(count);
    }
  }

  void append_band(CaseOutcome was, CaseOutcome is, std::uint64_t count) {
    const auto& start = starts_[{was, is}];
    const double high = std::max(height_of(count), thinnest);
    const double left = bar_left[before] + bar_width;
    const double right = bar_left[after];
    const double middle = (left + right) / 2;
    const bool changed = was != is;
    out_ += fmt::format(
        "<path d=\"M{0:.1f} {1:.1f} C{2:.1f} {1:.1f} {2:.1f} {3:.1f} {4:.1f} {3:.1f} L{4:.1f} {5:.1f} "
        "C{2:.1f} {5:.1f} {2:.1f} {6:.1f} {0:.1f} {6:.1f} Z\" class=\"{7}\"><title>{8}</title></path>\n",
        left, start[before], middle, start[after], right, start[after] + high, start[before] + high,
        changed ? "changed" : "same",
        output::escape_html(fmt::format("{} to {}: {}", spelling(was), spelling(is), counted(count, "case"))));
  }

  /// The counts of the changed bands, in their middle, as far as there is room; moved down where bands cross.
  void append_band_counts() {
    std::vector<std::pair<double, std::uint64_t>> counts;
    for (const auto& [outcomes, start] : starts_) {
      if (outcomes.first == outcomes.second) continue;
      const std::uint64_t count = table_.counts[outcomes.first][outcomes.second];
      counts.emplace_back((start[before] + start[after] + height_of(count)) / 2 + 5, count);
    }
    if (counts.size() > most_band_counts) return;
    std::sort(counts.begin(), counts.end());
    double next = 0;
    for (const auto& [middle, count] : counts) {
      const double y = std::max(middle, next);
      next = y + line_height;
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" class=\"count\">{}</text>\n",
                          (bar_left[before] + bar_width + bar_left[after]) / 2, y, with_commas(count));
    }
  }

  void append_bar(Side side) {
    for (const CaseOutcome outcome : outcomes_listed) {
      const auto found = pieces_[side].find(outcome);
      if (found == pieces_[side].end()) continue;
      const BarPiece& piece = found->second;
      out_ += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" class=\"bar-piece\"/>\n",
          bar_left[side], piece.from, bar_width, piece.height, fill_of(outcome));
      const double middle = piece.from + piece.height / 2;
      const double y = piece.name;
      const bool left = side == before;
      const double x = left ? bar_left[side] - 14 : bar_left[side] + bar_width + 14;
      const double edge = left ? bar_left[side] : bar_left[side] + bar_width;
      out_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"leader\"/>\n", edge,
                          middle, left ? x + 3 : x - 3, y - 5);
      const std::uint64_t count = sum(side, outcome);
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{} {} ({})</text>\n", x, y,
                          left ? "end" : "start", output::escape_html(spelling(outcome)), with_commas(count),
                          percentage(count, total_));
    }
  }
};

}  // namespace

void append_chart_patterns(std::string& out) {
  out +=
      "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>"
      "<pattern id=\"hatched\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
      "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
      "<rect width=\"3\" height=\"6\" fill=\"#212b32\"/></pattern></defs></svg>\n";
}

void append_chart(std::string& out, const Table& table, const std::string& title) {
  if (table.total() == 0) return;
  Chart(out, table).append(title);
}

}  // namespace proviso::trial
