#include "value/code.hpp"
#include "value/nhs_number.hpp"

#include <catch2/catch.hpp>

#include "value/check_digit.hpp"

using namespace proviso::value;

namespace {

// The code as it is written after reading, or `none`.
std::string read(CodeSystem system, std::string_view text) {
  const auto code = parse_code(system, text);
  return code ? format_code(system, *code) : "none";
}

bool covers(CodeSystem system, std::string_view outer, std::string_view inner) {
  const auto whole = parse_code(system, outer);
  const auto part = parse_code(system, inner);
  INFO(outer << " over " << inner);
  REQUIRE(whole.has_value());
  REQUIRE(part.has_value());
  const CodeInterval interval = covered(system, *whole);
  return interval.first <= *part && *part <= interval.last;
}

void check_none(CodeSystem system, std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    INFO(text);
    CHECK(read(system, text) == "none");
  }
}

}  // namespace

TEST_CASE("OPCS-4 codes read in the forms that records hold") {
  for (const char* text : {"W37.1", "W371", "w37.1", "w371", "W37.1 ", " W371\t", "W37.1-", "W371\r\n"}) {
    INFO(text);
    CHECK(read(CodeSystem::opcs4, text) == "W37.1");
  }
  for (const char* text : {"W37", "w37", "W37-", "W37.-", "W37 "}) {
    INFO(text);
    CHECK(read(CodeSystem::opcs4, text) == "W37");
  }
  CHECK(read(CodeSystem::opcs4, "A00.0") == "A00.0");
  CHECK(read(CodeSystem::opcs4, "Z99.9") == "Z99.9");
  check_none(CodeSystem::opcs4, {"",      " ",     "W",       "W3",    "W37.",   "W37..1", "W37.12",        "W3712",
                                 "37.1W", "W3.71", "WW7.1",   "W37.X", "W37X",   "W37 1",  "W37,1",         "W-37",
                                 "-",     "---",   "W37.1.1", ".W371", "W37.1A", "Ä37.1",  "W3\xef\xbc\x97"});
}

TEST_CASE("ICD-10 codes leave marks and padding out") {
  for (const char* text : {"M17.1", "M171", "m17.1", "M17.1A", "M171D", "M171d", "M17.1*", "M17.1†", "M17.1 ", "M171X",
                           "M171-", "M171XA", "M171-D"}) {
    INFO(text);
    CHECK(read(CodeSystem::icd10, text) == "M17.1");
  }
  for (const char* text :
       {"M16", "M16X", "M16.X", "m16x", "M16-", "M16.-", "M16XX", "M16X-", "M16XD", "M16*", "M16A"}) {
    INFO(text);
    CHECK(read(CodeSystem::icd10, text) == "M16");
  }
  CHECK(read(CodeSystem::icd10, "S72.01") == "S72.01");
  CHECK(read(CodeSystem::icd10, "S7201") == "S72.01");
  CHECK(read(CodeSystem::icd10, "M45.X0") == "M45.X0");
  CHECK(read(CodeSystem::icd10, "T08X1") == "T08.X1");
  CHECK(read(CodeSystem::icd10, "C7A") == "C7A");
  CHECK(read(CodeSystem::icd10, "C7A.0") == "C7A.0");
  CHECK(read(CodeSystem::icd10, "U07.1") == "U07.1");
  check_none(CodeSystem::icd10,
             {"",       "I8",    "I", "I83.", "I83..9", "I83.9.1", "I83.901", "83.9I",   "II3",   "I83.B",
              "I83.Z9", "I83 9", "*", "†",    "A",      "AD",      "-",       "I83.9AD", "I83.A", "I83†9"});
}

TEST_CASE("SNOMED CT and dm+d codes carry a right check digit") {
  for (const CodeSystem system : {CodeSystem::snomed, CodeSystem::dmd}) {
    for (const char* text : {"60621009", "138875005", "73211009", "83821000000107", "999000031000000106"}) {
      INFO(text);
      CHECK(read(system, text) == text);
    }
    CHECK(read(system, " 60621009 ") == "60621009");
    check_none(system, {"", "60621008", "60621090", "06062100", "60621", "6062100a", "60621 009", "-60621009",
                        "9990000310000001060", "138875006", "1e10"});
  }
}

TEST_CASE("HRG, treatment function and organisation codes have their forms") {
  CHECK(read(CodeSystem::hrg, "HN22A") == "HN22A");
  CHECK(read(CodeSystem::hrg, "hn22a ") == "HN22A");
  CHECK(read(CodeSystem::hrg, "WH50") == "WH50");
  check_none(CodeSystem::hrg, {"", "HN2", "HN22AB", "H222A", "HN221", "HNA2A", "HN2A", "HN22-", "22HNA", "HN 22A"});
  CHECK(read(CodeSystem::tfc, "110") == "110");
  CHECK(read(CodeSystem::tfc, " 007") == "007");
  check_none(CodeSystem::tfc, {"", "11", "1100", "11A", "1.1", "-11"});
  CHECK(read(CodeSystem::ods, "06F") == "06F");
  CHECK(read(CodeSystem::ods, "rwe") == "RWE");
  CHECK(read(CodeSystem::ods, "ZZZZZZZZZZ") == "ZZZZZZZZZZ");
  check_none(CodeSystem::ods, {"", "06", "06F06F06F06", "06-F", "06 F", "06É"});
}

TEST_CASE("a category covers all below it and nothing beside it") {
  CHECK(covers(CodeSystem::opcs4, "W37", "W37"));
  CHECK(covers(CodeSystem::opcs4, "W37", "W37.0"));
  CHECK(covers(CodeSystem::opcs4, "W37", "W37.9"));
  CHECK_FALSE(covers(CodeSystem::opcs4, "W37", "W36.9"));
  CHECK_FALSE(covers(CodeSystem::opcs4, "W37", "W38"));
  CHECK_FALSE(covers(CodeSystem::opcs4, "W37.1", "W37"));
  CHECK_FALSE(covers(CodeSystem::opcs4, "W37.1", "W37.2"));
  CHECK(covers(CodeSystem::icd10, "M45", "M45.X0"));
  CHECK(covers(CodeSystem::icd10, "S72", "S72.01"));
  CHECK(covers(CodeSystem::icd10, "S72.0", "S72.01"));
  CHECK(covers(CodeSystem::icd10, "S72.0", "S72.0"));
  CHECK_FALSE(covers(CodeSystem::icd10, "S72.0", "S72.11"));
  CHECK_FALSE(covers(CodeSystem::icd10, "S72.0", "S72"));
  CHECK(covers(CodeSystem::hrg, "HN22", "HN22A"));
  CHECK(covers(CodeSystem::hrg, "HN22", "HN22Z"));
  CHECK_FALSE(covers(CodeSystem::hrg, "HN22", "HN23A"));
  CHECK_FALSE(covers(CodeSystem::hrg, "HN22A", "HN22B"));
  CHECK_FALSE(covers(CodeSystem::ods, "06F", "06F1"));
  CHECK_FALSE(covers(CodeSystem::tfc, "110", "111"));
  CHECK_FALSE(covers(CodeSystem::snomed, "60621009", "138875005"));
}

TEST_CASE("a range is the interval from the first covered to the last") {
  const auto code = [](std::string_view text) { return *parse_code(CodeSystem::opcs4, text); };
  const PackedCode first = covered(CodeSystem::opcs4, code("L84")).first;
  const PackedCode last = covered(CodeSystem::opcs4, code("L88")).last;
  for (const char* inside : {"L84", "L84.0", "L85.2", "L86", "L88", "L88.9"}) {
    INFO(inside);
    CHECK((first <= code(inside) && code(inside) <= last));
  }
  for (const char* outside : {"L83.9", "L83", "L89", "L89.0", "K99.9", "M00"}) {
    INFO(outside);
    CHECK_FALSE((first <= code(outside) && code(outside) <= last));
  }
}

TEST_CASE("the narrow systems fit 32 bits") {
  CHECK(covered(CodeSystem::opcs4, *parse_code(CodeSystem::opcs4, "Z99")).last <= INT32_MAX);
  CHECK(covered(CodeSystem::icd10, *parse_code(CodeSystem::icd10, "Z9Z")).last <= INT32_MAX);
  CHECK(covered(CodeSystem::hrg, *parse_code(CodeSystem::hrg, "ZZ99")).last <= INT32_MAX);
  CHECK(*parse_code(CodeSystem::tfc, "999") <= INT32_MAX);
  CHECK(*parse_code(CodeSystem::opcs4, "A00") > 0);
  CHECK(*parse_code(CodeSystem::tfc, "000") > 0);
}

TEST_CASE("Verhoeff's check finds every single wrong digit and every swap of neighbours") {
  CHECK(valid_verhoeff("2363"));
  CHECK_FALSE(valid_verhoeff("2364"));
  CHECK_FALSE(valid_verhoeff(""));
  const std::string right = "999000031000000106";
  REQUIRE(valid_verhoeff(right));
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = right;
      changed[i] = digit;
      CHECK(valid_verhoeff(changed) == (digit == right[i]));
    }
    if (i == 0 || right[i - 1] == right[i]) continue;
    std::string swapped = right;
    std::swap(swapped[i - 1], swapped[i]);
    CHECK_FALSE(valid_verhoeff(swapped));
  }
}

TEST_CASE("NHS numbers have a right check digit") {
  CHECK(valid_nhs_number("9434765919"));
  CHECK(valid_nhs_number("943 476 5919"));
  CHECK(valid_nhs_number("9990000018"));
  CHECK(valid_nhs_number("4010232137"));
  CHECK_FALSE(valid_nhs_number("9434765918"));
  for (const char* text : {"", "943476591", "94347659190", "943-476-5919", "9434 765919", "943 4765919", "943476 5919",
                           "9434 76 5919", " 9434765919", "943476591X", "943  476 591", "99900000180 "}) {
    INFO(text);
    CHECK_FALSE(valid_nhs_number(text));
  }
}

TEST_CASE("a dummy NHS number is no patient's, though its check digit is right") {
  for (const char* text : {"0000000000", "9999999999", "000 000 0000", "999 999 9999", "4444444444", "9000000009"}) {
    INFO(text);
    CHECK(dummy_nhs_number(text));
    CHECK_FALSE(valid_nhs_number(text));
  }
  // Numbers of tests begin with 999, and stay good.
  for (const char* text : {"9990000018", "9999999484", "9434765919", "4000000004", "", "999999999", "99999999999"}) {
    INFO(text);
    CHECK_FALSE(dummy_nhs_number(text));
  }
}

TEST_CASE("a number whose check digit would be 10 is never valid, and every other has exactly one") {
  std::size_t without = 0;
  for (int stem = 999'000'000; stem < 999'001'100; ++stem) {
    int valid = 0;
    for (int digit = 0; digit < 10; ++digit) valid += valid_nhs_number(std::to_string(stem) + std::to_string(digit));
    CHECK(valid <= 1);
    if (valid == 0) ++without;
  }
  CHECK(without > 90);
  CHECK(without < 110);
}
