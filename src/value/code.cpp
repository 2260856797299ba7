#include "value/code.hpp"

#include <algorithm>
#include <array>

#include "value/characters.hpp"
#include "value/check_digit.hpp"

// A code is the number whose digits are its characters, left-aligned in a fixed number of places: shorter codes end in
// blanks, and a blank comes before every character. So all that begins with the same characters is one interval.
namespace proviso::value {
namespace {

struct Packing {
  std::int64_t base;  ///< 11: blank and digits; 37: blank, digits and letters
  std::size_t places;
};

constexpr std::size_t longest = 18;

constexpr Packing packing(CodeSystem system) {
  switch (system) {
    case CodeSystem::opcs4:
      return {37, 4};
    case CodeSystem::icd10:
    case CodeSystem::hrg:
      return {37, 5};
    case CodeSystem::tfc:
      return {11, 3};
    case CodeSystem::snomed:
    case CodeSystem::dmd:
      return {11, 18};
    case CodeSystem::ods:
      return {37, 10};
  }
  return {37, 0};
}

constexpr std::int64_t power(std::int64_t base, std::size_t exponent) {
  std::int64_t result = 1;
  for (std::size_t i = 0; i < exponent; ++i) result *= base;
  return result;
}
static_assert(power(37, 5) <= INT32_MAX, "codes of five places fit a narrow lane");

constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_either(char c) { return is_digit(c) || is_letter(c); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::int64_t rank(char c) { return is_digit(c) ? c - '0' + 1 : c - 'A' + 11; }
constexpr char character(std::int64_t rank) {
  return static_cast<char>(rank <= 10 ? '0' + (rank - 1) : 'A' + (rank - 11));
}

/// The characters of a code, in capitals.
class Characters {
 public:
  std::string_view view() const { return {text_.data(), size_}; }
  std::size_t size() const { return size_; }
  char operator[](std::size_t i) const { return text_[i]; }
  /// False where there are too many.
  bool add(char c) {
    if (size_ == text_.size()) return false;
    text_[size_++] = c;
    return true;
  }
  void drop_last() { --size_; }

 private:
  std::array<char, longest> text_{};
  std::size_t size_ = 0;
};

PackedCode pack(const Packing& packing, std::string_view characters) {
  PackedCode code = 0;
  for (const char c : characters) code = code * packing.base + rank(c);
  return code * power(packing.base, packing.places - characters.size());
}

Characters unpack(const Packing& packing, PackedCode code) {
  Characters characters;
  PackedCode unit = power(packing.base, packing.places);
  while (code > 0 && unit > 1) {
    unit /= packing.base;
    characters.add(character(code / unit));
    code %= unit;
  }
  return characters;
}

std::string_view without_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// A category has three characters, and up to `below` digits after it and an optional dot. Trailing hyphens are
/// padding, and so, with `padding`, is an `X` in the place of a digit; before a last digit the X belongs to the code.
bool read_category(std::string_view text, std::size_t below, bool padding, Characters& characters) {
  bool hyphens = false;
  while (drop_suffix(text, "-")) hyphens = true;
  if (text.size() < 3) return false;
  for (const char c : text.substr(0, 3)) characters.add(capital(c));
  text.remove_prefix(3);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    if (text.empty() && !hyphens) return false;
  }
  if (text.size() > below) return false;
  for (const char c : text) {
    if (!is_digit(c) && !(padding && capital(c) == 'X')) return false;
    characters.add(capital(c));
  }
  while (characters.size() > 3 && characters[characters.size() - 1] == 'X') characters.drop_last();
  return true;
}

bool read_opcs4(std::string_view text, Characters& characters) {
  return read_category(text, 1, false, characters) && is_letter(characters[0]) && is_digit(characters[1]) &&
         is_digit(characters[2]);
}

/// The mark of the dagger and asterisk system at the end: a letter only where it cannot be part of the category.
void drop_mark(std::string_view& text) {
  if (drop_suffix(text, "*") || drop_suffix(text, "†") || text.size() < 4) return;
  const char last = capital(text.back());
  if (last == 'A' || last == 'D') text.remove_suffix(1);
}

bool read_icd10(std::string_view text, Characters& characters) {
  drop_mark(text);
  return read_category(text, 2, true, characters) && is_letter(characters[0]) && is_digit(characters[1]) &&
         is_either(characters[2]);
}

bool read_plain(std::string_view text, Characters& characters) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_either(capital(c)) && characters.add(capital(c)); });
}

bool read_hrg(std::string_view text, Characters& characters) {
  if (!read_plain(text, characters)) return false;
  const Characters& c = characters;
  return (c.size() == 4 || (c.size() == 5 && is_letter(c[4]))) && is_letter(c[0]) && is_letter(c[1]) &&
         is_digit(c[2]) && is_digit(c[3]);
}

bool read_digits(std::string_view text, std::size_t least, std::size_t most, Characters& characters) {
  return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), is_digit) &&
         read_plain(text, characters);
}

bool read(CodeSystem system, std::string_view text, Characters& characters) {
  switch (system) {
    case CodeSystem::opcs4:
      return read_opcs4(text, characters);
    case CodeSystem::icd10:
      return read_icd10(text, characters);
    case CodeSystem::hrg:
      return read_hrg(text, characters);
    case CodeSystem::tfc:
      return read_digits(text, 3, 3, characters);
    case CodeSystem::snomed:
    case CodeSystem::dmd:
      return read_digits(text, 6, 18, characters) && text.front() != '0' && valid_verhoeff(characters.view());
    case CodeSystem::ods:
      return text.size() >= 3 && text.size() <= 10 && read_plain(text, characters);
  }
  return false;
}

/// How many places below itself a code of this many characters covers.
std::size_t places_below(CodeSystem system, std::size_t size) {
  switch (system) {
    case CodeSystem::opcs4:
    case CodeSystem::icd10:
    case CodeSystem::hrg:
      return packing(system).places - size;
    case CodeSystem::snomed:
    case CodeSystem::dmd:
    case CodeSystem::tfc:
    case CodeSystem::ods:
      return 0;
  }
  return 0;
}

}  // namespace

std::optional<PackedCode> parse_code(CodeSystem system, std::string_view text) {
  Characters characters;
  if (!read(system, without_space(text), characters)) return std::nullopt;
  return pack(packing(system), characters.view());
}

CodeInterval covered(CodeSystem system, PackedCode code) {
  const Packing form = packing(system);
  const std::size_t size = unpack(form, code).size();
  return {code, code + power(form.base, places_below(system, size)) - 1};
}

std::string format_code(CodeSystem system, PackedCode code) {
  std::string text{unpack(packing(system), code).view()};
  const bool dotted = system == CodeSystem::opcs4 || system == CodeSystem::icd10;
  if (dotted && text.size() > 3) text.insert(3, 1, '.');
  return text;
}

std::string_view example_code(CodeSystem system) {
  switch (system) {
    case CodeSystem::opcs4:
      return "W37.1";
    case CodeSystem::icd10:
      return "I83.9";
    case CodeSystem::snomed:
      return "60621009";
    case CodeSystem::dmd:
      return "322236009";
    case CodeSystem::hrg:
      return "HN22A";
    case CodeSystem::tfc:
      return "110";
    case CodeSystem::ods:
      return "06P";
  }
  return "";
}

}  // namespace proviso::value
