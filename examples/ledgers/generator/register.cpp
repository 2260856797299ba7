#include "register.hpp"

#include <array>
#include <cstdio>
#include <ostream>

namespace ledgers {

std::string Register::add(const Person& person, const Authorisation& authorisation) {
  std::array<char, 16> code{};
  std::snprintf(code.data(), code.size(), "PA-%07zu", lines_.size() + 1);
  lines_.push_back(
      csv_line({"R" + std::to_string(lines_.size() + 1), code.data(), person.nhs_number, iso(person.born),
                std::string(authorisation.procedure), std::string(authorisation.molecule),
                std::string(authorisation.provider), std::string(authorisation.decision), iso(authorisation.decided),
                iso(authorisation.valid_from), iso(authorisation.valid_to), std::to_string(authorisation.uses)}));
  return code.data();
}

void Register::write(std::ostream& output) const {
  output << byte_order_mark
         << csv_line({"ID", "Authorisation Code", "PATIENT.NHS_NUMBER", "PATIENT.BORN", "Procedure", "Molecule",
                      "Provider", "Decision", "Decided", "Valid From", "Valid To", "Uses"});
  for (const std::string& line : lines_) output << line;
}

}  // namespace ledgers
