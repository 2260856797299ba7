// Makes a ledger of activity lines, one of drug lines and the register of prior approvals that both are held against,
// with the dirt of real files in known quantities: manifest.json counts every kind of it, and what the policies of
// policies/ are to make of the lines. The same seed gives the same bytes on every machine. Nobody in them exists: the
// NHS numbers are of the range 999, which is kept for tests.
//
//   generate_ledgers FOLDER [--seed N] [--activity LINES] [--drugs LINES]
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "ledgers.hpp"

namespace {

using namespace ledgers;

int wrong_usage() {
  std::cerr << "usage: generate_ledgers FOLDER [--seed N] [--activity LINES] [--drugs LINES]\n";
  return 2;
}

std::ofstream file(const std::string& folder, const char* name) {
  return std::ofstream(folder + '/' + name, std::ios::binary);
}

bool write(const std::string& folder, const char* name, const std::string& heading,
           const std::vector<std::string>& lines) {
  std::ofstream output = file(folder, name);
  output << heading;
  for (const std::string& line : lines) output << line;
  return output.good();
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  std::uint64_t seed = 20180401;
  int activity_lines = 200'000;
  int drug_lines = 50'000;
  if (count_of_arguments % 2 != 0) return wrong_usage();
  const std::string folder = arguments[1];
  for (int at = 2; at < count_of_arguments; at += 2) {
    const std::string_view option = arguments[at];
    if (option == "--seed")
      seed = std::strtoull(arguments[at + 1], nullptr, 10);
    else if (option == "--activity")
      activity_lines = std::atoi(arguments[at + 1]);
    else if (option == "--drugs")
      drug_lines = std::atoi(arguments[at + 1]);
    else
      return wrong_usage();
  }
  Random random(seed);
  Manifest manifest;
  manifest.count("seed", static_cast<std::int64_t>(seed));
  People people(random);
  Register authorisations;
  const Ledger activity = make_activity(activity_lines, random, people, manifest, authorisations);
  const Ledger drugs = make_drugs(drug_lines, random, people, manifest, authorisations);
  manifest.count("authorisations.lines", static_cast<std::int64_t>(authorisations.size()));
  bool good = write(folder, "activity.csv", activity.heading, activity.lines);
  good = write(folder, "other_diagnoses.csv", "id,value\r\n", activity.other_diagnoses) && good;
  good = write(folder, "drugs.csv", drugs.heading, drugs.lines) && good;
  std::ofstream output = file(folder, "authorisations.csv");
  authorisations.write(output);
  std::ofstream counts = file(folder, "manifest.json");
  manifest.write(counts);
  if (!good || !output.flush() || !counts.flush()) {
    std::cerr << "generate_ledgers: cannot write to " << folder << '\n';
    return 1;
  }
  std::cout << "seed " << seed << ": " << activity_lines << " activity lines, " << drug_lines << " drug lines, "
            << authorisations.size() << " authorisations\n";
  return 0;
}
