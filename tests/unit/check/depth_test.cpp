#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support.hpp"

using namespace proviso::check;

namespace {

std::string numbered(const std::string& name, std::size_t number) {
  const std::string digits = std::to_string(number);
  return name + std::string(6 - digits.size(), '0') + digits;
}

std::string policy_with(const std::string& criteria) {
  return "record Referral {\n  referred date\n  score number\n}\n"
         "policy p \"P\" on Referral {\n  source \"S\"\n  effective 2019-04-01\n  dated by referred\n"
         "  approve when all {\n" +
         criteria + "  }\n  otherwise refuse \"no\"\n}\n";
}

std::string criterion_reading(std::size_t definition) {
  return numbered("    c", definition) + " \"C\": " + numbered("d", definition) + " > 3\n";
}

/// Definitions each of which uses the next; the criteria read one in so many, the last first.
std::string definition_chain(std::size_t count, std::size_t step) {
  std::string text = "library example\n";
  for (std::size_t i = 0; i < count; ++i) {
    text += "define " + numbered("d", i) + " = " + numbered("d", i + 1) + " + 1\n";
  }
  text += "define " + numbered("d", count) + " = score\n";
  std::string criteria;
  for (std::size_t i = count; i > 0; i -= std::min(i, step)) criteria += criterion_reading(i);
  return text + policy_with(criteria + criterion_reading(0));
}

std::string type_chain(std::size_t count) {
  std::string text = "library example\n";
  for (std::size_t i = 0; i < count; ++i) text += "type " + numbered("t", i) + " = " + numbered("t", i + 1) + '\n';
  return text + "type " + numbered("t", count) + " = one of a, b\nrecord R {\n  a " + numbered("t", 0) + "\n}\n";
}

std::string record_chain(std::size_t count) {
  std::string text = "library example\n";
  for (std::size_t i = 1; i < count; ++i) {
    text += "record " + numbered("R", i) + " {\n  a " + numbered("R", i + 1) + "\n  b number\n}\n";
  }
  return text + "record " + numbered("R", count) + " {\n  b number\n}\n";
}

/// The first message, with its code.
std::string said(const std::string& text) {
  const Checked checked = check_text(text);
  return checked.codes().empty() ? "" : checked.codes().front() + ' ' + checked.first_message();
}

}  // namespace

TEST_CASE("definitions that use each other are followed as far as people go, and no further than the stack holds") {
  const std::string too_deep = "P0107 definitions inside definitions make this too deep to check";
  CHECK(said(definition_chain(700, 1000)).empty());
  CHECK(said(definition_chain(800, 1000)) == too_deep);
  CHECK(said(definition_chain(20'000, 100'000)) == too_deep);
}

TEST_CASE("definitions that were checked one by one before are no deeper together than the stack holds") {
  const std::string too_deep = "P0107 definitions inside definitions make this too deep to check";
  CHECK(said(definition_chain(1'900, 250)).empty());
  CHECK(said(definition_chain(20'000, 250)) == too_deep);
}

TEST_CASE("types that name each other are followed as far as people go, and no further than the stack holds") {
  CHECK(said(type_chain(500)).empty());
  CHECK(said(type_chain(501)) == "P0107 more than 500 types are each another name of the next");
  CHECK(said(type_chain(50'000)) == "P0107 more than 500 types are each another name of the next");
}

TEST_CASE("records stand inside each other as deep as people nest them, and no deeper than the stack holds") {
  CHECK(said(record_chain(128)).empty());
  CHECK(said(record_chain(129)) == "P0107 more than 128 records stand inside each other");
  CHECK(said(record_chain(12'000)) == "P0107 more than 128 records stand inside each other");
}
