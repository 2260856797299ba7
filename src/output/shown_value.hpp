#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "decide/decision.hpp"
#include "decide/version.hpp"
#include "program/chunk.hpp"
#include "value/truth.hpp"

namespace proviso::output {

/// Appends a fact's value as the language writes it, `unknown` where the record does not say. A list of plain values
/// is written with its values, any other list as `3 entries`; one that is known in part with ` and perhaps others`.
void append_fact_value(std::string& out, const program::Chunk& chunk, model::FactId fact, std::size_t record,
                       const decide::ReadValue& value);
void append_constant(std::string& out, const program::Chunk& chunk, const model::Constant& constant);

/// Money without its sign, as other programs read it: `31.50`, `-0.125`; two places at least.
void append_amount(std::string& out, std::int64_t money);

/// yes, no, unknown.
std::string_view spelling(value::Truth truth);
/// `half even`.
std::string_view spelling(value::Rounding mode);

/// `count of sore_throats`, `latest of episodes`.
std::string aggregate_name(const model::Library& library, const model::Record& record, const decide::Read& read);
/// What a criterion read, by its name: a fact's, a threshold's, a hook's, or as aggregate_name; of a table as it is
/// looked up: `tariff(hrg)`.
std::string read_name(const model::Library& library, const model::Record& record, const decide::Read& read);

/// Appends what a criterion read as a person reads it, with what goes with it: `36 kg/m2 on 2018-10-20, out of date`,
/// `no, assumed`, `35 kg/m2 in Luton from 2019-10-01`. Of a hook its answer, without the sentence; of a table what it
/// has there.
void append_read_value(std::string& out, const program::Chunk& chunk, const decide::Read& read, std::size_t record,
                       const decide::ReadValue& value);

}  // namespace proviso::output
