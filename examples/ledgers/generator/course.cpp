#include <algorithm>
#include <array>
#include <chrono>

#include "drugs.hpp"
#include "place.hpp"

namespace ledgers {
namespace {

const Day first_supply = day_of(2018, 12, 1);
const Day last_supply = day_of(2020, 12, 31);
/// When the gain share of adalimumab is over, and when the lowest market price is paid for drugs without one.
const Day gain_share_over = day_of(2020, 6, 1);
const Day lowest_price_from = day_of(2019, 4, 1);
/// From when on a treatment that starts with a red drug is that of a new patient.
const Day red_drugs_initiated_from = day_of(2018, 4, 1);

enum class Region { sefton, leicester, elsewhere };

/// What is wrong with a course; the others are right.
enum class Flaw {
  none,
  no_code,
  unknown_code,
  code_of_another,
  code_of_another_drug,
  outside_formulary,
  by_general_practice,
  unassessed_change,
  early_appraisal
};

class Course {
 public:
  Course(Random& random, People& people, Register& authorisations)
      : random_(random), people_(people), authorisations_(authorisations) {}

  std::vector<DrugLine> draw() {
    begin();
    authorise();
    for (Day day = start_; day <= end_; day += days(28)) lines_.push_back(line(day));
    return std::move(lines_);
  }

 private:
  void begin() {
    const int ticket = random_.between(1, 100);
    region_ = ticket <= 75 ? Region::sefton : ticket <= 85 ? Region::leicester : Region::elsewhere;
    place_ = draw_place();
    const auto all = molecules();
    // Half of it is the drug with the gain share.
    molecule_ = random_.chance(50)
                    ? &all.front()
                    : &all[static_cast<std::size_t>(random_.between(0, static_cast<int>(all.size()) - 1))];
    is_new_ = random_.chance(40);
    start_ = is_new_ ? first_supply + days(random_.between(0, 700)) : first_supply + days(random_.between(0, 27));
    // Many new patients come at once, when the biosimilars do.
    if (is_new_ && random_.chance(30)) start_ = first_supply + days(random_.between(0, 90));
    end_ = random_.chance(75) ? last_supply : std::min(last_supply, start_ + days(random_.between(0, 400)));
    treatment_started_ = is_new_ ? start_ : first_supply - days(random_.between(100, 1500));
    person_ = people_.draw(treatment_started_, 18, 75);
    biosimilar_ =
        &molecule_
             ->products[static_cast<std::size_t>(random_.between(1, static_cast<int>(molecule_->products.size()) - 1))];
    draw_switch();
    flaw_ = random_.chance(30) ? draw_flaw() : Flaw::none;
  }

  Place draw_place() {
    if (region_ == Region::leicester) return {"04C", "RWE"};
    if (region_ == Region::elsewhere) return {"Luton", "RC9"};
    constexpr auto trusts = std::to_array<std::string_view>({"REM", "RVY"});
    const std::string_view commissioner = random_.chance(50) ? "01T" : "01V";
    return {commissioner, random_.one_of(trusts)};
  }

  /// The day from which the patient is on a biosimilar.
  void draw_switch() {
    if (is_new_) {
      switch_ = random_.chance(93) ? start_ : last_supply + days(1);
    } else {
      switch_ = first_supply + days(random_.chance(85) ? random_.between(20, 360) : random_.between(400, 900));
    }
  }

  Flaw draw_flaw() {
    if (region_ == Region::elsewhere) return Flaw::none;
    if (region_ == Region::leicester) return Flaw::early_appraisal;
    constexpr auto flaws =
        std::to_array<Flaw>({Flaw::no_code, Flaw::unknown_code, Flaw::code_of_another, Flaw::code_of_another_drug,
                             Flaw::outside_formulary, Flaw::by_general_practice, Flaw::unassessed_change});
    return flaws[static_cast<std::size_t>(random_.between(0, static_cast<int>(flaws.size()) - 1))];
  }

  /// A register entry for the course, of a year and a half: what is supplied after it is not covered.
  void authorise() {
    if (region_ != Region::sefton || flaw_ == Flaw::no_code) return;
    if (flaw_ == Flaw::unknown_code) {
      code_ = "BQ-000000";
      return;
    }
    valid_to_ = start_ + days(random_.chance(30) ? 365 : 800);
    Authorisation authorisation{.provider = place_.provider,
                                .procedure = {},
                                .molecule = molecule_->name,
                                .decided = start_ - days(14),
                                .valid_from = start_ - days(14),
                                .valid_to = valid_to_};
    if (flaw_ == Flaw::code_of_another_drug) {
      authorisation.molecule = molecule_->name == "adalimumab" ? "etanercept" : "adalimumab";
    }
    const Person holder = flaw_ == Flaw::code_of_another ? people_.draw(start_, 18, 75) : person_;
    code_ = authorisations_.add(holder, authorisation);
  }

  DrugLine line(Day day) {
    const bool switched = day >= switch_;
    const Product& product = switched ? *biosimilar_ : molecule_->products.front();
    DrugLine line(drug_columns().size());
    const std::chrono::year_month_day date(day);
    const int month = (static_cast<int>(static_cast<unsigned>(date.month())) + 8) % 12 + 1;
    const int year = static_cast<int>(date.year()) - (month > 9 ? 1 : 0);
    line.set(Drug::financial_month, std::to_string(month));
    line.set(Drug::financial_year, std::to_string(year) + '/' + std::to_string((year + 1) % 100));
    line.set(Drug::created, day + days(random_.between(20, 50)));
    line.set(Drug::provider, place_.provider).set(Drug::commissioner, place_.commissioner);
    line.set(Drug::nhs_number, person_.nhs_number).set(Drug::born, person_.born);
    line.set(Drug::treatment_function, molecule_->treatment_function).set(Drug::indication, molecule_->indication);
    line.set(Drug::blueteq_agreed, blueteq_agreed());
    line.set(Drug::supplied, day).set(Drug::drug_name, product.name);
    // The code is optional.
    if (random_.chance(70)) line.set(Drug::drug, product.code);
    line.set(Drug::vat, random_.chance(50)).set(Drug::supplied_by, "hospital_pharmacy");
    line.set(Drug::new_patient, is_new_).set(Drug::on_best_value, switched);
    line.set(Drug::treatment_started, treatment_started_);
    line.set(Drug::formulary, "red").set(Drug::formulary_issued, true).set(Drug::formulary_ratified, true);
    if (!code_.empty()) line.set(Drug::authorisation_code, code_);
    set_prices(line, product, day);
    if (region_ == Region::sefton) {
      expect_authorisation(line, day);
      expect_policies(line, switched);
    }
    if (region_ == Region::leicester) set_appraisal(line, day);
    return line;
  }

  void set_prices(DrugLine& line, const Product& product, Day day) {
    // Now and then the original costs more than it did.
    const Pence unit = price_on(product, day) + (product.original && random_.chance(2) ? 20'00 : 0);
    const int quantity = random_.between(1, 3);
    const Pence cost = unit * quantity;
    const bool over_cost = random_.chance(3);
    const Pence charged = over_cost ? cost + 15'00 : cost;
    // Some prices are of the month before.
    const Pence market =
        random_.chance(20) ? market_price_on(*molecule_, day) * 103 / 100 : market_price_on(*molecule_, day);
    line.set(Drug::quantity, std::to_string(quantity)).set_money(Drug::unit_price, unit);
    line.set_money(Drug::price, charged).set_money(Drug::acquisition_cost, cost);
    line.set_money(Drug::original_price, molecule_->products.front().first_price);
    line.set_money(Drug::market_price, market).set(Drug::gain_share, molecule_->gain_share);
    if (molecule_->gain_share) line.set(Drug::gain_share_started, first_supply);
    if (random_.chance(10)) line.set_money(Drug::blueteq_cost, 12'50);
    const bool framework = random_.chance(8);
    const Day released = day - days(random_.between(0, 3));
    const Pence framework_price = unit * 95 / 100;
    if (framework) line.set_money(Drug::framework_price, framework_price).set(Drug::framework_released, released);
    if (region_ != Region::sefton) return;
    if (over_cost) line.expect("sefton.contract.cost_incurred", "dearer");
    if (framework && day > released && charged > framework_price * quantity) {
      line.expect("sefton.contract.framework_price", "dearer");
    }
    const Day begins = molecule_->gain_share ? gain_share_over : lowest_price_from;
    if (day >= begins && charged > market * quantity) line.expect("sefton.contract.lowest_market_price", "dearer");
  }

  /// Oncology is no speciality in which the code is asked for.
  bool blueteq_agreed() const { return molecule_->treatment_function != "370"; }

  void expect_authorisation(DrugLine& line, Day day) const {
    if (!blueteq_agreed()) return;
    const char* clause = flaw_ == Flaw::no_code                ? "missing"
                         : flaw_ == Flaw::unknown_code         ? "not_issued"
                         : flaw_ == Flaw::code_of_another      ? "someone_else"
                         : flaw_ == Flaw::code_of_another_drug ? "another_drug"
                         : day > valid_to_                     ? "expired"
                                                               : nullptr;
    if (clause != nullptr) line.expect("sefton.contract.drug_authorisation", clause);
  }

  void expect_policies(DrugLine& line, bool switched) {
    if (!switched) line.expect("sefton.contract.best_value", "otherwise");
    if (flaw_ == Flaw::outside_formulary) {
      line.set(random_.chance(50) ? Drug::formulary_issued : Drug::formulary_ratified, false);
      line.expect("sefton.contract.formulary", "otherwise");
    }
    if (flaw_ == Flaw::by_general_practice) {
      line.set(Drug::supplied_by, "general_practice")
          .expect("sefton.contract.red_drugs",
                  treatment_started_ >= red_drugs_initiated_from ? "new_patient" : "otherwise");
    }
    if (flaw_ == Flaw::unassessed_change) {
      const Day enacted = start_ - days(30);
      line.set(Drug::medicines_change_charged, true).set(Drug::medicines_change_enacted, enacted);
      line.set(Drug::medicines_change_assessment, true).set(Drug::medicines_change_agreed, enacted + days(1));
      line.expect("sefton.contract.medicines_change", "otherwise");
    }
    if (random_.chance(4)) line.forget(Drug::vat).expect("sefton.contract.vat_outlined", "otherwise");
  }

  /// The standstill of ninety days, in force for what is supplied up to March 2019.
  void set_appraisal(DrugLine& line, Day day) const {
    const Day published = treatment_started_ - days(flaw_ == Flaw::early_appraisal ? 89 : 90);
    line.set(Drug::appraisal_given_under, true).set(Drug::appraisal_published, published);
    if (flaw_ == Flaw::early_appraisal && day <= day_of(2019, 3, 31)) {
      line.expect("llr.contract.nice_standstill", "within_standstill");
    }
  }

  Random& random_;
  People& people_;
  Register& authorisations_;
  Region region_ = Region::elsewhere;
  Place place_;
  const Molecule* molecule_ = nullptr;
  const Product* biosimilar_ = nullptr;
  bool is_new_ = false;
  Day start_;
  Day end_;
  Day switch_;
  Day treatment_started_;
  Day valid_to_;
  Person person_;
  Flaw flaw_ = Flaw::none;
  std::string code_;
  std::vector<DrugLine> lines_;
};

}  // namespace

const std::vector<Column>& drug_columns() {
  static const std::vector<Column> columns = {
#define DRUG_COLUMN(name, heading, form) {heading, Form::form},
#include "drug_columns.def"
#undef DRUG_COLUMN
  };
  return columns;
}

std::vector<DrugLine> draw_course(Random& random, People& people, Register& authorisations) {
  return Course(random, people, authorisations).draw();
}

}  // namespace ledgers
