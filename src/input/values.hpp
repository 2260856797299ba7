#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/given.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"

namespace proviso::input {

enum class Fit : std::uint8_t {
  known,
  unknown,   ///< nothing was given, or, with a message, something that counts as unknown
  mistyped,  ///< the message says what was found and what was expected
};

/// That a date could be read two ways, or only the way that was not expected: which of a file's dates have the day
/// first can only be said of the file.
enum class DateDoubt : std::uint8_t { none, read_day_first, found_month_first };

/// Reads values of facts from the forms that the input may give them in. Keeps no record: one may serve a thread.
class Values {
 public:
  /// `worded`: as in CSV, yes and no are words, blanks around a value mean nothing, and what spreadsheets and exports
  /// make of values is read: thousands commas, brackets for negatives, dates in other forms, codes that end in `.0`.
  Values(const model::Library& library, bool worded);

  /// Puts the value into the chunk's row. After `mistyped`, message() says why, and at() where inside the value: `.on`,
  /// or nothing.
  Fit fill(program::Chunk& chunk, model::FactId fact, std::size_t row, const GivenParts& parts);
  const std::string& message() const { return message_; }
  const std::string& at() const { return at_; }
  /// Of the dates of the last `fill`.
  DateDoubt doubt() const { return doubt_; }

 private:
  Fit read(const model::Fact& fact, const GivenParts& parts, program::Chunk& chunk, std::int64_t& bits);
  Fit read_truth(const Given& given, std::int64_t& bits);
  Fit read_decimal(const Given& given, std::int64_t& bits);
  Fit read_money(const Given& given, std::int64_t& bits);
  Fit read_plain_money(const Given& given, std::int64_t& bits);
  Fit read_percent(const model::Fact& fact, const Given& given, std::int64_t& bits);
  Fit read_quantity(const model::Fact& fact, const GivenParts& parts, std::int64_t& bits);
  Fit read_date(const Given& given, std::int64_t& bits);
  Fit read_other_date(const Given& given, std::int64_t& bits);
  Fit read_duration(const model::Fact& fact, const Given& given, std::int64_t& bits);
  Fit read_text(const model::Fact& fact, const Given& given, program::Chunk& chunk, std::int64_t& bits);
  Fit read_nhs_number(const Given& given, program::Chunk& chunk, std::int64_t& bits);
  Fit read_code(const model::Fact& fact, const GivenParts& parts, std::int64_t& bits);
  Fit read_place(const Given& given, std::int64_t& bits);
  Fit read_enumeration(const model::Fact& fact, const Given& given, std::int64_t& bits);

  // As `read`; in CSV once more with blanks and marks that show as nothing out of the way, where there are any.
  Fit read_tidied(const model::Fact& fact, const GivenParts& parts, program::Chunk& chunk, std::int64_t& bits);

  // Expected is `expected` with `name` after it: put together only when a value is mistyped.
  Fit digits(std::string_view text, const Given& given, std::string_view expected, std::int64_t& bits,
             std::string_view name = {});
  // As `digits`; in CSV also with thousands commas, brackets and, with `pounds`, a pound sign.
  Fit untidy_digits(std::string_view text, bool pounds, const Given& given, std::string_view expected,
                    std::int64_t& bits, std::string_view name = {});
  Fit mistyped(const Given& given, std::string_view expected, std::string_view name = {});

  const model::Library& library_;
  bool worded_;
  /// Index of each value, of the enumerations that are too large to look through.
  std::vector<std::unordered_map<std::string_view, std::int64_t>> indices_;
  std::unordered_map<std::string_view, model::PlaceId> places_;  ///< by name and by ODS code
  std::string message_;
  std::string at_;
  DateDoubt doubt_ = DateDoubt::none;
  const DateReading* dates_ = nullptr;  ///< of the date that is read now; null: as if nothing is known
  std::string plain_;                   ///< a number without its commas
  std::string tidy_;                    ///< a cell without what shows as nothing
};

/// Whether `name` is a name of the system: its own, or an address in code_systems.def.
bool names_system(std::string_view name, value::CodeSystem system);

}  // namespace proviso::input
