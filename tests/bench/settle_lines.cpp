// Ledgers for the benchmarks: settle_lines drugs|activity COUNT writes COUNT lines of CSV. The same count gives the
// same bytes. Patients are numbers.
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "random.hpp"

namespace {

using referrals::Random;

constexpr std::size_t buffer_size = std::size_t{1} << 20U;

/// A CSV file on standard output, a cell at a time.
class Csv {
 public:
  explicit Csv(std::string_view heading) { text_.append(heading).push_back('\n'); }
  ~Csv() { flush(); }
  Csv(const Csv&) = delete;
  Csv& operator=(const Csv&) = delete;

  Csv& cell(std::string_view text) {
    text_.append(text).push_back(',');
    return *this;
  }
  Csv& cell(int number) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return cell(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
  }
  Csv& pounds(int pence) {
    std::array<char, 24> text{};
    const int length = std::snprintf(text.data(), text.size(), "%d.%02d", pence / 100, pence % 100);
    return cell(std::string_view(text.data(), static_cast<std::size_t>(length)));
  }
  Csv& date(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    std::array<char, 24> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return cell(std::string_view(text.data(), static_cast<std::size_t>(length)));
  }
  Csv& yes_no(bool answer) { return cell(answer ? "yes" : "no"); }
  void end_line() {
    text_.back() = '\n';
    if (text_.size() > buffer_size) flush();
  }

 private:
  void flush() {
    std::fwrite(text_.data(), 1, text_.size(), stdout);
    text_.clear();
  }

  std::string text_;
};

std::chrono::sys_days day_after(int year, unsigned month, int days) {
  const std::chrono::year_month_day first(std::chrono::year(year), std::chrono::month(month), std::chrono::day(1));
  return std::chrono::sys_days(first) + std::chrono::days(days);
}

void write_drugs(Random& random, int count) {
  constexpr auto drugs = std::to_array<std::string_view>({"1000001106", "1000002103", "1000003109", "1000004102"});
  constexpr auto commissioners = std::to_array<std::string_view>({"01T", "01V", "06P"});
  constexpr auto providers = std::to_array<std::string_view>({"RX1", "RX2", "RX3", "RX4", "RX5", "RX6"});
  Csv csv("id,supplied,commissioner,provider,patient,drug,quantity,unit_price,market_price,blueteq_cost,new_patient");
  for (int line = 1; line <= count; ++line) {
    // A line in a hundred corrects an earlier one.
    csv.cell(line > 1 && random.chance(1) ? random.between(1, line - 1) : line);
    const int days = random.between(0, 760);
    csv.date(day_after(2018, 12, days)).cell(random.one_of(commissioners)).cell(random.one_of(providers));
    csv.cell(random.between(1, 500'000)).cell(random.one_of(drugs));
    csv.cell(random.between(1, 4)).pounds(33'000 - days * 20 + random.between(0, 2000)).pounds(30'000 - days * 20);
    csv.pounds(random.chance(20) ? 1250 : 0).yes_no(random.chance(10)).end_line();
  }
}

void write_activity(Random& random, int count) {
  constexpr auto commissioners = std::to_array<std::string_view>({"01T", "01V", "04C", "06P"});
  constexpr auto providers = std::to_array<std::string_view>({"RX1", "RX2", "RX3", "RX4"});
  constexpr auto kinds = std::to_array<std::string_view>(
      {"inpatient", "inpatient", "outpatient", "outpatient", "imaging", "block", "other"});
  constexpr auto methods = std::to_array<std::string_view>({"11", "12", "13", "21", "22", "2A", "2B"});
  constexpr auto groups =
      std::to_array<std::string_view>({"WH50B", "HE11A", "WF01A", "WF01B", "NZ30A", "RD01A", "HN22A"});
  constexpr auto procedures = std::to_array<std::string_view>({"L841", "W371", "S065", "X401", "U051"});
  constexpr auto diagnoses = std::to_array<std::string_view>({"C509", "I839", "M161", "J189", "S720"});
  constexpr auto modalities = std::to_array<std::string_view>({"mri", "ct", "ultrasound"});
  constexpr auto referrers = std::to_array<std::string_view>({"gp", "gp", "dentist", "consultant", "self", "other"});
  Csv csv(
      "id,started,ended,commissioner,provider,nhs_number,born,point_of_delivery,admission_method,hrg,procedure,"
      "diagnosis,modality,authorised,in_sus,in_slam,data_set,evidence,contracted,referred_by,national_price,"
      "base_price,price");
  for (int line = 1; line <= count; ++line) {
    const auto kind = random.one_of(kinds);
    const auto started = day_after(2018, 4, random.between(0, 364));
    const auto stay = std::chrono::days(kind == "inpatient" ? random.between(0, 25) : 0);
    csv.cell(line).date(started).date(started + stay).cell(random.one_of(commissioners)).cell(random.one_of(providers));
    csv.cell(random.between(1, count / 5 + 1)).date(day_after(1930, 1, random.between(0, 32'000))).cell(kind);
    csv.cell(kind == "inpatient" ? random.one_of(methods) : "not admitted").cell(random.one_of(groups));
    csv.cell(random.one_of(procedures)).cell(random.one_of(diagnoses));
    csv.cell(kind == "imaging" ? random.one_of(modalities) : "not_imaged");
    csv.yes_no(random.chance(80)).yes_no(random.chance(95)).yes_no(random.chance(95)).yes_no(random.chance(90));
    csv.yes_no(random.chance(70)).yes_no(random.chance(95)).cell(random.one_of(referrers));
    const int price = random.between(5'000, 600'000);
    csv.pounds(price + random.between(-2'000, 2'000)).pounds(price - price / 10).pounds(price).end_line();
  }
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  const std::string_view kind = count_of_arguments == 3 ? arguments[1] : "";
  const int count = count_of_arguments == 3 ? std::atoi(arguments[2]) : 0;
  if (count < 1 || (kind != "drugs" && kind != "activity")) {
    std::fputs("usage: settle_lines drugs|activity COUNT\n", stderr);
    return 2;
  }
  Random random(1);
  if (kind == "drugs")
    write_drugs(random, count);
  else
    write_activity(random, count);
  return 0;
}
