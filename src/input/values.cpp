#include "input/values.hpp"

#include <array>

#include "input/names.hpp"
#include "input/untidy_numbers.hpp"
#include "value/calendar.hpp"
#include "value/characters.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"
#include "value/format.hpp"
#include "value/instant.hpp"
#include "value/nhs_number.hpp"

namespace proviso::input {
namespace {

using value::Kind;

constexpr std::size_t few = 8;  // enumerations that are looked through value by value

constexpr std::string_view expected_money = "an amount in pounds such as `352.14`";
constexpr std::string_view expected_date = "a date such as `2019-04-01`";

bool equal_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (value::small_letter(a[i]) != value::small_letter(b[i])) return false;
  }
  return true;
}

struct Alias {
  value::CodeSystem system;
  std::string_view address;
};
constexpr Alias aliases[] = {
#define PROVISO_CODE_SYSTEM(name, address) {value::CodeSystem::name, address},
#include "input/code_systems.def"
#undef PROVISO_CODE_SYSTEM
};

std::string expected_values(const model::Enumeration& enumeration) {
  std::string out = "one of ";
  for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
    if (i == few) return out + ", ...";
    if (i > 0) out += ", ";
    out += enumeration.values[i];
  }
  return out;
}

std::string_view expected_duration(value::DurationKind kind) {
  switch (kind) {
    case value::DurationKind::months:
      return "a duration of months or years such as `18 months`";
    case value::DurationKind::days:
      return "a duration of days or weeks such as `6 weeks`";
    case value::DurationKind::either:
      break;
  }
  return "a duration such as `18 months` or `6 weeks`";
}

}  // namespace

bool names_system(std::string_view name, value::CodeSystem system) {
  if (equal_letters(name, value::spelling(system))) return true;
  for (const Alias& alias : aliases) {
    if (alias.system != system || !equal_letters(name.substr(0, alias.address.size()), alias.address)) continue;
    const std::string_view rest = name.substr(alias.address.size());
    if (rest.empty() || rest.front() == '/' || rest.front() == '|') return true;
  }
  return false;
}

Values::Values(const model::Library& library, bool worded) : library_(library), worded_(worded) {
  for (const model::Enumeration& enumeration : library.enumerations) {
    auto& index = indices_.emplace_back();
    if (enumeration.values.size() <= few) continue;
    for (const std::string& value : enumeration.values) index.emplace(value, static_cast<std::int64_t>(index.size()));
  }
  for (model::PlaceId place = 0; place < library.places.size(); ++place) {
    places_.emplace(library.places[place].name, place);
    for (const std::string& code : library.places[place].ods) places_.emplace(code, place);
  }
}

Fit Values::fill(program::Chunk& chunk, model::FactId id, std::size_t row, const GivenParts& parts) {
  const model::Fact& fact = chunk.record().facts[id];
  std::int64_t bits = 0;
  std::int64_t date = 0;
  message_.clear();
  at_.clear();
  doubt_ = DateDoubt::none;
  dates_ = parts.value_dates;
  const Fit fit = worded_ ? read_tidied(fact, parts, chunk, bits) : read(fact, parts, chunk, bits);
  if (fit == Fit::mistyped) return fit;
  dates_ = parts.on_dates;
  const Fit dated = parts.on.form == Form::null ? Fit::unknown : read_date(parts.on, date);
  if (dated == Fit::mistyped) {
    at_ = ".on";
    return dated;
  }
  if (fit == Fit::unknown) {
    if (!message_.empty()) chunk.add_problem(id, row, message_);
    return fit;
  }
  if (fact.type.kind == Kind::truth) {
    chunk.set_truth(id, row, bits != 0);
  } else {
    chunk.set_value(id, row, bits);
  }
  if (dated == Fit::known) chunk.set_measured_on(id, row, static_cast<std::int32_t>(date));
  return fit;
}

Fit Values::read_tidied(const model::Fact& fact, const GivenParts& parts, program::Chunk& chunk, std::int64_t& bits) {
  const Fit fit = read(fact, parts, chunk, bits);
  const bool failed = fit == Fit::mistyped || !message_.empty();
  if (!failed || fact.type.kind == Kind::text || !has_high_bytes(parts.value.text)) return fit;
  std::string buffer;
  GivenParts tidy = parts;
  tidy.value.text = tidied(parts.value.text, buffer);
  message_.clear();
  at_.clear();
  if (tidy.value.text.empty()) return Fit::unknown;
  return read(fact, tidy, chunk, bits);
}

Fit Values::read(const model::Fact& fact, const GivenParts& parts, program::Chunk& chunk, std::int64_t& bits) {
  if (fact.type.kind == Kind::code) return read_code(fact, parts, bits);
  const Given& given = parts.value;
  if (given.form == Form::null) return Fit::unknown;
  switch (fact.type.kind) {
    case Kind::truth:
      return read_truth(given, bits);
    case Kind::number:
      return fact.in_percent ? read_percent(fact, given, bits) : read_decimal(given, bits);
    case Kind::money:
      return read_money(given, bits);
    case Kind::percent:
      return read_percent(fact, given, bits);
    case Kind::quantity:
      return read_quantity(fact, parts, bits);
    case Kind::date:
      return read_date(given, bits);
    case Kind::duration:
      return read_duration(fact, given, bits);
    case Kind::text:
      return read_text(fact, given, chunk, bits);
    case Kind::enumeration:
    case Kind::scale:
      return read_enumeration(fact, given, bits);
    case Kind::place:
      return read_place(given, bits);
    case Kind::list:
      return mistyped(given, "a list");
    case Kind::record:
      return mistyped(given, "an object");
    case Kind::code:
    case Kind::any:
    case Kind::error:
      break;
  }
  return Fit::unknown;
}

/// By name, or by ODS code in capitals or small letters. A place that the library does not declare is a real one
/// elsewhere: unknown here, not a fault of the record.
Fit Values::read_place(const Given& given, std::int64_t& bits) {
  if (given.form != Form::text) return mistyped(given, "a place by its name or ODS code");
  const std::string_view name = value::trimmed(given.text);
  auto found = places_.find(name);
  if (found == places_.end()) {
    const auto code = value::parse_code(value::CodeSystem::ods, name);
    if (code) found = places_.find(value::format_code(value::CodeSystem::ods, *code));
  }
  if (found == places_.end()) {
    message_ = excerpt(given.text) + " is not a declared place";
    return Fit::unknown;
  }
  bits = found->second;
  return Fit::known;
}

Fit Values::mistyped(const Given& given, std::string_view expected, std::string_view name) {
  message_ = "found " + describe(given) + ", expected ";
  message_ += expected;
  message_ += name;
  return Fit::mistyped;
}

Fit Values::read_truth(const Given& given, std::int64_t& bits) {
  if (given.form == Form::yes || given.form == Form::no) {
    bits = given.form == Form::yes ? 1 : 0;
    return Fit::known;
  }
  if (!worded_) {
    mistyped(given, "`true` or `false`");
    // Without its quotes `"true"` would look like what was expected.
    if (given.form == Form::text && !given.text.empty())
      message_.insert(std::string_view("found ").size(), "the text ");
    return Fit::mistyped;
  }
  constexpr std::array<std::string_view, 4> yes = {"yes", "true", "y", "1"};
  constexpr std::array<std::string_view, 4> no = {"no", "false", "n", "0"};
  const std::string_view word = value::trimmed(given.text);
  for (std::size_t i = 0; i < yes.size(); ++i) {
    if (!equal_letters(word, yes[i]) && !equal_letters(word, no[i])) continue;
    bits = equal_letters(word, yes[i]) ? 1 : 0;
    return Fit::known;
  }
  return mistyped(given, "`yes` or `no`");
}

Fit Values::digits(std::string_view text, const Given& given, std::string_view expected, std::int64_t& bits,
                   std::string_view name) {
  const value::ParsedDecimal parsed = value::parse_decimal(text, true);
  if (parsed.value) {
    bits = *parsed.value;
    return Fit::known;
  }
  switch (parsed.error) {
    case value::DecimalError::not_a_number:
      return mistyped(given, expected, name);
    case value::DecimalError::too_many_places:
      message_ = excerpt(given.text) + " has more than six places after the point";
      break;
    case value::DecimalError::out_of_range:
      message_ = excerpt(given.text) + " is out of range";
      break;
  }
  return Fit::mistyped;
}

Fit Values::read_decimal(const Given& given, std::int64_t& bits) {
  if (given.form != Form::number && given.form != Form::text) return mistyped(given, "a number");
  if (!worded_ || given.form == Form::number) return digits(given.text, given, "a number", bits);
  return untidy_digits(value::trimmed(given.text), false, given, "a number", bits);
}

Fit Values::untidy_digits(std::string_view text, bool pounds, const Given& given, std::string_view expected,
                          std::int64_t& bits, std::string_view name) {
  const Fit fit = digits(text, given, expected, bits, name);
  if (fit == Fit::known || !looks_untidy(text)) return fit;
  switch (plain_number(text, pounds, plain_)) {
    case Untidy::number:
      return digits(plain_, given, expected, bits, name);
    case Untidy::stray_comma:
      mistyped(given, expected, name);
      message_ += ", with commas before three digits alone";
      return Fit::mistyped;
    case Untidy::leading_nought:
      mistyped(given, expected, name);
      message_ += ", which does not begin with 0 where it has commas";
      return Fit::mistyped;
    case Untidy::other:
      break;
  }
  return mistyped(given, expected, name);
}

Fit Values::read_money(const Given& given, std::int64_t& bits) {
  const Fit fit = read_plain_money(given, bits);
  if (fit == Fit::known || !worded_ || given.form != Form::text) return fit;
  const std::string_view text = value::trimmed(given.text);
  if (!looks_untidy(text)) return fit;
  return untidy_digits(text, true, given, expected_money, bits);
}

// `£1,234.50`: an optional sign and pound sign, and commas only between groups of three digits.
Fit Values::read_plain_money(const Given& given, std::int64_t& bits) {
  constexpr std::string_view expected = expected_money;
  if (given.form == Form::number) return digits(given.text, given, expected, bits);
  if (given.form != Form::text) return mistyped(given, expected);
  constexpr std::string_view pound = "\xC2\xA3";
  std::string_view rest = worded_ ? value::trimmed(given.text) : given.text;
  std::array<char, 40> plain{};
  std::size_t size = 0;
  if (!rest.empty() && rest.front() == '-') {
    plain[size++] = '-';
    rest.remove_prefix(1);
  }
  if (rest.substr(0, pound.size()) == pound) rest.remove_prefix(pound.size());
  const std::string_view whole = rest.substr(0, rest.find('.'));
  const bool grouped = whole.find(',') != std::string_view::npos;
  if (grouped && whole.front() == '0') return mistyped(given, expected);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == ',') {
      if (i == 0 || i >= whole.size() || (whole.size() - i) % 4 != 0) return mistyped(given, expected);
      continue;
    }
    if ((c < '0' || c > '9') && (c != '.' || i != whole.size())) return mistyped(given, expected);
    if (grouped && i < whole.size() && (whole.size() - i) % 4 == 0) return mistyped(given, expected);
    if (size == plain.size()) {
      message_ = excerpt(given.text) + " is out of range";
      return Fit::mistyped;
    }
    plain[size++] = c;
  }
  return digits(std::string_view(plain.data(), size), given, expected, bits);
}

// `50%` is hundredths, and so is a plain number where the field is declared so; else a plain number is the share
// itself.
Fit Values::read_percent(const model::Fact& fact, const Given& given, std::int64_t& bits) {
  constexpr std::string_view expected = "a percentage such as `50%`";
  if (given.form != Form::number && given.form != Form::text) return mistyped(given, expected);
  std::string_view text = worded_ ? value::trimmed(given.text) : given.text;
  const bool marked = given.form == Form::text && !text.empty() && text.back() == '%';
  if (marked) text.remove_suffix(1);
  std::int64_t number = 0;
  const Fit fit = digits(text, given, expected, number);
  if (fit != Fit::known) return fit;
  const bool hundredths = marked || fact.in_percent;
  if (hundredths && number % 100 != 0) {
    message_ = excerpt(given.text) + " is a percentage with more than four places after the point";
    return Fit::mistyped;
  }
  bits = hundredths ? number / 100 : number;
  return Fit::known;
}

Fit Values::read_quantity(const model::Fact& fact, const GivenParts& parts, std::int64_t& bits) {
  const std::string_view declared = value::spelling(fact.type.unit);
  const Given& given = parts.value;
  constexpr std::string_view expected = "a number of ";
  if (given.form != Form::number && given.form != Form::text) return mistyped(given, expected, declared);
  if (parts.unit.form != Form::null && parts.unit.form != Form::text) {
    at_ = ".unit";
    return mistyped(parts.unit, "a unit such as ", declared);
  }
  std::string_view text = given.form == Form::text && worded_ ? value::trimmed(given.text) : given.text;
  std::string_view unit_text = parts.unit.text;
  const std::size_t blank = given.form == Form::text ? text.find(' ') : std::string_view::npos;
  if (blank != std::string_view::npos) {
    const std::string_view own = value::trimmed(text.substr(blank));
    // No unit begins with a digit: `1 234` is no number with one, nor is anything without a number before it.
    const bool is_unit = blank > 0 && (own.empty() || !value::is_digit(own.front()));
    if (!is_unit || (!unit_text.empty() && own != unit_text)) return mistyped(given, expected, declared);
    unit_text = own;
    text = text.substr(0, blank);
  }
  if (unit_text.empty()) unit_text = parts.usual_unit;
  const auto number_of = [&](std::int64_t& out) {
    if (worded_ && given.form == Form::text) return untidy_digits(text, false, given, expected, out, declared);
    return digits(text, given, expected, out, declared);
  };
  if (unit_text.empty() || unit_text == declared) return number_of(bits);
  const std::optional<value::Unit> unit = value::unit_by_spelling(unit_text);
  if (!unit || value::dimension(*unit) != value::dimension(fact.type.unit)) {
    message_ = "found the unit " + excerpt(unit_text) + ", expected `" + std::string(declared) + "`";
    return Fit::mistyped;
  }
  std::int64_t number = 0;
  const Fit fit = number_of(number);
  if (fit != Fit::known) return fit;
  const value::Wide scaled = value::Wide{number} * value::size(*unit);
  if (!value::rescale(number, value::size(*unit), value::size(fact.type.unit), bits)) {
    message_ = excerpt(given.text) + " is out of range";
    return Fit::mistyped;
  }
  if (value::Wide{bits} * value::size(fact.type.unit) != scaled) {
    message_ = excerpt(given.text) + " has more than six places after the point in " + std::string(declared);
    return Fit::mistyped;
  }
  return Fit::known;
}

Fit Values::read_date(const Given& given, std::int64_t& bits) {
  if (given.form == Form::text) {
    const auto date = value::parse_day(worded_ ? value::trimmed(given.text) : given.text);
    if (date) {
      bits = *date;
      return Fit::known;
    }
    if (worded_) return read_other_date(given, bits);
  }
  return mistyped(given, expected_date);
}

Fit Values::read_other_date(const Given& given, std::int64_t& bits) {
  std::string buffer;
  const std::string_view text = tidied(given.text, buffer);
  const DateReading reading = dates_ == nullptr ? DateReading() : *dates_;
  const WrittenDate date = read_written_date(text, reading);
  const std::string found = excerpt(text);
  switch (date.fault) {
    case DateFault::none:
      if (date.assumed) doubt_ = DateDoubt::read_day_first;
      bits = date.date;
      return Fit::known;
    case DateFault::either:
      message_ = found + " could be " + value::format_date(date.date) + " or " + value::format_date(date.other) +
                 ": the mapping of its column must say `day first` or `month first`";
      return Fit::mistyped;
    case DateFault::month_first_only:
      if (reading.order == DateOrder::unsaid) doubt_ = DateDoubt::found_month_first;
      message_ = found + " has its month first, and dates are read day first" +
                 (reading.order == DateOrder::unsaid ? ": the mapping of its column can say `month first`" : "");
      return Fit::mistyped;
    case DateFault::day_first_only:
      message_ = found + " has its day first, and such dates are read month first" +
                 (reading.order == DateOrder::unsaid ? ": the mapping of its column can say `day first`" : "");
      return Fit::mistyped;
    case DateFault::no_century:
      message_ = found + " does not say its century: the mapping of its column can say `years from 1930`";
      return Fit::mistyped;
    case DateFault::serial_number:
      message_ = "found " + describe(given) + ", expected ";
      message_ += expected_date;
      message_ += ": where it is a day as Excel counts them, the mapping of its column can say `excel`";
      return Fit::mistyped;
    case DateFault::never_was:
      message_ = found + " is 29 February 1900 as Excel counts days, which never was";
      return Fit::mistyped;
    case DateFault::not_a_date:
      break;
  }
  return mistyped(given, expected_date);
}

Fit Values::read_duration(const model::Fact& fact, const Given& given, std::int64_t& bits) {
  using value::DurationKind;
  const DurationKind declared = fact.type.duration;
  if (given.form != Form::text) return mistyped(given, expected_duration(declared));
  const auto parsed = value::parse_duration(worded_ ? value::trimmed(given.text) : given.text);
  if (!parsed || (declared != DurationKind::either && parsed->second != declared)) {
    return mistyped(given, expected_duration(declared));
  }
  bits = declared == DurationKind::either ? parsed->first * 2 + (parsed->second == DurationKind::days ? 1 : 0)
                                          : parsed->first;
  return Fit::known;
}

Fit Values::read_text(const model::Fact& fact, const Given& given, program::Chunk& chunk, std::int64_t& bits) {
  if (given.form != Form::text) return mistyped(given, "text");
  if (fact.nhs_number) return read_nhs_number(given, chunk, bits);
  bits = chunk.text_number(given.text);
  return Fit::known;
}

namespace {

/// The ten digits of `999 000 0018` and of `999-000-0018`, in `plain`; any other text as it is.
std::string_view without_separators(std::string_view text, std::string& plain) {
  constexpr std::size_t first = 3;
  constexpr std::size_t second = 7;
  const auto separates = [](char c) { return c == ' ' || c == '-'; };
  if (text.size() != 12 || !separates(text[first]) || !separates(text[second])) return text;
  plain.assign(text.substr(0, first));
  plain += text.substr(first + 1, second - first - 1);
  plain += text.substr(second + 1);
  return plain;
}

}  // namespace

// The same number is the same text, however it is written.
Fit Values::read_nhs_number(const Given& given, program::Chunk& chunk, std::int64_t& bits) {
  constexpr std::size_t count = 10;
  std::string_view text = given.text;
  if (worded_ && text.size() != count) {
    text = without_nought(tidied(text, tidy_));
    if (text.empty()) return Fit::unknown;
  }
  text = without_separators(text, plain_);
  if (!value::valid_nhs_number(text)) {
    // The number itself stays out of the message: it may be somebody's with one digit wrong.
    message_ = value::dummy_nhs_number(text) ? "a dummy NHS number, such as one digit ten times: no patient has it"
                                             : "not an NHS number: ten digits with a right check digit were expected";
    return Fit::unknown;
  }
  bits = chunk.text_number(text);
  return Fit::known;
}

Fit Values::read_code(const model::Fact& fact, const GivenParts& parts, std::int64_t& bits) {
  const value::CodeSystem system = fact.type.system;
  const auto wrong = [&](const Given& found) { return mistyped(found, "a code of ", value::spelling(system)); };
  const Given& given = parts.code.form == Form::null ? parts.value : parts.code;
  if (given.form == Form::null) return Fit::unknown;
  if (given.form != Form::text) return wrong(given);
  if (parts.system.form != Form::null) {
    if (parts.system.form != Form::text || !names_system(parts.system.text, system)) {
      at_ = ".system";
      return mistyped(parts.system, "the code system ", value::spelling(system));
    }
  }
  std::string_view text = given.text;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    if (value::trimmed(text.substr(0, colon)) != value::spelling(system)) return wrong(given);
    text.remove_prefix(colon + 1);
  }
  auto code = value::parse_code(system, text);
  if (!code && worded_) code = value::parse_code(system, without_nought(value::trimmed(text)));
  if (!code) return wrong(given);
  bits = *code;
  return Fit::known;
}

Fit Values::read_enumeration(const model::Fact& fact, const Given& given, std::int64_t& bits) {
  const model::Enumeration& enumeration = library_.enumerations[fact.type.id];
  if (given.form == Form::text) {
    const std::string_view text = worded_ ? value::trimmed(given.text) : given.text;
    if (enumeration.values.size() <= few) {
      for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
        if (enumeration.values[i] != text) continue;
        bits = static_cast<std::int64_t>(i);
        return Fit::known;
      }
    } else if (const auto found = indices_[fact.type.id].find(text); found != indices_[fact.type.id].end()) {
      bits = found->second;
      return Fit::known;
    }
  }
  return mistyped(given, expected_values(enumeration));
}

}  // namespace proviso::input
