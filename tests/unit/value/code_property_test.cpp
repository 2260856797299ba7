#include <rapidcheck.h>
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "value/check_digit.hpp"
#include "value/code.hpp"

using namespace proviso::value;

namespace {

constexpr CodeSystem all_systems[] = {CodeSystem::opcs4, CodeSystem::icd10, CodeSystem::snomed, CodeSystem::dmd,
                                      CodeSystem::hrg,   CodeSystem::tfc,   CodeSystem::ods};

char digit() { return *rc::gen::inRange<char>('0', '9' + 1); }
char letter() { return *rc::gen::inRange<char>('A', 'Z' + 1); }
char either() { return *rc::gen::arbitrary<bool>() ? digit() : letter(); }

std::string several(char (*make)(), int least, int most) {
  std::string text;
  for (int left = *rc::gen::inRange(least, most + 1); left > 0; --left) text += make();
  return text;
}

std::string with_verhoeff() {
  std::string text = *rc::gen::inRange<char>('1', '9' + 1) + several(digit, 4, 16);
  for (char check = '0'; check <= '9'; ++check) {
    if (valid_verhoeff(text + check)) return text + check;
  }
  return text;
}

// A code without its dot, as it is kept.
std::string any_code(CodeSystem system) {
  switch (system) {
    case CodeSystem::opcs4:
      return letter() + several(digit, 2, 3);
    case CodeSystem::icd10:
      return std::string{letter(), digit(), either()} + several(digit, 0, 2);
    case CodeSystem::snomed:
    case CodeSystem::dmd:
      return with_verhoeff();
    case CodeSystem::hrg:
      return several(letter, 2, 2) + several(digit, 2, 2) + several(letter, 0, 1);
    case CodeSystem::tfc:
      return several(digit, 3, 3);
    case CodeSystem::ods:
      return several(either, 3, 10);
  }
  return {};
}

}  // namespace

TEST_CASE("laws of codes") {
  rc::prop("what is written reads as it was", [] {
    for (const CodeSystem system : all_systems) {
      const std::string text = any_code(system);
      const auto code = parse_code(system, text);
      RC_ASSERT(code.has_value());
      std::string written = format_code(system, *code);
      RC_ASSERT(parse_code(system, written) == code);
      if (system == CodeSystem::opcs4 || system == CodeSystem::icd10) {
        RC_ASSERT((written.find('.') == 3) == (text.size() > 3));
        if (text.size() > 3) written.erase(3, 1);
      }
      RC_ASSERT(written == text);
    }
  });
  rc::prop("codes order as their characters do", [] {
    for (const CodeSystem system : all_systems) {
      const std::string a = any_code(system);
      const std::string b = any_code(system);
      RC_ASSERT((*parse_code(system, a) < *parse_code(system, b)) == (a < b));
      RC_ASSERT((*parse_code(system, a) == *parse_code(system, b)) == (a == b));
    }
  });
  rc::prop("a code covers just those that begin with it", [] {
    for (const CodeSystem system : {CodeSystem::opcs4, CodeSystem::icd10, CodeSystem::hrg}) {
      const std::string outer = any_code(system);
      // Half of the others are neighbours, for two codes by chance have hardly ever a beginning in common.
      std::string inner = any_code(system);
      if (*rc::gen::arbitrary<bool>()) inner.replace(0, 3, outer, 0, 3);
      const auto part = parse_code(system, inner);
      if (!part) continue;
      const CodeInterval interval = covered(system, *parse_code(system, outer));
      const bool begins = inner.compare(0, outer.size(), outer) == 0;
      RC_ASSERT((interval.first <= *part && *part <= interval.last) == begins);
    }
  });
  rc::prop("any text at all is a code that reads again, or none", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("AWXDM0129.- *\xe2\x80\xa0x\t")));
    for (const CodeSystem system : all_systems) {
      const auto code = parse_code(system, text);
      if (!code) continue;
      RC_ASSERT(*code > 0);
      RC_ASSERT(parse_code(system, format_code(system, *code)) == code);
      RC_ASSERT(covered(system, *code).first == *code);
    }
  });
}
