#include "service/register/authorisation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace proviso::service;

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view form = "PA-XXXXX-XXXXX-XXXXX-XXXXX";

std::string tidied(std::string_view typed) {
  bool slipped = false;
  return tidy_code(typed, slipped);
}

/// Where the digits of a code stand.
std::vector<std::size_t> digit_places() {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == 'X') places.push_back(i);
  }
  return places;
}

/// Why it is no code: `slip`, `form`; empty where it is one.
std::string wrong(std::string_view typed) {
  bool slipped = false;
  if (!tidy_code(typed, slipped).empty()) return slipped ? "both" : "";
  return slipped ? "slip" : "form";
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

}  // namespace

TEST_CASE("an authorisation is withdrawn before it is used up, and used up before it is expired") {
  using State = Authorisation::State;
  Authorisation given;
  given.valid_from = "2026-11-01";
  given.valid_to = "2026-11-30";
  given.uses = 2;
  CHECK(given.state("2026-11-01") == State::valid);
  CHECK(given.state("2026-11-30") == State::valid);
  CHECK(given.state("2026-12-01") == State::expired);
  given.used = 1;
  CHECK(given.state("2026-11-30") == State::valid);
  given.used = 2;
  CHECK(given.state("2026-11-30") == State::used);
  CHECK(given.state("2026-12-01") == State::used);
  given.withdrawn = true;
  CHECK(given.state("2026-11-30") == State::withdrawn);
  CHECK(given.state("2026-12-01") == State::withdrawn);
}

TEST_CASE("an authorisation without a last day does not expire") {
  CHECK(Authorisation().state("9999-12-31") == Authorisation::State::valid);
}

TEST_CASE("states and events are spelt") {
  CHECK(spelling(Authorisation::State::valid) == "valid");
  CHECK(spelling(Authorisation::State::used) == "used");
  CHECK(spelling(Authorisation::State::expired) == "expired");
  CHECK(spelling(Authorisation::State::withdrawn) == "withdrawn");
  CHECK(spelling(AuthorisationEvent::Kind::issued) == "issued");
  CHECK(spelling(AuthorisationEvent::Kind::used) == "used");
  CHECK(spelling(AuthorisationEvent::Kind::withdrawn) == "withdrawn");
}

TEST_CASE("a new code has its form, uses every character, and is never the one before") {
  std::set<std::string> codes;
  std::set<char> first;
  for (int i = 0; i < 20000; ++i) {
    const std::string code = new_code();
    REQUIRE(code.size() == form.size());
    for (std::size_t at = 0; at < form.size(); ++at) {
      REQUIRE((form[at] == 'X' ? alphabet.find(code[at]) != std::string_view::npos : code[at] == form[at]));
    }
    REQUIRE(tidied(code) == code);
    first.insert(code[3]);
    codes.insert(code);
  }
  CHECK(codes.size() == 20000);
  CHECK(first.size() == alphabet.size());
}

TEST_CASE("every slip of one character shows, wherever it is") {
  for (int i = 0; i < 50; ++i) {
    const std::string code = new_code();
    INFO(code);
    for (const std::size_t place : digit_places()) {
      for (const char other : alphabet) {
        std::string slip = code;
        slip[place] = other;
        REQUIRE(wrong(slip) == (other == code[place] ? "" : "slip"));
      }
    }
  }
}

TEST_CASE("every exchange of two characters shows, side by side or further apart") {
  for (int i = 0; i < 50; ++i) {
    const std::string code = new_code();
    INFO(code);
    const auto places = digit_places();
    for (std::size_t first = 0; first < places.size(); ++first) {
      for (std::size_t second = first + 1; second < places.size(); ++second) {
        std::string exchanged = code;
        std::swap(exchanged[places[first]], exchanged[places[second]]);
        REQUIRE(wrong(exchanged) == (exchanged == code ? "" : "slip"));
      }
    }
  }
}

TEST_CASE("a character too many or too few is no code, and no slip of one character") {
  const std::string code = new_code();
  CHECK(wrong(code.substr(0, code.size() - 1)) == "form");
  CHECK(wrong(code + "0") == "form");
  CHECK(wrong("") == "form");
  CHECK(wrong("PA-") == "form");
  CHECK(wrong("PB" + code.substr(2)) == "form");
  CHECK(wrong(replaced(code, "-", "*")) == "form");
  CHECK(wrong(std::string(100000, '0')) == "form");
  CHECK(wrong(std::string_view("PA-\0\0\0\0\0-00000-00000-00000", 26)) == "form");
}

TEST_CASE("a code is found in what people type") {
  const std::string code = new_code();
  std::string small = code;
  std::transform(small.begin(), small.end(), small.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  CHECK(tidied(small) == code);
  CHECK(tidied(replaced(code, "-", "")) == code);
  CHECK(tidied(replaced(code, "-", " ")) == code);
  CHECK(tidied(" " + replaced(code, "-", " - ") + "\r\n") == code);
  CHECK(tidied(code.substr(3)) == code);
  CHECK(tidied(replaced(code, "-", "\u2013")) == code);
  CHECK(tidied(replaced(code, "-", "\u00a0")) == code);
}

TEST_CASE("look-alikes are taken for what they must be") {
  int tried = 0;
  while (tried < 40) {
    const std::string code = new_code();
    const std::string digits = code.substr(3);
    if (digits.find_first_of("01V") == std::string::npos) continue;
    ++tried;
    INFO(code);
    CHECK(tidied("PA-" + replaced(digits, "0", "O")) == code);
    CHECK(tidied("pa-" + replaced(digits, "0", "o")) == code);
    CHECK(tidied("PA-" + replaced(digits, "1", "I")) == code);
    CHECK(tidied("PA-" + replaced(digits, "1", "l")) == code);
    CHECK(tidied("PA-" + replaced(digits, "V", "U")) == code);
  }
}
