#include "text/utf8.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace proviso::text;

TEST_CASE("characters of one to four bytes are decoded") {
  CHECK(decode("a", 0).code_point == U'a');
  CHECK(decode("£", 0).code_point == U'£');
  CHECK(decode("≥", 0).code_point == U'≥');
  CHECK(decode("😀", 0).code_point == 0x1F600);
  CHECK(decode("😀", 0).length == 4);
}

TEST_CASE("what is not UTF-8 is one invalid byte at a time") {
  const std::string_view bytes = GENERATE(as<std::string_view>{}, "\x80", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80",
                                          "\xF5\x80\x80\x80", "\xF4\x90\x80\x80", "\xC3(", "\xFF");
  const Character character = decode(bytes, 0);
  CHECK_FALSE(character.valid);
  CHECK(character.length == 1);
  CHECK(character.code_point == replacement_character);
  CHECK(find_invalid_utf8(bytes) == 0U);
}

TEST_CASE("the first invalid byte is found behind valid text") {
  CHECK(find_invalid_utf8("£1\xFF") == 3U);
  CHECK_FALSE(find_invalid_utf8("£1"));
  CHECK_FALSE(find_invalid_utf8(""));
}

TEST_CASE("an invalid byte counts as one character") {
  CHECK(count_characters("£\xFF\xE2\x82z") == 5);
  CHECK(to_valid_utf8("£\xFFz") == "£\xEF\xBF\xBDz");
}

TEST_CASE("previous_character undoes decode") {
  CHECK(rc::check("every character's start is found from its end", [](const std::string& bytes) {
    for (std::size_t offset = 0; offset < bytes.size();) {
      const std::size_t next = offset + decode(bytes, offset).length;
      RC_ASSERT(previous_character(bytes, next) == offset);
      offset = next;
    }
  }));
}

TEST_CASE("encode undoes decode, and to_valid_utf8 makes any bytes valid") {
  CHECK(rc::check("code points come back", [] {
    const auto code_point = static_cast<char32_t>(*rc::gen::inRange(0, 0xD800));
    const std::string bytes = encode(code_point);
    RC_ASSERT(decode(bytes, 0).code_point == code_point);
    RC_ASSERT(decode(bytes, 0).length == bytes.size());
  }));
  CHECK(rc::check("any bytes become valid", [](const std::string& bytes) {
    RC_ASSERT(!find_invalid_utf8(to_valid_utf8(bytes)));
    RC_ASSERT(count_characters(to_valid_utf8(bytes)) == count_characters(bytes));
  }));
}

TEST_CASE("combining marks take no column and wide characters two") {
  CHECK(display_width(U'a') == 1);
  CHECK(display_width(U'£') == 1);
  CHECK(display_width(0x0301) == 0);
  CHECK(display_width(0x4E2D) == 2);
}

TEST_CASE("what would act on a terminal is a control") {
  CHECK(is_control(0));
  CHECK(is_control(0x1B));
  CHECK(is_control(0x7F));
  CHECK(is_control(0x9B));
  CHECK(is_control(0x202E));
  CHECK_FALSE(is_control(U'a'));
  CHECK_FALSE(is_control(U'£'));
}
