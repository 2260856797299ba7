#include "manifest.hpp"

#include <ostream>

namespace ledgers {

void Manifest::write(std::ostream& output) const {
  const char* before = "{\n  \"";
  for (const auto& [name, count] : counts_) {
    output << before << name << "\": " << count;
    before = ",\n  \"";
  }
  output << "\n}\n";
}

}  // namespace ledgers
