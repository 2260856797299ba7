#include "trial/mutation/mutant_text.hpp"

#include "value/calendar.hpp"

namespace proviso::trial {

std::string spell_period(const model::Period& period) {
  std::string out;
  if (period.first != INT32_MIN) out += "from " + value::format_date(period.first);
  if (period.last == INT32_MAX) return out;
  if (!out.empty()) out += ' ';
  return out += "to " + value::format_date(period.last);
}

std::string spell_value(const model::Library& library, const model::Threshold& threshold,
                        const model::ThresholdValue& value) {
  std::string out = threshold.name + ": ";
  if (value.place != model::none) out += "in " + library.places[value.place].name + " ";
  out += model::format(library, value.constant);
  const std::string period = spell_period(value.period);
  return period.empty() ? out : out + " " + period;
}

}  // namespace proviso::trial
