#include <catch2/catch.hpp>

#include "reading.hpp"
#include "syntax/print.hpp"

using namespace proviso::syntax;
using reading::read_file;

namespace {

/// What is printed reads as the same tree, and prints the same again.
void reads_the_same(const std::string& untidy, const std::string& tidy) {
  const auto first = read_file(untidy);
  REQUIRE(first.complaints == std::vector<std::string>{});
  const std::string text = print(first.tree);
  CHECK(text == tidy);
  const auto second = read_file(text);
  REQUIRE(second.complaints == std::vector<std::string>{});
  CHECK(reading::shape(second.tree) == reading::shape(first.tree));
  CHECK(print(second.tree) == text);
}

}  // namespace

TEST_CASE("payments, relations and groups are printed in one layout, with their comments") {
  reads_the_same(R"(library x
record Activity { charge money price "Price asked" hrg code hrg } # lines
relate   earlier on Activity :e where e.a=a and e.d within 30 days before d # readmissions
relate held on Activity: h
  in Authorisation where h.n = n
group scans on Activity by patient.nhs_number,provider   ordered by id
# The rule
payment p "P" on Activity { status adopted source "S" effective 2018-04-01 dated by d in Luton,Bedford
 applies when not emergency
 exempt e when a
 # whole
 pay in full
   when authorised "A code" # fine
 pay   tariff(hrg)*50% half when rank in scans=2
 adjust to if a then (b) else c when d
 recount as hrg:RD01A when a recount as other_hrg pay tariff(other_hrg) joined when all { o: b
  q: c # last
 } "Two"
 withhold none when a withhold risk late when b
 query when c # ask
 otherwise   withhold must "No" # closed
} # after
payment r on Activity { otherwise pay £0 })",
                 R"(library x

record Activity {
  charge  money     "Price asked" price
  hrg     code hrg
}  # lines

relate earlier on Activity: e where e.a = a and e.d within 30 days before d  # readmissions
relate held on Activity: h in Authorisation where h.n = n
group scans on Activity by patient.nhs_number, provider ordered by id

# The rule
payment p "P" on Activity {
  status     adopted
  source     "S"
  effective  2018-04-01
  dated by   d
  in         Luton, Bedford
  applies when not emergency

  exempt e when a

  # whole
  pay in full when authorised "A code"  # fine
  pay tariff(hrg) * 50% half when rank in scans = 2

  adjust to if a then b else c when d

  recount as hrg:RD01A when a

  recount as other_hrg pay tariff(other_hrg) joined when all {
    o: b
    q: c  # last
  } "Two"

  withhold none when a
  withhold risk late when b

  query when c  # ask

  otherwise withhold must "No"  # closed
}  # after

payment r on Activity {

  otherwise pay £0
}
)");
}

TEST_CASE("agreements are printed in the order in which they are written, with their comments") {
  reads_the_same(R"(library x
agreement adalimumab "Gain share" on DrugLine { # about
 source "CI" section "B"
 between commissioner,network and provider
 # what
 covers drug in products and
   commissioner in SouthSefton # of it
 dated by supplied period 18 months from 2018-12-01
 baseline £352.14 per unit # the original price
 saving (baseline-unit_price)*quantity rounded to 1p floor floor £0 cap £9 # each line
 share commissioner 50%,provider 50% share above £100000 in a year commissioner 70%, provider 30%
 cap provider £250000 per year deduct cost+1p from provider
 settle monthly rounded to 1p half   even floor -£5
 after pay lowest market_price by molecule,form
 target new_patients "90% of new patients on best value within 3 months of launch" among patient where started_new
   met on_best_value at least 90% by 3 months from 2018-12-01 # counted
 target few among patient where started_new and not stopped and quantity > 0 met on_best_value and unit_price < 5 at least 9.5% by 2019-02-28
 corrected by version note "n" unverified "u" status draft in SouthSefton placed by commissioner
 # end
} # after
agreement two on L { period 2018-12-01 to 2019-11-30 settle yearly }
agreement three on L { })",
                 R"(library x

agreement adalimumab "Gain share" on DrugLine {  # about
  source     "CI" section "B"
  between    commissioner, network and provider
  # what
  covers     drug in products and commissioner in SouthSefton  # of it
  dated by   supplied
  period     18 months from 2018-12-01
  baseline   £352.14 per unit  # the original price
  saving     (baseline - unit_price) * quantity rounded to 1p floor floor £0 cap £9  # each line
  share      commissioner 50%, provider 50%
  share      above £100000 in a year commissioner 70%, provider 30%
  cap        provider £250000 per year
  deduct     cost + 1p from provider
  settle     monthly rounded to 1p half even floor -£5
  after      pay lowest market_price by molecule, form
  target     new_patients "90% of new patients on best value within 3 months of launch"
             among patient where started_new met on_best_value at least 90% by 3 months from 2018-12-01  # counted
  target     few among patient where started_new and not stopped and quantity > 0
             met on_best_value and unit_price < 5 at least 9.5% by 2019-02-28
  corrected by version
  status     draft
  in         SouthSefton
  placed by  commissioner
  note       "n"
  unverified "u"
  # end
}  # after

agreement two on L {
  period     2018-12-01 to 2019-11-30
  settle     yearly
}

agreement three on L {
}
)");
}

TEST_CASE("what scenarios expect of payments is printed") {
  reads_the_same(R"(library x
scenario "s" of p { given { earlier={ {d=2019-04-01} },rank   in scans=2,charge=£5 }
 vary rank in scans,charge { 1,£5->pay
 2,£5->pay £0 because late
 3,£5->adjust
 4,£5->adjust to £6
 5,£5->withhold
 6,£5->withhold risk about rank in scans, charge
 7,-£5->query } expect pay with drafts })",
                 R"(library x

scenario "s" of p {
  given { earlier = { { d = 2019-04-01 } }, rank in scans = 2, charge = £5 }
  vary rank in scans, charge {
    1, £5  -> pay
    2, £5  -> pay £0 because late
    3, £5  -> adjust
    4, £5  -> adjust to £6
    5, £5  -> withhold
    6, £5  -> withhold risk about rank in scans, charge
    7, -£5 -> query
  }
  expect pay
  with drafts
}
)");
}

TEST_CASE("a fact before a clause's name or before `in` is not read with it") {
  const auto amount = [](const std::string& clause) {
    const auto file = read_file("library x\npayment p on R {\n  " + clause + " when a\n}");
    REQUIRE(file.complaints == std::vector<std::string>{});
    const std::string text = print(file.tree);
    CHECK(reading::shape(read_file(text).tree) == reading::shape(file.tree));
    const auto begin = text.find("  ", text.find('{')) + 2;
    return text.substr(begin, text.find(" when") - begin);
  };
  CHECK(amount("pay (working) day") == "pay (working) day");
  CHECK(amount("pay (5) month") == "pay (5) month");
  CHECK(amount("pay (5) half") == "pay 5 half");
  CHECK(amount("recount as (2) year") == "recount as (2) year");
  CHECK(amount("recount as (2) pay (a) year") == "recount as 2 pay a year");
  CHECK(amount("pay if (a + rank) in few then b else c") == "pay if a + (rank) in few then b else c");
  CHECK(amount("pay if (rank) in { 1, 2 } then b else c") == "pay if rank in { 1, 2 } then b else c");
}
