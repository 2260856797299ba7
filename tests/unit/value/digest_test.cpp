#include <catch2/catch.hpp>

#include "value/digest.hpp"

using namespace proviso::value;

TEST_CASE("a text has the digest that other tools work out") {
  // FIPS 180-2, appendix B.1.
  CHECK(sha256("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("fields are digested with their lengths, so that moving a letter from one to the next is seen") {
  const auto of = [](std::string_view first, std::string_view second) {
    Digester digester;
    digester.add_field(first);
    digester.add_field(second);
    return spelling(digester.finish());
  };
  CHECK(of("ab", "c") == sha256("2:ab1:c"));
  CHECK(of("ab", "c") != of("a", "bc"));
  std::string fields;
  append_field(fields, "ab");
  append_field(fields, "");
  CHECK(fields == "2:ab0:");
}

TEST_CASE("a digester begins anew after each digest") {
  Digester digester;
  digester.add("something else");
  digester.finish();
  digester.add("ab");
  digester.add("c");
  CHECK(spelling(digester.finish()) == sha256("abc"));
}

TEST_CASE("bytes are spelled as two small hexadecimal digits each") {
  CHECK(hexadecimal(std::string_view("\x00\x0a\xff", 3)) == "000aff");
}
