#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <random>

#include "../../seed.hpp"
#include "../../tries.hpp"
#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

// A name that is taken already is refused, and what was refused is nowhere asked for what it holds.

namespace {

/// A declaration of each kind of that name, the records with a fact that no other has.
std::vector<std::string> declarations_of(const std::string& name) {
  return {
      "record " + name + " { referred date  n number }",
      "record " + name + " { x number }",
      "type " + name + " = one of a, b",
      "codes " + name + " opcs4 { W37 }",
      "define " + name + " = n > 1",
      "table " + name + "(key number) -> number { 1 -> 2 }",
      "threshold " + name + ": number { 5 from 2019-01-01 }",
      "hook " + name + "(n number) -> yes/no from \"none.lua\"",
  };
}

/// What goes through all that is declared.
const std::string users =
    "define f = n > 1\n"
    "define g = x > 1\n"
    "record Whole { part E  parts list of E }\n"
    "relate others on E: e where e.n = n within 3 months\n"
    "policy p \"P\" on E {\n  source \"Paper\"\n  effective 2019-04-01\n  dated by referred\n"
    "  approve when f and g\n  otherwise refuse \"No\"\n}\n"
    "scenario \"S\" of p {\n  given { n = 3 }\n  expect approve\n}\n";

bool says_duplicate(const Codes& codes) { return std::find(codes.begin(), codes.end(), "P0202") != codes.end(); }

}  // namespace

TEST_CASE("a definition that reads what only a refused record has finds no such fact") {
  const auto checked = check_text("library a\nrecord E { x number }\nrecord E { n number }\ndefine f = n > 1\n");
  CHECK(checked.codes() == Codes{"P0202"});
}

TEST_CASE("a record whose name is taken is refused whatever took it") {
  for (const auto& first : declarations_of("E")) {
    for (const auto& second : declarations_of("E")) {
      const std::string text = "library a\n" + first + "\n" + second + "\n" + users;
      INFO(text);
      CHECK(says_duplicate(check_text(text).codes()));
    }
  }
}

TEST_CASE("whatever declarations stand together, checking them ends") {
  const auto seed = random_seed();
  std::cerr << "seed of the declarations: " << seed << '\n';
  std::mt19937_64 random(seed);
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  for (int round = 0; round < tries(400); ++round) {
    std::string text = "library a\n";
    bool taken = false;
    std::vector<std::string> names;
    for (std::size_t i = 0, count = 2 + below(6); i < count; ++i) {
      const std::string name = std::vector<std::string>{"E", "n", "x", "f"}[below(4)];
      const auto all = declarations_of(name);
      text += all[below(all.size())] + '\n';
      taken = taken || name == "f" || std::find(names.begin(), names.end(), name) != names.end();
      names.push_back(name);
    }
    text += users;
    INFO("seed " << seed << ", round " << round << '\n' << text);
    CHECK(says_duplicate(check_text(text).codes()) == taken);
  }
}
