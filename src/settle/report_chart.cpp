#include "settle/report_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "output/html.hpp"
#include "output/words.hpp"
#include "settle/report_words.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

using Interval = model::Agreement::Interval;

constexpr double widest = 880;
constexpr double plot_height = 220;
constexpr double top = 26;
constexpr double right = 16;
constexpr double widest_slot = 84;
constexpr double widest_bar = 44;
constexpr double letter = 7.2;          // about as wide as a digit of the chart's size is
constexpr double narrowest_label = 34;  // `Dec` and some room
constexpr std::int64_t most_ticks = 6;
constexpr std::int64_t most_slots = 240;  // beyond, months without a settlement are left out

std::int32_t months_of(Interval interval) {
  return interval == Interval::month ? 1 : interval == Interval::quarter ? 3 : 12;
}

/// In whole pounds where it is.
std::string axis_label(std::int64_t money) {
  std::string text = output::pounds_with_commas(money);
  return money % pound == 0 ? text.substr(0, text.find('.')) : text;
}

/// To the pound, as there is room for above a bar.
std::string bar_label(std::int64_t money) {
  std::int64_t rounded = money;
  value::round_to(money, pound, value::Rounding::half_up, rounded);
  return axis_label(rounded);
}

/// 1, 2 or 5 pence, pounds, tens of pounds and so on: the least that divides the span into few enough parts.
std::int64_t step_for(std::int64_t span) {
  for (std::int64_t power = pound / 100;; power *= 10) {
    for (const std::int64_t factor : {1, 2, 5}) {
      if (span / (power * factor) < most_ticks || power > value::decimal_limit / 100) return power * factor;
    }
  }
}

std::int64_t down_to(std::int64_t money, std::int64_t step) {
  return money >= 0 ? money / step * step : -((-money + step - 1) / step * step);
}
std::int64_t up_to(std::int64_t money, std::int64_t step) { return -down_to(-money, step); }

class Chart {
 public:
  /// Of the settlements there is at least one.
  Chart(std::string& out, const model::Agreement& agreement, std::vector<const Settlement*> settled, std::size_t number)
      : out_(out), agreement_(agreement), settled_(std::move(settled)), number_(number), interval_(agreement.interval) {
    place_bars();
    measure();
  }

  void append() {
    append_start();
    append_axis();
    for (const Bar& bar : bars_) append_bar(bar);
    append_labels();
    append("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"nought\"/>\n</svg>\n", left_, at(0),
           left_ + plot_width_, at(0));
  }

 private:
  struct Bar {
    const Settlement* settlement = nullptr;
    std::int64_t slot = 0;
  };

  std::string& out_;
  const model::Agreement& agreement_;
  std::vector<const Settlement*> settled_;
  std::size_t number_;
  Interval interval_;
  std::vector<Bar> bars_;
  std::int64_t first_slot_ = 0;  ///< months (quarters, years) since the year 0
  std::int64_t slots_ = 0;
  bool gaps_ = true;  ///< slots without a settlement are drawn
  std::int64_t low_ = 0;
  std::int64_t high_ = 0;
  std::int64_t step_ = pound;
  double left_ = 0;
  double slot_width_ = 0;
  double plot_width_ = 0;

  template <class... Parts>
  void append(fmt::format_string<Parts...> text, Parts&&... parts) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Parts>(parts)...);
  }

  std::int64_t slot_of(const Settlement& settlement) const {
    const value::CivilDate date = value::civil(settlement.days.first);
    return (std::int64_t{date.year} * 12 + date.month - 1) / months_of(interval_);
  }

  void place_bars() {
    first_slot_ = slot_of(*settled_.front());
    slots_ = slot_of(*settled_.back()) - first_slot_ + 1;
    gaps_ = slots_ <= most_slots;
    if (!gaps_) slots_ = static_cast<std::int64_t>(settled_.size());
    for (const Settlement* each : settled_) {
      const auto next = static_cast<std::int64_t>(bars_.size());
      bars_.push_back({each, gaps_ ? slot_of(*each) - first_slot_ : next});
    }
  }

  void measure() {
    for (const Bar& bar : bars_) {
      low_ = std::min(low_, bar.settlement->saving);
      high_ = std::max(high_, bar.settlement->saving);
    }
    if (low_ == high_) high_ = pound;
    step_ = step_for(high_ - low_);
    low_ = down_to(low_, step_);
    high_ = up_to(high_, step_);
    std::size_t longest = 0;
    for (std::int64_t tick = low_; tick <= high_; tick += step_) longest = std::max(longest, axis_label(tick).size());
    left_ = 14 + letter * static_cast<double>(longest);
    slot_width_ = std::min(widest_slot, (widest - left_ - right) / static_cast<double>(slots_));
    plot_width_ = slot_width_ * static_cast<double>(slots_);
  }

  /// How far down a sum of money is.
  double at(std::int64_t money) const {
    return top + plot_height * static_cast<double>(high_ - money) / static_cast<double>(high_ - low_);
  }
  double middle_of(std::int64_t slot) const { return left_ + slot_width_ * (static_cast<double>(slot) + 0.5); }

  void append_start() {
    const double width = left_ + plot_width_ + right;
    append(
        "<svg class=\"savings\" viewBox=\"0 0 {0:.0f} {1:.0f}\" style=\"max-width:{0:.0f}px\" role=\"img\" "
        "aria-labelledby=\"chart-{2}-title chart-{2}-desc\" xmlns=\"http://www.w3.org/2000/svg\">\n",
        width, top + plot_height + 46, number_);
    append("<title id=\"chart-{}-title\">{}: saving by {}</title>\n", number_,
           output::escape_html(title_of(agreement_)), spelling(interval_));
    append("<desc id=\"chart-{}-desc\">{}</desc>\n", number_, output::escape_html(description()));
    if (low_ == 0) return;
    append(
        "<defs><pattern id=\"loss-{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"3\" height=\"6\" "
        "fill=\"#a6121f\"/></pattern></defs>\n",
        number_);
  }

  std::string description() const {
    const auto less = [](const Bar& a, const Bar& b) { return a.settlement->saving < b.settlement->saving; };
    const Settlement& least = *std::min_element(bars_.begin(), bars_.end(), less)->settlement;
    const Settlement& most = *std::max_element(bars_.begin(), bars_.end(), less)->settlement;
    std::string text = fmt::format("A bar for each {}. ", spelling(interval_));
    if (bars_.size() > 1) {
      text += fmt::format("The most was saved in {}: {}; the least in {}: {}. ", spell_days(most, interval_),
                          output::pounds_with_commas(most.saving), spell_days(least, interval_),
                          output::pounds_with_commas(least.saving));
    }
    if (low_ < 0) text += "Bars below the line are losses. ";
    return text + "The table has the same numbers.";
  }

  void append_axis() {
    for (std::int64_t tick = low_; tick <= high_; tick += step_) {
      append("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"tick\"/>", left_, at(tick),
             left_ + plot_width_, at(tick));
      append("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", left_ - 8, at(tick) + 4,
             axis_label(tick));
    }
  }

  bool has_bar_labels() const {
    return std::all_of(bars_.begin(), bars_.end(), [&](const Bar& bar) {
      return letter * static_cast<double>(bar_label(bar.settlement->saving).size()) < slot_width_;
    });
  }

  void append_bar(const Bar& bar) {
    const std::int64_t saving = bar.settlement->saving;
    const bool loss = saving < 0;
    const double width = std::min(widest_bar, slot_width_ * 0.7);
    const double from = at(std::max<std::int64_t>(saving, 0));
    const double to = at(std::min<std::int64_t>(saving, 0));
    append("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" ", middle_of(bar.slot) - width / 2, from,
           width, to - from);
    if (loss) {
      append("fill=\"url(#loss-{})\" class=\"loss\"", number_);
    } else {
      out_ += "class=\"gain\"";
    }
    append("><title>{}: {}</title></rect>\n", output::escape_html(spell_days(*bar.settlement, interval_)),
           output::pounds_with_commas(saving));
    if (!has_bar_labels()) return;
    append("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" class=\"amount\">{}</text>\n", middle_of(bar.slot),
           loss ? to + 15 : from - 6, bar_label(saving));
  }

  /// Below the slots, as many as there is room for: `Dec`, `Q4` or `2018`, and the year below the first of each year.
  void append_labels() {
    std::int64_t every = 1;
    while (slot_width_ * static_cast<double>(every) < narrowest_label) ++every;
    if (interval_ == Interval::month && every == 2) every = 3;
    std::int64_t last_year = 0;
    for (std::int64_t slot = 0; slot < slots_; ++slot) {
      const std::int64_t number =
          gaps_ ? first_slot_ + slot : slot_of(*bars_[static_cast<std::size_t>(slot)].settlement);
      const std::int64_t months = number * months_of(interval_);
      const bool labelled = every == 1 || (gaps_ && number % every == 0);
      if (!labelled) continue;
      const double y = top + plot_height + 20;
      append("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", middle_of(slot), y,
             label_of(months));
      if (interval_ == Interval::year || months / 12 == last_year) continue;
      last_year = months / 12;
      append("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" class=\"year\">{}</text>\n", middle_of(slot),
             y + 17, last_year);
    }
  }

  std::string label_of(std::int64_t months) const {
    const std::int64_t month = months % 12;
    if (interval_ == Interval::year) return std::to_string(months / 12);
    if (interval_ == Interval::quarter) return fmt::format("Q{}", month / 3 + 1);
    return std::string(month_name(static_cast<std::int32_t>(month) + 1).substr(0, 3));
  }
};

}  // namespace

void append_savings_chart(std::string& out, const Account& account, std::size_t number) {
  std::vector<const Settlement*> settled;
  std::copy_if(account.settled.begin(), account.settled.end(), std::back_inserter(settled),
               [](const Settlement* each) { return is_settled(*each); });
  if (!settled.empty()) Chart(out, *account.agreement, std::move(settled), number).append();
}

}  // namespace proviso::settle
