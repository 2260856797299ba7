#include <catch2/catch.hpp>

#include "reading.hpp"

using namespace proviso::syntax;
using reading::Lines;
using reading::said;
using reading::shape_of_file;

namespace {

/// The lines of a variation, of which the first is line 3.
reading::File read_variation(const std::string& lines) {
  return reading::read_file("library x\nvariation of p in Luton {\n" + lines + "\n}\n");
}

Lines said_in_variation(const std::string& lines) { return read_variation(lines).complaints; }

const VariationDeclaration& variation_of(const reading::File& file) {
  return std::get<VariationDeclaration>(file.tree.declarations.at(0));
}

std::string changes_of(const reading::File& file) {
  std::string changes;
  for (const auto& change : variation_of(file).changes) changes += change.word + ' ' + change.name.text + '\n';
  return changes;
}

}  // namespace

TEST_CASE("places") {
  CHECK(shape_of_file("places { England { BLMK \"Bedfordshire, Luton and Milton Keynes\" { Luton ods:06P\n"
                      "MiltonKeynes ods:04F ods:M1J4Y } Leicestershire ods:QK1 { } } Wales }") ==
        "library x\nplaces England|{ BLMK|Bedfordshire, Luton and Milton Keynes{ Luton|=06P{} "
        "MiltonKeynes|=04F=M1J4Y{}} Leicestershire|=QK1{}} Wales|{}");
  CHECK(shape_of_file("places { }") == "library x\nplaces");
  const auto file = reading::read_file("library x\nplaces { Luton ods:06P }");
  const auto& place = std::get<PlacesDeclaration>(file.tree.declarations.at(0)).places.at(0);
  CHECK(place.ods.at(0).span.begin == 25);
  CHECK(place.ods.at(0).span.end == 32);
}

TEST_CASE("places: what is wrong with them") {
  const auto file = reading::read_file("library x\nplaces { Luton icd10:I83 ods:06P }");
  CHECK(file.complaints == Lines{"2:16 P0101 expected a code of `ods`, found `icd10:I83`"});
  CHECK(file.diagnostics[0].help == "a place is known by its ODS codes, such as `ods:06P`");
  CHECK(std::get<PlacesDeclaration>(file.tree.declarations.at(0)).places.at(0).ods.size() == 1);
  CHECK(said("places {\n  A ods:06P, ods:04F\n  B\n  code ods:06P\n  C { D \"d\" \"e\" }\n}") ==
        Lines{"3:12 P0101 expected a place, found `,`",
              "5:3 P0106 `code` is a word of the language, and cannot be a name",
              "6:13 P0101 expected a place, found `\"e\"`"});
  CHECK(said("places {\n  A {\n    B\n\ndefine a = 1\n") ==
        Lines{"4:6 P0103 block is not closed: expected `}`, found `define`"});
}

TEST_CASE("places nest up to the limit") {
  const auto nest = [](std::size_t depth) {
    std::string text = "library x\nplaces { ";
    for (std::size_t i = 0; i < depth; ++i) text += "A { ";
    for (std::size_t i = 0; i < depth; ++i) text += "} ";
    return reading::read_file(text + "}\ndefine a = 1");
  };
  CHECK(nest(nesting_limit).complaints.empty());
  for (const std::size_t depth : {nesting_limit + 1, std::size_t{10'000}}) {
    const auto file = nest(depth);
    REQUIRE(file.complaints.size() == 1);
    CHECK(file.complaints[0].find(" P0107 nested more than 128 levels deep") != std::string::npos);
    CHECK(file.tree.declarations.size() == 2);
  }
}

TEST_CASE("hooks") {
  CHECK(shape_of_file("hook luton.smoking(status one of never, ex, current; quit date) -> yes/no\n"
                      "  from \"hooks/luton.lua\"") ==
        "library x\nhook luton.smoking(status<one of|||never|ex|current>;quit<date||>;) <yes/no||> tendency= "
        "hooks/luton.lua");
  CHECK(shape_of_file("hook a() -> number kg/m2 may only tighten from \"a.lua\"") ==
        "library x\nhook a() <number|kg/m2|> tendency=tighten a.lua");
  CHECK(shape_of_file("hook a(b t) -> one of c, may may only loosen from \"a.lua\"") ==
        "library x\nhook a(b<name||t>;) <one of|||c|may> tendency=loosen a.lua");
}

TEST_CASE("hooks: what is wrong with them") {
  CHECK(said("hook a -> yes/no from \"a.lua\"") ==
        Lines{"2:8 P0101 expected `(` and the hook's parameters, found `->`"});
  CHECK(said("hook a(first date) -> yes/no from \"a.lua\"") ==
        Lines{"2:8 P0106 `first` is a word of the language, and cannot be a name"});
  CHECK(said("hook a() -> yes/no may tighten from \"a.lua\"") == Lines{"2:24 P0101 expected `only`, found `tighten`"});
  CHECK(said("hook a() -> yes/no may only widen from \"a.lua\"") ==
        Lines{"2:29 P0101 expected `tighten` or `loosen`, found `widen`"});
  CHECK(said("hook a() -> yes/no\ndefine b = 1") ==
        Lines{"2:19 P0101 expected `from` and the hook's file, found `define`"});
}

TEST_CASE("a hook is called like a definition, and `hook` may be a name") {
  using reading::shape_of;
  CHECK(shape_of("hook luton.smoking(a, b + 1; c)") ==
        "(hook luton.smoking (name a) (add (name b) (number 1)) (name c))");
  CHECK(shape_of("hook f()") == "(hook f)");
  CHECK(shape_of("hook f (a) = 1 and not hook h()") ==
        "(conjunction (compare := (hook f (name a)) (number 1)) (negation (hook h)))");
  CHECK(shape_of("hook") == "(name hook)");
  CHECK(shape_of("hook + 1") == "(add (name hook) (number 1))");
  CHECK(shape_of("hook(a)") == "(call hook (name a))");
  CHECK(shape_of("hook.f(a)") == "(call hook.f (name a))");
  CHECK(shape_of("hook luton.smoking") == "1:19 P0101 expected `(`, found the end of the file");
  CHECK(shape_of("hook f(a") == "1:9 P0101 expected `)`, found the end of the file");
  CHECK(shape_of_file("policy p on R { approve when all { a: hook b: hook c \"C\": hook\n d(e) } }") ==
        "library x\npolicy p| on R category= status= dated= placed= applies=- "
        "\n  approve approve  {group 1 0 a|:(name hook) b|:(name hook) c|C:(hook d (name e))} | ");
}

TEST_CASE("thresholds that places may vary") {
  CHECK(shape_of_file(
            "threshold t: one of a, b { may vary a from 2019-04-01 in Luton b from 2020-04-01 source \"s\" }") ==
        "library x\nthreshold t <one of|||a|b> vary - - "
        "\n   (name a) [(date 2019-04-01) to -] "
        "\n  Luton (name b) [(date 2020-04-01) to -] [source s|]");
  CHECK(said("threshold t: number { may vary\n may vary from 1 to 2 }") ==
        Lines{"3:2 P0101 `may vary` stands once, on the first line of the threshold"});
  const auto file = reading::read_file("library x\nthreshold t: number { may vary from 1 to 2 }");
  const auto& threshold = std::get<ThresholdDeclaration>(file.tree.declarations.at(0));
  REQUIRE(threshold.may_vary);
  CHECK(threshold.may_vary->begin == 32);
  CHECK(threshold.may_vary->end == 52);
}

TEST_CASE("variations") {
  CHECK(shape_of_file("variation of lib.hip_replacement in Luton {\n"
                      "  from 2019-10-01 to 2020-03-31\n"
                      "  source \"Governing body\" section \"7.3\" source \"t\"\n"
                      "  replace smoke_free \"Smoke-free\": hook luton.smoking(a) or b\n"
                      "  add shared_decision \"Shared\": all { c: d } to severe\n"
                      "  add e: years from f to i to h\n"
                      "  add i: j\n"
                      "  remove conservative\n"
                      "  replace exempt cancer when k \"sentence\"\n"
                      "  add refuse r when any { v \"V\": n } \"no\"\n"
                      "  replace review o when q\n"
                      "  category prior_approval omit policy\n"
                      "  must not be looser than England\n"
                      "  must not be looser than BLMK\n"
                      "  note \"n\" unverified \"u\" }") ==
        "library x\nvariation lib.hip_replacement in Luton [(date 2019-10-01) to (date 2020-03-31)]"
        "[source Governing body|7.3][source t|] than England than BLMK note n unverified u"
        "\n  replace  smoke_free|Smoke-free to= category= (disjunction (hook luton.smoking (name a)) (name b))"
        "\n  add  shared_decision|Shared to=severe category= {group 1 0 c|:(name d)}"
        "\n  add  e| to=h category= (elapsed :years (name f) (name i))"
        "\n  add  i| to= category= (name j)"
        "\n  remove  conservative| to= category= -"
        "\n  replace exempt cancer|sentence to= category= (name k)"
        "\n  add refuse r|no to= category= {group 2 0 v|V:(name n)}"
        "\n  replace review o| to= category= (name q)"
        "\n  category  | to= category=prior_approval -"
        "\n  omit  | to= category= -");
  CHECK(shape_of_file("variation of p in Luton { }") == "library x\nvariation p in Luton -");
}

TEST_CASE("variations: criteria may bear the words of clauses") {
  CHECK(changes_of(
            read_variation("replace exempt \"E\": a\nadd review: b\nremove refuse\nadd add: remove\nadd to_: c")) ==
        "replace exempt\nadd review\nremove refuse\nadd add\nadd to_\n");
  CHECK(
      said_in_variation("replace exempt \"E\": a\nadd review: b\nremove refuse\nadd add: remove\nadd to_: c").empty());
}

TEST_CASE("variations: lines given twice are kept apart") {
  const auto file = read_variation(
      "from 2019-10-01\ncategory threshold\nomit policy\nfrom 2020-10-01\ncategory notice\nomit policy\nremove "
      "a\nremove a");
  REQUIRE(file.complaints.empty());
  const auto& variation = variation_of(file);
  CHECK(variation.repeated.size() == 3);
  CHECK(file.tree.expression(variation.period->first).text == "2019-10-01");
  CHECK(changes_of(file) == "category \nomit \nremove a\nremove a\n");
  CHECK(variation.changes[0].category.text == "threshold");
}

TEST_CASE("variations: a mistake in one line leaves the others alone") {
  const auto file = read_variation(
      "  from 2019-10-1\n"
      "  source \"s\" section 3\n"
      "  replace a \"A\" b = 1\n"
      "  remove b\n"
      "  replce c: d\n"
      "  replace exempt when e\n"
      "  add f: all {\n    h: = 1\n    i: j\n  }\n"
      "  add refuse j \"no\"\n"
      "  omit hip\n"
      "  must be looser than England\n"
      "  remove k\n"
      "  effective 2019-10-01\n"
      "  replace first: a\n"
      "  replace b 1\n"
      "  category threshold");
  CHECK(file.complaints ==
        Lines{"3:8 P0101 expected a date such as `2019-04-01`, found `2019`",
              "4:22 P0101 expected a text in quotes, found `3`",
              "5:17 P0101 expected `:` after the criterion's name and label, found `b`",
              "7:3 P0101 expected a line of the variation, found `replce`",
              "8:18 P0101 expected the name of a clause, found `when`", "10:8 P0101 expected a condition, found `=`",
              "13:16 P0101 expected `when`, found `\"no\"`", "14:8 P0101 expected `policy`, found `hip`",
              "15:8 P0101 expected `not`, found `be`", "17:3 P0101 expected a line of the variation, found `effective`",
              "18:11 P0106 `first` is a word of the language, and cannot be a name",
              "19:13 P0101 expected `:` after the criterion's name and label, found `1`"});
  REQUIRE(file.diagnostics.size() == 12);
  CHECK(file.diagnostics[3].help == "did you mean `replace`?");
  CHECK(file.diagnostics[9].help == "a variation holds `from` its first day");
  CHECK(changes_of(file) == "remove b\nadd f\nremove k\ncategory \n");
}

TEST_CASE("variations: one left open ends before the next declaration") {
  const auto file = reading::read_file(
      "library x\nvariation of p in Luton {\n  from 2019-10-01\n  remove a\n\nvariation of p in Bedford {\n  remove "
      "b\n}\n");
  CHECK(file.complaints == Lines{"4:11 P0103 block is not closed: expected `}`, found `variation`"});
  CHECK(file.tree.declarations.size() == 2);
  const auto indented = reading::read_file(
      "library x\n  variation of p in Luton {\n    remove a\n  variation of p in Bedford {\n    remove b\n  }\n");
  CHECK(indented.complaints == Lines{"3:13 P0103 block is not closed: expected `}`, found `variation`"});
  CHECK(indented.tree.declarations.size() == 2);
}

TEST_CASE("variations: a group left open ends before the next change") {
  const auto file = read_variation("  from 2019-10-01\n  add a: all {\n    b: c\n  remove d\n  add e: f");
  CHECK(file.complaints == Lines{"5:9 P0103 block is not closed: expected `}`, found `remove`"});
  CHECK(changes_of(file) == "add a\nremove d\nadd e\n");
}

TEST_CASE("variations: what belongs to their head") {
  CHECK(said("variation p in Luton { }") == Lines{"2:11 P0101 expected `of`, found `p`"});
  CHECK(said("variation of p { }") == Lines{"2:16 P0101 expected `in`, found `{`"});
  CHECK(said("variation of p in { }") == Lines{"2:19 P0101 expected a name, found `{`"});
}
