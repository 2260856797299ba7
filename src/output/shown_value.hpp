#pragma once

#include <cstddef>
#include <string>

#include "decide/decision.hpp"
#include "decide/version.hpp"
#include "program/chunk.hpp"

namespace proviso::output {

/// Appends a fact's value as the language writes it, `unknown` where the record does not say. A list of plain values
/// is written with its values, any other list as `3 entries`.
void append_fact_value(std::string& out, const program::Chunk& chunk, model::FactId fact, std::size_t record,
                       const decide::ReadValue& value);
void append_constant(std::string& out, const program::Chunk& chunk, const model::Constant& constant);

/// `count of sore_throats`, `latest of episodes`.
std::string aggregate_name(const model::Library& library, const model::Record& record, const decide::Read& read);

}  // namespace proviso::output
