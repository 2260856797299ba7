#include <catch2/catch.hpp>

#include "reading.hpp"

using namespace proviso::syntax;
using reading::shape_of_file;

TEST_CASE("library and use") { CHECK(shape_of_file("use a.b\nuse c") == "library x\nuse a.b\nuse c"); }

TEST_CASE("records") {
  CHECK(shape_of_file("record R \"all\" { a number kg/m2 measured valid 12 months ask \"how?\"\n"
                      "b yes/no assume no \"B\" c list of code icd10 d one of x, \"6/9\"\n"
                      "e text check nhs_number f number day date h measured_thing measured }") ==
        "library x\nrecord R|all"
        "\n  a <number|kg/m2|> label= ask=how? measured=true valid=(duration 12 :months) assume=- check="
        "\n  b <yes/no||> label=B ask= measured=false valid=- assume=(no) check="
        "\n  c <list of||<code||icd10>> label= ask= measured=false valid=- assume=- check="
        "\n  d <one of|||x|6/9> label= ask= measured=false valid=- assume=- check="
        "\n  e <text||> label= ask= measured=false valid=- assume=- check=nhs_number"
        "\n  f <number||> label= ask= measured=false valid=- assume=- check="
        "\n  day <date||> label= ask= measured=false valid=- assume=- check="
        "\n  h <name||measured_thing> label= ask= measured=true valid=- assume=- check=");
}

TEST_CASE("types") {
  CHECK(shape_of_file("type t = scale \"6/6\" < b < \"6/12\"") == "library x\ntype t<scale|||6/6|b|6/12>");
  CHECK(shape_of_file("type t = number %") == "library x\ntype t<number|%|>");
  CHECK(shape_of_file("type t = lib.other") == "library x\ntype t<name||lib.other>");
  for (const std::string word : {"money", "percent", "date", "duration", "text", "place", "number"}) {
    CHECK(shape_of_file("type t = " + word) == "library x\ntype t<" + word + "||>");
  }
}

TEST_CASE("code lists") {
  CHECK(shape_of_file("codes a opcs4 { W37.1 L84..L88 except L84.7 L88.1..L88.3 } source \"s\" unverified \"u\"") ==
        "library x\ncodes a opcs4 [source s|] u\n    W37.1.. L84..L88 except L84.7.. L88.1..L88.3");
  CHECK(shape_of_file("codes a opcs4 { from 2019-04-01 { W1 } source \"s\" section \"t\"\n"
                      "in Luton from 2020-04-01 to 2021-03-31 { W2 except W3 } }") ==
        "library x\ncodes a opcs4  "
        "\n   [(date 2019-04-01) to -] W1.. except[source s|t]"
        "\n  Luton [(date 2020-04-01) to (date 2021-03-31)] W2.. except W3..");
  CHECK(shape_of_file("codes a opcs4 { }") == "library x\ncodes a opcs4  \n    except");
}

TEST_CASE("definitions") {
  CHECK(shape_of_file("define a = b\ndefine f(day date; s one of x, y) = day") ==
        "library x\ndefine a() (name b)\ndefine f(day<date||>;s<one of|||x|y>;) (name day)");
}

TEST_CASE("tables") {
  CHECK(shape_of_file("table t(h code hrg; s one of dc, el) -> money from \"t.csv\"") ==
        "library x\ntable t(h<code||hrg>;s<one of|||dc|el>;) <money||> t.csv");
  CHECK(shape_of_file("table t(a number; b yes/no) -> money { 1, yes -> £5 -3, no -> 12p }") ==
        "library x\ntable t(a<number||>;b<yes/no||>;) <money||> "
        "\n  (number 1) (yes) -> (money 5)\n  (negate (number 3)) (no) -> (money 12 :p)");
}

TEST_CASE("thresholds") {
  CHECK(shape_of_file("threshold top: number kg/m2 { may vary from 30 to 45 40 from 2019-04-01\n"
                      "in Luton 35 from 2019-10-01 to 2020-03-31 source \"s\" section \"7\" } unverified \"u\"") ==
        "library x\nthreshold top <number|kg/m2|> vary (number 30) (number 45) u"
        "\n   (number 40) [(date 2019-04-01) to -] "
        "\n  Luton (number 35) [(date 2019-10-01) to (date 2020-03-31)] [source s|7]");
}

TEST_CASE("policies") {
  CHECK(
      shape_of_file(
          "policy p \"P\" on R { category threshold status adopted source \"s\" section \"1\" source \"t\"\n"
          "effective 2019-04-01 to 2021-03-31 dated by a.referred placed by place_of in Luton, BLMK\n"
          "applies when x in xs note \"n\" unverified \"u\"\n"
          "exempt cancer when c \"C\" review when any e in xs\n"
          "approve when all { a \"A\": x <= 3 b: at least 2 of { c: y d: none of { e: z } } f: any { i: h } } \"ok\"\n"
          "otherwise refuse \"no\" }") ==
      "library x\npolicy p|P on R category=threshold status=adopted dated=a.referred placed=place_of "
      "applies=(in (name x) (name xs)) [(date 2019-04-01) to (date 2021-03-31)][source s|1][source t|] in Luton in "
      "BLMK "
      "note n unverified u"
      "\n  exempt exempt cancer (name c) | C"
      "\n  review review  (any $e (name xs)) | "
      "\n  approve approve  {group 1 0 a|A:(compare :<= (name x) (number 3)) b|:{group 3 2 c|:(name y) "
      "d|:{group 4 0 e|:(name z)}} f|:{group 2 0 i|:(name h)}} | ok"
      "\n  otherwise refuse  - | no");
}

TEST_CASE("a line of places behind a comparison is a line of its own") {
  const auto file = reading::read_file("library x\npolicy p on R {\n  applies when a = 3\n  in Luton\n}");
  REQUIRE(file.complaints.empty());
  const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations.at(0));
  REQUIRE(policy.places.size() == 1);
  CHECK(policy.places[0].text == "Luton");
}

TEST_CASE("lines of the head that are given twice are kept apart") {
  const auto file = reading::read_file(
      "library x\npolicy p on R {\n  status draft\n  status adopted\n  dated by a\n  dated by b\n  otherwise "
      "refuse\n}");
  REQUIRE(file.complaints.empty());
  const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations.at(0));
  CHECK(policy.status.text == "draft");
  CHECK(policy.dated_by.text == "a");
  CHECK(policy.repeated.size() == 2);
}

TEST_CASE("words that begin lines are names elsewhere") {
  CHECK(reading::read_file("library x\nrecord R { source text status text note text policy place library text }")
            .complaints.empty());
  CHECK(reading::read_file("library x\ndefine record = policy + threshold").complaints.empty());
}

TEST_CASE("comments are kept, with what stands before them") {
  const auto file = reading::read_file("# top\nlibrary x # behind\n  # alone  \ndefine a = \"# none\"");
  REQUIRE(file.tree.comments.size() == 3);
  CHECK(file.tree.comments[0].text == " top");
  CHECK_FALSE(file.tree.comments[0].trailing);
  CHECK(file.tree.comments[1].text == " behind");
  CHECK(file.tree.comments[1].trailing);
  CHECK(file.tree.comments[2].text == " alone");
  CHECK_FALSE(file.tree.comments[2].trailing);
}
