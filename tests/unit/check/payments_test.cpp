#include <catch2/catch.hpp>

#include "support.hpp"
#include "value/decimal.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

const std::string activity_vocabulary = R"(library example
record Patient { nhs_number text check nhs_number  bmi number measured }
record Activity {
  id text  started date  admitted date  discharged date  provider code ods  hrg code hrg  authorised yes/no
  emergency yes/no assume no  charge money price  cost money  notes list of text  patient Patient
}
record Authorisation { reference text  nhs_number text  valid_from date  valid_to date  issued_to list of text }
)";

std::string payment(const std::string& clauses) {
  return "payment pays \"One\" on Activity { source \"Intentions\" effective 2018-04-01 dated by started " + clauses +
         " }\n";
}

Checked check_activities(const std::string& text) { return check_text(activity_vocabulary + text); }

const model::Payment& clause(const Checked& checked, std::size_t number) {
  const auto& found = checked.library.policies.at(0).written().clauses.at(number);
  REQUIRE(found.payment.has_value());
  return *found.payment;
}

model::Outcome outcome(const Checked& checked, std::size_t number) {
  return checked.library.policies.at(0).written().clauses.at(number).outcome;
}

const model::Relation& relation(const Checked& checked, std::size_t number = 0) {
  return checked.library.relations.at(number);
}

std::string path(const Checked& checked, const std::string& record, model::FactId fact) {
  if (fact == model::none) return "none";
  return checked.library.records.at(checked.library.record(record)).facts.at(fact).name;
}

std::int64_t pounds(std::int64_t whole) { return whole * value::decimal_scale; }

}  // namespace

TEST_CASE("each outcome of a payment is kept with what it gives") {
  const auto checked = check_activities(payment(R"(exempt urgent when emergency
    pay in full when authorised
    pay cost * 2 dear when cost > £10
    adjust to £5 when cost = £5
    recount as hrg:WF01A pay £7 when cost = £7
    recount as hrg when cost = £8
    withhold may when cost = £9
    query when cost = £10
    otherwise withhold risk "At the provider's own risk")"));
  CHECK(checked.codes() == Codes{});
  REQUIRE(checked.library.policies.size() == 1);
  CHECK(checked.library.policies.at(0).payment);
  CHECK(checked.library.policies.at(0).written().category == model::Category::payment);
  CHECK(outcome(checked, 0) == model::Outcome::exempt);
  using Kind = model::Payment::Kind;
  CHECK(clause(checked, 1).kind == Kind::in_full);
  CHECK(clause(checked, 2).kind == Kind::at_most);
  CHECK(clause(checked, 2).amount_expression == "cost * 2");
  CHECK(checked.library.policies.at(0).written().clauses[2].name == "dear");
  CHECK(clause(checked, 3).kind == Kind::adjust);
  CHECK(outcome(checked, 3) == model::Outcome::adjust);
  CHECK(clause(checked, 4).kind == Kind::recount);
  CHECK(clause(checked, 4).code_expression == "hrg:WF01A");
  CHECK(clause(checked, 4).amount_expression == "£7");
  CHECK(outcome(checked, 4) == model::Outcome::adjust);
  CHECK(clause(checked, 5).amount == model::none);
  CHECK(clause(checked, 6).strength == model::Strength::may);
  CHECK(outcome(checked, 7) == model::Outcome::query);
  CHECK(clause(checked, 8).strength == model::Strength::risk);
  CHECK(outcome(checked, 8) == model::Outcome::withhold);
}

TEST_CASE("outcomes of policies and of payments do not stand in each other") {
  CHECK(check_activities(payment("approve when authorised  otherwise refuse")).codes() == Codes{"P1201", "P1201"});
  CHECK(check_activities(
            "policy funds on Activity { source \"Policy\" dated by started  pay in full when authorised  otherwise "
            "withhold must }")
            .codes() == Codes{"P1201", "P1201"});
}

TEST_CASE("what is paid is money, and a line is recounted as a code") {
  CHECK(check_activities(payment("pay 5 when authorised  otherwise pay in full")).codes() == Codes{"P0301"});
  CHECK(check_activities(payment("adjust to started when authorised  otherwise pay in full")).codes() ==
        Codes{"P0301"});
  CHECK(check_activities(payment("recount as cost when authorised  otherwise pay in full")).codes() == Codes{"P0301"});
  CHECK(check_activities(payment("pay nothing_of_that_name when authorised  otherwise pay in full")).codes() ==
        Codes{"P0201"});
}

TEST_CASE("sums and codes of another spelling are told how they are written") {
  const auto help = [](const std::string& outcome) {
    const auto checked = check_activities(payment(outcome + " when authorised  otherwise pay in full"));
    REQUIRE(checked.diagnostics.all().size() == 1);
    return checked.diagnostics.all().front().help;
  };
  CHECK(help("pay 5") == "write `£5`");
  CHECK(help("pay full") == "write `pay in full`");
  CHECK(help("pay nothing") == "write `pay £0`, or `withhold must`");
  CHECK(help("recount as BZ34A") == "write `hrg:BZ34A`");
  CHECK(check_activities(payment("recount as ods:RVY when authorised  otherwise pay in full")).codes() ==
        Codes{"P0606"});
  CHECK(check_activities(payment("recount as opcs4:W37.1 when authorised  otherwise pay in full")).codes() == Codes{});
}

TEST_CASE("an otherwise that cannot be read is not said to be missing") {
  CHECK(check_activities(payment("pay in full when authorised\n  otherwise withhold")).codes() == Codes{"P0101"});
  CHECK(check_activities(payment("pay in full when authorised\n  otherwize pay £0")).codes() == Codes{"P0101"});
  CHECK(check_activities(payment("pay when authorised\n")).codes() == Codes{"P0501", "P0101"});
}

TEST_CASE("a policy and a payment have not one name") {
  const std::string policy = "policy pays on Activity { source \"s\" dated by started  otherwise approve }\n";
  const auto checked =
      check_activities(policy + "payment pays on Activity { source \"s\" dated by started  otherwise query }\n");
  REQUIRE(checked.codes() == Codes{"P0202"});
  CHECK(checked.first_message() == "`pays` is a policy and a payment in library `example`");
}

TEST_CASE("a list form that swallowed the comparison is told how to bracket it") {
  const auto checked =
      check_activities("relate others on Activity: e where e.provider = provider\n" +
                       payment("query when count of e in others where e.charge > £1  otherwise pay in full"));
  REQUIRE(checked.codes() == Codes{"P0301"});
  CHECK(checked.diagnostics.all().front().help ==
        "`where` takes all that follows; to compare the whole put brackets round it: `(count of e in others where "
        "e.charge) > £1`");
}

TEST_CASE("the record of a payment has one price, and it is money") {
  const auto record = [](const std::string& fields) {
    return "library x record Line { on date " + fields +
           " } payment pays on Line { source \"s\" dated by on  otherwise pay in full }";
  };
  CHECK(check_text(record("charge money price")).codes() == Codes{});
  CHECK(check_text(record("charge money")).codes() == Codes{"P1202"});
  CHECK(check_text(record("charge number price cost money")).codes() == Codes{"P0312"});
  CHECK(check_text(record("charge money price cost money price")).codes() == Codes{"P0312"});
}

TEST_CASE("a relation is a list of the record, with the facts of the other lines") {
  const auto checked = check_activities(
      "relate earlier on Activity: e where e.patient.nhs_number = patient.nhs_number and provider = e.provider and "
      "e.discharged within 30 days before admitted\n" +
      payment("withhold may when any e in earlier where e.emergency  otherwise pay in full"));
  CHECK(checked.codes() == Codes{});
  const auto& found = relation(checked);
  REQUIRE(found.keys.size() == 2);
  CHECK(path(checked, "Activity", found.keys[0].first) == "patient.nhs_number");
  CHECK(path(checked, "Activity", found.keys[1].second) == "provider");
  REQUIRE(found.window);
  CHECK(path(checked, "Activity", found.window->own) == "admitted");
  CHECK(path(checked, "Activity", found.window->other) == "discharged");
  CHECK(found.window->length == 30);
  CHECK(found.window->kind == value::DurationKind::days);
  CHECK(found.window->before);
  const auto& record = checked.library.records[found.record];
  const auto& level = record.levels[record.facts[found.list].elements];
  const auto emergency = record.find(record.facts[found.list].elements, "emergency");
  REQUIRE(emergency != model::none);
  CHECK(record.facts[emergency].name == "earlier.emergency");
  CHECK(record.facts[emergency].assumed);
  CHECK(record.find(record.facts[found.list].elements, "notes") == model::none);
  CHECK(level.facts.size() == found.elements.size());
  // The list form asks for the window too.
  const auto& condition = checked.library.nodes[checked.library.policies.at(0).written().clauses[0].condition.node];
  REQUIRE(condition.kind == model::NodeKind::any);
  CHECK(checked.library.nodes[condition.operands[0]].kind == model::NodeKind::conjunction);
}

TEST_CASE("`every` over a relation is about the lines inside its window alone") {
  const auto checked = check_activities(
      "relate earlier on Activity: e where e.patient.nhs_number = patient.nhs_number and e.discharged < admitted\n" +
      payment("withhold may when every e in earlier where e.authorised  otherwise pay in full"));
  CHECK(checked.codes() == Codes{});
  CHECK_FALSE(relation(checked).window);
  const auto& condition = checked.library.nodes[checked.library.policies.at(0).written().clauses[0].condition.node];
  REQUIRE(condition.kind == model::NodeKind::every);
  CHECK(checked.library.nodes[condition.operands[0]].kind == model::NodeKind::disjunction);
}

TEST_CASE("a relation may be to a register") {
  const auto checked = check_activities(
      "relate permissions on Activity: a in Authorisation where a.nhs_number = patient.nhs_number and started between "
      "a.valid_from and a.valid_to\n" +
      payment("pay in full when any a in permissions  otherwise withhold must"));
  CHECK(checked.codes() == Codes{});
  CHECK(checked.library.records[relation(checked).other].name == "Authorisation");
  CHECK(path(checked, "Authorisation", relation(checked).keys[0].second) == "nhs_number");
}

TEST_CASE("a relation that cannot be joined says why") {
  const auto codes = [](const std::string& condition) {
    return check_activities("relate earlier on Activity: e where " + condition + "\n").codes();
  };
  CHECK(codes("e.discharged within 30 days before admitted") == Codes{"P1203"});
  CHECK(codes("e.provider = provider and e.discharged < admitted and e.started < started") == Codes{"P1203"});
  CHECK(codes("e.provider = provider and e.authorised") == Codes{"P1203"});
  CHECK(codes("e.provider = hrg") == Codes{"P0301"});
  CHECK(codes("e.provider = provider and e.id != id") == Codes{"P1203"});
  CHECK(codes("e.provider = provider and e.charge < charge") == Codes{"P1203"});
  CHECK(codes("e.provider = provider and discharged >= admitted") == Codes{"P1203"});
  CHECK(codes("e.provider = provider and e.started + 2 days >= started") == Codes{});
  CHECK(codes("e.patient.bmi = patient.bmi and e.provider = provider") == Codes{"P1203"});
  CHECK(codes("e.nothing = provider and e.provider = provider") == Codes{"P0201"});
  CHECK(check_activities("relate charge on Activity: e where e.provider = provider\n").codes() == Codes{"P0202"});
  CHECK(check_activities("relate earlier on Activities: e where e.provider = provider\n").codes() == Codes{"P0206"});
}

TEST_CASE("what a relation cannot ask is said where it stands") {
  const auto said = [](const std::string& condition) {
    const auto checked = check_activities("relate earlier on Activity: e where " + condition + "\n");
    REQUIRE(checked.codes() == Codes{"P1203"});
    const auto& found = checked.diagnostics.all().front();
    return found.message + ": " + found.help;
  };
  CHECK(said("e.provider = provider or e.hrg = hrg") ==
        "relation `earlier` asks one thing `or` another: what it asks holds together: declare two relations, and ask "
        "`any ... or any ...` where they are used");
  CHECK(said("provider = provider") ==
        "both sides of `provider = provider` are of the line itself: write `e.provider` for the other line's");
  CHECK(said("e.provider = e.provider") ==
        "both sides of `e.provider = e.provider` are of the other line: write `provider` for the line's own");
  CHECK(said("e.provider = ods:RVY") ==
        "`ods:RVY` is no fact of the line: a relation finds lines by facts of both: ask it where the relation is used: "
        "`any e in earlier where e.provider = ods:RVY`");
}

TEST_CASE("a group is of single values, ordered by what has an order") {
  const auto nested = check_activities("group scans on Activity by patient ordered by started\n");
  REQUIRE(nested.codes() == Codes{"P0301"});
  CHECK(nested.first_message() == "`patient` is a whole record, not a value");
  CHECK(nested.diagnostics.all().front().help.find("name one of its fields: `patient.nhs_number`") == 0);
  const auto kinds = check_text(
      "library x record Line { id text  setting one of ward, clinic  level scale low < high  site place }\n"
      "group a on Line by id ordered by setting\ngroup b on Line by id ordered by level\n"
      "group c on Line by id ordered by site\n");
  CHECK(kinds.codes() == Codes{"P0303", "P0303"});
}

TEST_CASE("a group has keys, an order and a rank") {
  const auto checked =
      check_activities("group scans on Activity by patient.nhs_number, started ordered by admitted, id\n" +
                       payment("pay in full when rank in scans = 1  otherwise pay £0"));
  CHECK(checked.codes() == Codes{});
  const auto& found = relation(checked);
  CHECK(found.group);
  CHECK(found.keys.size() == 2);
  REQUIRE(found.order.size() == 2);
  CHECK(path(checked, "Activity", found.order[0]) == "admitted");
  CHECK(path(checked, "Activity", found.rank) == "rank in scans");
  CHECK(check_activities("group scans on Activity by started\n" +
                         payment("pay in full when rank in scan = 1  otherwise pay £0"))
            .codes() == Codes{"P1204"});
  CHECK(check_activities("group scans on Activity by notes\n").codes() == Codes{"P1203"});
}

TEST_CASE("a scenario of a payment gives its relations and expects an amount") {
  const auto checked = check_activities(
      "group scans on Activity by started ordered by id\n" +
      payment("pay in full when rank in scans = 1  otherwise withhold must") +
      R"(scenario "second" of pays { given { started = 2019-01-01, rank in scans = 2, scans = { { id = "a" } } }
           expect pay £0 }
         scenario "withheld" of pays { given { rank in scans = 2 } expect withhold must }
         scenario "adjusted" of pays { given { rank in scans = 2 } expect adjust to £3 }
         scenario "refused" of pays { given { rank in scans = 2 } expect refuse })");
  CHECK(checked.codes() == Codes{"P1006"});
  const auto& scenarios = checked.library.scenarios;
  REQUIRE(scenarios.size() >= 3);
  CHECK(scenarios[0].cases[0].expected.outcome == model::Outcome::pay);
  CHECK(scenarios[0].cases[0].expected.amount == 0);
  CHECK(scenarios[1].cases[0].expected.strength == model::Strength::must);
  CHECK(scenarios[2].cases[0].expected.amount == pounds(3));
}

TEST_CASE("a variation adds to a payment's only group of what is paid in full") {
  const auto library = [](const std::string& clauses) {
    return check_text(
        "library x places { Here { There } } record Line { on date  where_from place  coded yes/no  "
        "charge money price } payment pays on Line { source \"s\" effective 2018-04-01 " +
        clauses + " } variation of pays in There { from 2019-04-01 source \"s\" add soon \"Soon\": coded }");
  };
  const auto checked = library("pay in full when all { quoted \"A code\": coded }  otherwise withhold must");
  CHECK(checked.codes() == Codes{});
  REQUIRE(checked.library.policies.at(0).forms.size() == 2);
  const auto& varied = checked.library.policies.at(0).forms[1].clauses.at(0);
  CHECK(varied.condition.criteria.size() == 2);
  CHECK(varied.payment.has_value());
  CHECK(library("pay in full when coded  otherwise withhold must").codes() == Codes{"P0711"});
}
