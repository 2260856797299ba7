#include <catch2/catch.hpp>

#include "reading.hpp"

using namespace proviso::syntax;
using reading::shape_of_file;

namespace {

/// The clauses of a payment that has nothing else.
std::string clauses(const std::string& lines) {
  const auto shape = shape_of_file("payment p on R {\n" + lines + "\n}");
  const auto first = shape.find("\n  ");
  return first == std::string::npos ? shape : shape.substr(first + 1);
}

}  // namespace

TEST_CASE("a payment is a policy that says so") {
  CHECK(shape_of_file(
            "payment p \"P\" on Activity {\n  source \"S\" section \"1\"\n  effective 2018-04-01\n"
            "  dated by started\n  in SouthSefton, SouthportFormby\n"
            "  applies when a and not b\n  pay in full when authorised \"yes\"\n  otherwise withhold must\n}") ==
        "library x\npayment p|P on Activity category= status= dated=started placed= "
        "applies=(conjunction (name a) (negation (name b))) [(date 2018-04-01) to -][source S|1]"
        " in SouthSefton in SouthportFormby"
        "\n  pay pay [pay in full]  (name authorised) | yes"
        "\n  otherwise withhold [withhold must]  - | ");
}

TEST_CASE("every outcome of a payment, with and without a name") {
  CHECK(clauses("pay in full when a") == "  pay pay [pay in full]  (name a) | ");
  CHECK(clauses("pay in full b when a \"s\"") == "  pay pay [pay in full] b (name a) | s");
  CHECK(clauses("pay £0 when a") == "  pay pay [pay (money 0)]  (name a) | ");
  CHECK(clauses("pay tariff(hrg) * 50% half_rate when a") ==
        "  pay pay [pay (multiply (call tariff (name hrg)) (percent 50))] half_rate (name a) | ");
  CHECK(clauses("pay if a then b else c when d") ==
        "  pay pay [pay (conditional (name a) (name b) (name c))]  (name d) | ");
  CHECK(clauses("adjust to minimum of a, b capped when c") ==
        "  adjust adjust [adjust to (minimum_of (name a) (name b))] capped (name c) | ");
  CHECK(clauses("recount as hrg:RD01A when a") == "  recount recount [recount as (code RD01A :hrg)]  (name a) | ");
  CHECK(clauses("recount as first_hrg pay tariff(first_hrg) same_day when a \"s\"") ==
        "  recount recount [recount as (name first_hrg) (call tariff (name first_hrg))] same_day (name a) | s");
  for (const std::string strength : {"must", "may", "none", "risk"}) {
    CHECK(clauses("withhold " + strength + " when a") ==
          "  withhold withhold [withhold " + strength + "]  (name a) | ");
    CHECK(clauses("withhold " + strength + " late when a") ==
          "  withhold withhold [withhold " + strength + "] late (name a) | ");
  }
  CHECK(clauses("query when a") == "  query query [query]  (name a) | ");
  CHECK(clauses("query who when any { b: c }") == "  query query [query] who {group 2 0 b|:(name c)} | ");
  CHECK(clauses("exempt emergency when a \"s\"") == "  exempt exempt emergency (name a) | s");
  CHECK(clauses("otherwise pay £5 \"s\"") == "  otherwise pay [pay (money 5)]  - | s");
  CHECK(clauses("otherwise pay in full") == "  otherwise pay [pay in full]  - | ");
  CHECK(clauses("otherwise adjust to x") == "  otherwise adjust [adjust to (name x)]  - | ");
  CHECK(clauses("otherwise recount as x pay y") == "  otherwise recount [recount as (name x) (name y)]  - | ");
  CHECK(clauses("otherwise query \"s\"") == "  otherwise query [query]  - | s");
  CHECK(clauses("otherwise exempt") == "  otherwise exempt  - | ");
}

TEST_CASE("clauses of policies and of payments are read in both, for the checker to say which belong") {
  CHECK(clauses("approve a when b\notherwise refuse") == "  approve approve a (name b) | \n  otherwise refuse  - | ");
  const auto file = reading::read_file("library x\npolicy p on R {\n  pay £0 when a\n  otherwise withhold must\n}");
  CHECK(file.complaints.empty());
  const auto& policy = std::get<PolicyDeclaration>(file.tree.declarations.at(0));
  CHECK_FALSE(policy.payment);
  CHECK(policy.clauses.at(0).payment->word == "pay");
  CHECK(policy.clauses.at(1).payment->strength.text == "must");
}

TEST_CASE("an outcome at the start of a line is no clause's name") {
  CHECK(clauses("pay £0\nquery when a") == "3:7 P0101 expected `when`, found `query`");
}

TEST_CASE("relations: to lines of the same record and to another") {
  CHECK(shape_of_file("relate earlier_spells on Activity: e where e.patient.nhs_number = patient.nhs_number and\n"
                      "  e.discharged within 30 days before admitted") ==
        "library x\nrelate earlier_spells on Activity: e in  where (conjunction "
        "(compare := (name e.patient.nhs_number) (name patient.nhs_number)) "
        "(within :before (name e.discharged) (duration 30 :days) (name admitted)))");
  CHECK(
      shape_of_file(
          "relate authorisations on Activity: a in Authorisation where a.number_given = authorisation\ndefine b = 1") ==
      "library x\nrelate authorisations on Activity: a in Authorisation where "
      "(compare := (name a.number_given) (name authorisation))\ndefine b() (number 1)");
}

TEST_CASE("groups: with an order and without") {
  CHECK(shape_of_file(
            "group same_day_scans on Activity by patient.nhs_number, provider, started, modality ordered by id") ==
        "library x\ngroup same_day_scans on Activity by patient.nhs_number by provider by started by modality ordered "
        "id");
  CHECK(shape_of_file("group few on R by a ordered by b, c.d\ngroup many on R by e") ==
        "library x\ngroup few on R by a ordered b ordered c.d\ngroup many on R by e");
}

TEST_CASE("rank in a group, and a fact that is called rank") {
  CHECK(reading::shape_of("rank in same_day_scans > 1") == "(compare :> (rank same_day_scans) (number 1))");
  CHECK(reading::shape_of("2 + rank in few") == "(add (number 2) (rank few))");
  CHECK(reading::shape_of("rank > 1") == "(compare :> (name rank) (number 1))");
  CHECK(reading::shape_of("rank in { 1, 2 }") == "(in (name rank) (set (number 1) (number 2)))");
  CHECK(reading::shape_of("(rank) in few") == "(in (name rank) (name few))");
  CHECK(reading::shape_of("rank\nin few") == "(rank few)");
  CHECK(reading::shape_of("rank in # the group\n few > 1") == "(compare :> (rank few) (number 1))");
  CHECK(reading::shape_of("any rank in ranks where rank > 1") ==
        "(any $rank? (name ranks) (compare :> (name rank) (number 1)))");
  const auto lone = reading::read_expression("rank in same_day_scans");
  CHECK(lone.tree.expression(lone.root).span.end == 22);
  CHECK(lone.tree.expression(lone.root).mark.begin == 8);
}

TEST_CASE("the price of a record, and a field that is called price") {
  CHECK(shape_of_file("record R { charge money price \"asked\" quantity number }") ==
        "library x\nrecord R|"
        "\n  charge <money||> label=asked ask= measured=false valid=- assume=- check= price"
        "\n  quantity <number||> label= ask= measured=false valid=- assume=- check=");
  CHECK(shape_of_file("record R {\n  charge money\n  price money\n}") ==
        "library x\nrecord R|"
        "\n  charge <money||> label= ask= measured=false valid=- assume=- check="
        "\n  price <money||> label= ask= measured=false valid=- assume=- check=");
  CHECK(shape_of_file("record R { charge money price money }").find("price <money||>") != std::string::npos);
  CHECK(shape_of_file("record R {\n  price money price assume £0\n}") ==
        "library x\nrecord R|"
        "\n  price <money||> label= ask= measured=false valid=- assume=(money 0) check= price");
  CHECK(shape_of_file("record R {\n  charge money \"asked\"\n    price ask \"How much?\"\n}") ==
        "library x\nrecord R|"
        "\n  charge <money||> label=asked ask=How much? measured=false valid=- assume=- check= price");
}

TEST_CASE("the words of payments and agreements may be names") {
  for (const std::string word :
       {"payment",   "agreement", "relate",   "group",   "rank",  "price", "pay",    "full",   "adjust",
        "recount",   "as",        "withhold", "risk",    "query", "share", "cap",    "period", "settle",
        "per",       "baseline",  "saving",   "target",  "among", "met",   "above",  "deduct", "lowest",
        "corrected", "covers",    "ordered",  "monthly", "floor", "a",     "status", "source"}) {
    INFO(word);
    CHECK(shape_of_file("record R {\n  " + word + " money\n  other " + word + "\n}").find(word + " <money||>") !=
          std::string::npos);
    CHECK(reading::shape_of(word + " > 1 and 2 < " + word) ==
          "(conjunction (compare :> (name " + word + ") (number 1)) (compare :< (number 2) (name " + word + ")))");
    CHECK(shape_of_file("policy p on R {\n  applies when " + word + "\n  approve " + word + " when all {\n    " + word +
                        ": " + word + "\n    and_more: x and\n      " + word + " = £1\n  }\n}")
              .find("approve approve " + word) != std::string::npos);
    CHECK(shape_of_file("payment " + word + " on R {\n  pay " + word + " " + word + " when " + word + " = 1 or\n    " +
                        word + " = 2\n  otherwise adjust to " + word + "\n}")
              .find("pay pay [pay (name " + word + ")] " + word) != std::string::npos);
  }
}
