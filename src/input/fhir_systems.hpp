#pragma once

#include <string_view>

/// Systems of codes and identifiers as FHIR resources name them, variants and known slips among them: see
/// code_systems.def.
namespace proviso::input {

/// Whether `address`, as a resource has it, is of the system: a name of code_systems.def such as `snomed`, or an
/// address. A slash at the end, a version after a bar, capitals and small letters make no difference.
bool is_of_system(std::string_view address, std::string_view system);

/// Whether it is a name of code_systems.def.
bool is_system_name(std::string_view name);

/// The canonical address of a system by its name; any other text as it is.
std::string_view address_of_system(std::string_view system);

/// Whether a resource's code is the code of a system, or in opcs4 and icd10 one below it; dots and capitals as in
/// value::parse_code.
bool is_of_code(std::string_view found, std::string_view system, std::string_view code);

}  // namespace proviso::input
