#pragma once

#include <string>

#include "model/library.hpp"
#include "output/record_json.hpp"
#include "program/chunk.hpp"

/// Records that scenarios describe and that trials make up.
namespace proviso::trial {

/// What the record says of the fact, that it is left out too; null where it says nothing.
const model::GivenFact* find(const model::GivenRecord& record, model::FactId fact);
/// The same, and null too where it says that the fact is left out.
const model::GivenFact* find_known(const model::GivenRecord& record, model::FactId fact);

/// Gives the record, whose facts are in their order, that fact; takes it out where it is given as left out.
void put(model::GivenRecord& record, model::GivenFact given);

/// Adds the record to the chunk as its next row. The chunk is to be finished by the caller.
void add_record(program::Chunk& chunk, const model::GivenRecord& given);

/// Writes such records as `decide` reads them: `{"id":"...","patient":{"bmi":{"value":36,"on":"2019-10-20"}}}`, one
/// line without its end. An empty `id` is left out. One serves a thread.
class GivenJson {
 public:
  GivenJson(const model::Library& library, std::uint32_t record);
  void append(std::string& out, const model::GivenRecord& given, std::string_view id);

 private:
  program::Chunk chunk_;
  output::RecordJson json_;
  output::WrittenFacts facts_;
};

/// As a scenario writes it: `patient.bmi = 36 kg/m2 on 2019-10-20`. The fact's own name in an element is that within
/// it.
std::string spell(const model::Library& library, const model::Record& record, const model::GivenFact& fact);

/// The facts in which `b` differs from `a`, as `b` has them: those that only `a` has are there as left out.
model::GivenRecord difference(const model::GivenRecord& a, const model::GivenRecord& b);

}  // namespace proviso::trial
