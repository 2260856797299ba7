#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "text/render.hpp"
#include "text/utf8.hpp"

using namespace proviso::text;

namespace {

struct Given {
  Sources sources;
  Diagnostics diagnostics;

  Given() {
    sources.add("po licy/£.policy", "£ bmmi\n");
    Diagnostic& unknown = diagnostics.add(Code::unknown_name, {0, 3, 7}, "unknown name `bmmi`");
    unknown.notes.push_back({"the sign is here", Span{0, 0, 2}});
    unknown.notes.push_back({"said in general", std::nullopt});
    unknown.help = "did you mean `bmi`?";
    diagnostics.add(Code::no_source, {0, 3, 8}, "no source");
  }
};

}  // namespace

TEST_CASE("json holds each diagnostic with its places in characters") {
  const Given given;
  CHECK(render(given.diagnostics, given.sources, Format::json) == R"({
  "diagnostics": [
    {
      "code": "P0201",
      "severity": "error",
      "title": "unknown name",
      "file": "po licy/£.policy",
      "line": 1,
      "column": 3,
      "end_line": 1,
      "end_column": 7,
      "message": "unknown name `bmmi`",
      "notes": [
        {
          "message": "the sign is here",
          "file": "po licy/£.policy",
          "line": 1,
          "column": 1
        },
        {
          "message": "said in general"
        }
      ],
      "help": "did you mean `bmi`?"
    },
    {
      "code": "P0509",
      "severity": "warning",
      "title": "policy without a source",
      "file": "po licy/£.policy",
      "line": 1,
      "column": 3,
      "end_line": 2,
      "end_column": 1,
      "message": "no source",
      "notes": [],
      "help": null
    }
  ],
  "errors": 1,
  "warnings": 1
}
)");
}

TEST_CASE("json of nothing is an object all the same") {
  CHECK(nlohmann::json::parse(render({}, {}, Format::json)) ==
        nlohmann::json::parse(R"({"diagnostics": [], "errors": 0, "warnings": 0})"));
}

TEST_CASE("sarif has the rules, the results and their regions") {
  const Given given;
  const auto document = nlohmann::json::parse(render(given.diagnostics, given.sources, Format::sarif));
  CHECK(document["version"] == "2.1.0");
  REQUIRE(document["runs"].size() == 1);
  const auto& run = document["runs"][0];
  CHECK(run["columnKind"] == "unicodeCodePoints");
  const auto& driver = run["tool"]["driver"];
  CHECK(driver["name"] == "proviso");
  REQUIRE(driver["rules"].size() == 2);
  CHECK(driver["rules"][0]["id"] == "P0201");
  CHECK(driver["rules"][0]["name"] == "UnknownName");
  CHECK(driver["rules"][0]["shortDescription"]["text"] == "unknown name");
  CHECK(driver["rules"][1]["defaultConfiguration"]["level"] == "warning");
  REQUIRE(run["results"].size() == 2);
  const auto& result = run["results"][0];
  CHECK(result["ruleId"] == "P0201");
  CHECK(result["ruleIndex"] == 0);
  CHECK(result["level"] == "error");
  CHECK(result["message"]["text"] == "unknown name `bmmi`\nnote: said in general\nhelp: did you mean `bmi`?");
  CHECK(result["locations"][0]["physicalLocation"] == nlohmann::json::parse(R"({
    "artifactLocation": {"uri": "po%20licy/%C2%A3.policy"},
    "region": {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 7}})"));
  REQUIRE(result["relatedLocations"].size() == 1);
  CHECK(result["relatedLocations"][0]["message"]["text"] == "the sign is here");
  CHECK(run["results"][1]["ruleIndex"] == 1);
  CHECK_FALSE(run["results"][1].contains("relatedLocations"));
}

TEST_CASE("an absolute path is a file URI") {
  Sources sources;
  sources.add("/a/b.policy", "x");
  Diagnostics diagnostics;
  diagnostics.add(Code::syntax, {0, 0, 1}, "m");
  const auto document = nlohmann::json::parse(render(diagnostics, sources, Format::sarif));
  CHECK(document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "file:///a/b.policy");
}

TEST_CASE("whatever the bytes and the spans, every format is valid UTF-8 and the same each time") {
  CHECK(rc::check([](const std::string& content, const std::string& message, std::uint8_t begin, std::uint8_t end) {
    Sources sources;
    sources.add(message, content);
    Diagnostics diagnostics;
    Diagnostic& added = diagnostics.add(Code::syntax, {0, begin, end}, message);
    added.notes.push_back({message, Span{0, end, begin}});
    added.help = message;
    for (const Format format : {Format::text, Format::plain, Format::json, Format::sarif}) {
      const std::string rendered = render(diagnostics, sources, format);
      RC_ASSERT(!find_invalid_utf8(rendered));
      RC_ASSERT(rendered == render(diagnostics, sources, format));
      if (format == Format::json || format == Format::sarif) RC_ASSERT(nlohmann::json::accept(rendered));
    }
  }));
}
