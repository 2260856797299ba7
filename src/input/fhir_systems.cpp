#include "input/fhir_systems.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "input/names.hpp"
#include "value/characters.hpp"
#include "value/code.hpp"

namespace proviso::input {
namespace {

struct NamedSystem {
  std::string_view name;
  std::string_view address;
};
constexpr NamedSystem systems[] = {
#define PROVISO_CODE_SYSTEM(name, address) {#name, address},
#define PROVISO_NAMED_SYSTEM(name, address) {#name, address},
#include "input/code_systems.def"
#undef PROVISO_CODE_SYSTEM
};

/// Small letters, without a version after a bar and without a slash at the end.
std::string plain_address(std::string_view address) {
  std::string plain = value::small_letters(address.substr(0, address.find('|')));
  while (!plain.empty() && plain.back() == '/') plain.pop_back();
  return plain;
}

struct PlainSystem {
  std::string_view name;
  std::string address;
};
const std::vector<PlainSystem>& plain_systems() {
  static const std::vector<PlainSystem> all = [] {
    std::vector<PlainSystem> made;
    for (const NamedSystem& each : systems) made.push_back({each.name, plain_address(each.address)});
    return made;
  }();
  return all;
}

/// Whether the address is that of the system, as it stands or with a version after a slash.
bool begins_with(const std::string& address, const std::string& system) {
  return address == system || (address.size() > system.size() && address.compare(0, system.size(), system) == 0 &&
                               address[system.size()] == '/');
}

bool is_named(const std::string& plain, std::string_view name) {
  return std::any_of(plain_systems().begin(), plain_systems().end(),
                     [&](const PlainSystem& each) { return each.name == name && begins_with(plain, each.address); });
}

}  // namespace

bool is_of_system(std::string_view address, std::string_view system) {
  const std::string plain = plain_address(address);
  if (plain.empty()) return false;
  if (is_system_name(system)) return plain == system || is_named(plain, system);
  const std::string wanted = plain_address(system);
  if (plain == wanted) return true;
  // Two addresses of one system.
  return std::any_of(plain_systems().begin(), plain_systems().end(), [&](const PlainSystem& each) {
    return each.address == wanted && (plain == each.name || is_named(plain, each.name));
  });
}

bool is_system_name(std::string_view name) {
  return value::code_system_by_spelling(name).has_value() ||
         std::any_of(std::begin(systems), std::end(systems),
                     [&](const NamedSystem& each) { return each.name == name; });
}

std::string_view address_of_system(std::string_view system) {
  const auto* const found = std::find_if(std::begin(systems), std::end(systems),
                                         [&](const NamedSystem& each) { return each.name == system; });
  return found == std::end(systems) ? system : found->address;
}

bool is_of_code(std::string_view found, std::string_view system, std::string_view code) {
  if (found == code) return true;
  const auto coded = value::code_system_by_spelling(system);
  // Other codes are written in one way, and have none below them.
  if (coded != value::CodeSystem::opcs4 && coded != value::CodeSystem::icd10) return false;
  const auto packed = value::parse_code(*coded, found);
  const auto wanted = value::parse_code(*coded, code);
  if (!packed || !wanted) return false;
  const value::CodeInterval interval = value::covered(*coded, *wanted);
  return interval.first <= *packed && *packed <= interval.last;
}

}  // namespace proviso::input
