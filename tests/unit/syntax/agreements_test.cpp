#include <catch2/catch.hpp>

#include "reading.hpp"

using namespace proviso::syntax;
using reading::shape_of_file;

namespace {

AgreementDeclaration agreement_of(const std::string& lines, Tree& tree) {
  const auto file = reading::read_file("library x\nagreement a on R {\n" + lines + "\n}");
  INFO(lines);
  CHECK(file.complaints == std::vector<std::string>{});
  tree = file.tree;
  return std::get<AgreementDeclaration>(tree.declarations.at(0));
}

/// What a line alone makes of an agreement: the lines of its shape that are not as in an empty one.
std::string line(const std::string& text) {
  const auto shape = shape_of_file("agreement a on R {\n" + text + "\n}");
  if (shape.rfind("library", 0) != 0) return shape;
  std::string result;
  for (std::size_t begin = 10; begin < shape.size();) {
    const auto end = std::min(shape.find('\n', begin), shape.size());
    const auto each = shape.substr(begin, end - begin);
    begin = end + 1;
    if (each == "agreement a| on R status= covers=- dated= placed=" || each == "  period - -" ||
        each == "  baseline - per=" || each == "  saving - floor=- cap=-") {
      continue;
    }
    result += (result.empty() ? "" : "\n") + each;
  }
  return result;
}

}  // namespace

TEST_CASE("an agreement with all its lines") {
  CHECK(shape_of_file("agreement adalimumab \"Adalimumab biosimilar gain share\" on DrugLine {\n"
                      "  status    adopted\n"
                      "  source    \"Commissioning Intentions\" section \"Biosimilar Drugs\"\n"
                      "  between   commissioner and provider\n"
                      "  in        SouthSefton, SouthportFormby\n"
                      "  covers    drug in adalimumab_products and commissioner in SouthSefton\n"
                      "  dated by  supplied\n"
                      "  placed by commissioner\n"
                      "  period    18 months from 2018-12-01\n"
                      "  baseline  £352.14 per unit           # the original price\n"
                      "  saving    (baseline - unit_price) * quantity  floor £0\n"
                      "  share     commissioner 50%, provider 50%\n"
                      "  share above £100000 in a year commissioner 70%, provider 30%\n"
                      "  cap       provider £250000 per year\n"
                      "  deduct    blueteq_cost from provider\n"
                      "  settle    monthly rounded to 1p half even floor £0 cap £10000\n"
                      "  after     pay lowest market_price by molecule, form\n"
                      "  target new_patients \"90% of new patients\"\n"
                      "            among patient where started_new  met on_best_value  at least 90%\n"
                      "            by 3 months from 2018-12-01\n"
                      "  corrected by version\n"
                      "  note \"n\"\n"
                      "  unverified \"u\"\n"
                      "}") ==
        "library x\nagreement adalimumab|Adalimumab biosimilar gain share on DrugLine status=adopted"
        " between commissioner between provider in SouthSefton in SouthportFormby"
        " covers=(conjunction (in (name drug) (name adalimumab_products)) (in (name commissioner) (name SouthSefton)))"
        " dated=supplied placed=commissioner[source Commissioning Intentions|Biosimilar Drugs] note n unverified u"
        "\n  period (duration 18 :months) [(date 2018-12-01) to -]"
        "\n  baseline (money 352.14) per=unit"
        "\n  saving (multiply (subtract (name baseline) (name unit_price)) (name quantity)) floor=(money 0) cap=-"
        "\n  share above - commissioner(percent 50) provider(percent 50)"
        "\n  share above (money 100000) commissioner(percent 70) provider(percent 30)"
        "\n  cap provider (money 250000)"
        "\n  deduct (name blueteq_cost) from provider"
        "\n  settle monthly (money 1 :p) half even floor=(money 0) cap=(money 10000)"
        "\n  after market_price by molecule by form"
        "\n  target new_patients|90% of new patients among patient where (name started_new) met (name on_best_value)"
        " at least (percent 90) by (duration 3 :months) from (date 2018-12-01)"
        "\n  corrected by version"
        "\n# the original price");
}

TEST_CASE("agreement lines: forms of the period, the parties and the target") {
  CHECK(line("period 2018-12-01 to 2020-05-31") == "  period - [(date 2018-12-01) to (date 2020-05-31)]");
  CHECK(line("period 1 year from 2018-12-01") == "  period (duration 1 :years) [(date 2018-12-01) to -]");
  CHECK(line("between a, b.ods and c") ==
        "agreement a| on R status= between a between b.ods between c covers=- dated= placed=");
  CHECK(line("target t among p met q at least 97.5% by 2019-02-28") ==
        "  target t| among p where - met (name q) at least (percent 97.5) by - from (date 2019-02-28)");
  CHECK(line("baseline tariff(drug)") == "  baseline (call tariff (name drug)) per=");
  CHECK(line("after pay lowest prices.market") == "  after prices.market");
}

TEST_CASE("agreement lines: rounding is read before bounds") {
  CHECK(line("saving x rounded to 1p floor floor £0") ==
        "  saving (rounded :floor (name x) (money 1 :p)) floor=(money 0) cap=-");
  CHECK(line("saving x cap £5 floor -£5") == "  saving (name x) floor=(negate (money 5)) cap=(money 5)");
  CHECK(line("saving x\n  floor 50p") == "  saving (name x) floor=(money 50 :p) cap=-");
  CHECK(line("settle yearly rounded to £1 floor floor £0") == "  settle yearly (money 1) floor floor=(money 0) cap=-");
  CHECK(line("settle quarterly") == "  settle quarterly -  floor=- cap=-");
  CHECK(line("saving x\ncap y £5 per year") == "  saving (name x) floor=- cap=-\n  cap y (money 5)");
}

TEST_CASE("agreement lines: lines in any order end the expression before them") {
  CHECK(line("covers a\nbetween b and c\nsaving d\nin Luton\nbaseline e\nin_all: 1").find("found `in_all`") !=
        std::string::npos);
  CHECK(line("covers a\nbetween b and c\nsaving d\nin Luton\nbaseline e\nafter pay lowest f") ==
        "agreement a| on R status= between b between c in Luton covers=(name a) dated= placed="
        "\n  baseline (name e) per=\n  saving (name d) floor=- cap=-\n  after f");
  // Outside of agreements expressions run over line ends as ever.
  CHECK(reading::shape_of("a\nbetween b and c") == "(between (name a) (name b) (name c))");
}

TEST_CASE("agreement lines: facts that are called like lines") {
  CHECK(line("covers share = 1 and\n  share > 2 and period = cap and target") ==
        "agreement a| on R status= covers=(conjunction (compare := (name share) (number 1)) "
        "(compare :> (name share) (number 2)) (compare := (name period) (name cap)) (name target)) dated= placed=");
  CHECK(line("share share 50%, cap 50%\ncap cap £5 per year\ndeduct deduct from share\ndated by period") ==
        "agreement a| on R status= covers=- dated=period placed="
        "\n  share above - share(percent 50) cap(percent 50)\n  cap cap (money 5)\n  deduct (name deduct) from share");
  CHECK(line("share above 50%, below 50%") == "  share above - above(percent 50) below(percent 50)");
}

TEST_CASE("agreement lines given twice") {
  Tree tree;
  const auto twice = agreement_of(
      "status adopted\nstatus draft\nbetween a and b\nbetween c and d\nin A\nin B\ncovers a\ncovers b\n"
      "dated by a\ndated by b\nplaced by a\nplaced by b\nperiod 2019-01-01 to 2019-02-01\n"
      "period 1 year from 2019-01-01\nbaseline a\nbaseline b\nsaving a floor £0 floor £1\nsaving b\n"
      "settle monthly cap £0 cap £1\nsettle yearly\nafter pay lowest a\nafter pay lowest b\n"
      "corrected by a\ncorrected by b",
      tree);
  // Each of the twelve lines once, and the bound of the saving and of the settlement.
  CHECK(twice.repeated.size() == 14);
  for (const auto& [line, first] : twice.repeated) {
    // Each stands behind the first of its kind.
    CHECK(first.end > first.begin);
    CHECK(first.end <= line.begin);
  }
  CHECK(twice.status.text == "adopted");
  CHECK(twice.between.size() == 2);
  CHECK(twice.length == no_expression);
  const auto often = agreement_of(
      "source \"a\"\nsource \"b\"\nnote \"a\"\nnote \"b\"\nunverified \"a\"\nunverified \"b\"\nshare a 50%, b 50%\n"
      "share above £1 in a year a 50%, b 50%\ncap a £1 per year\ncap b £1 per year\ndeduct a from b\ndeduct c from d\n"
      "target t among a met b at least 1% by 2019-01-01\ntarget u among a met b at least 1% by 2019-01-01",
      tree);
  CHECK(often.repeated.empty());
  CHECK(often.targets.size() == 2);
  CHECK(often.shares.size() == 2);
}
