// Decides one referral inside a program of one's own: embed LIBRARY '{"referred": "2023-05-16", ...}'
#include <array>
#include <iostream>
#include <sstream>

#include "check/load.hpp"
#include "decide/decider.hpp"
#include "input/reader.hpp"
#include "text/render.hpp"

using namespace proviso;

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return 2;
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto library = check::load_library({arguments[1]}, sources, diagnostics);
  std::cerr << text::render(diagnostics, sources, text::Format::text);
  if (diagnostics.has_errors()) return 1;
  const decide::Engine engine(library, "Referral");  // the library and this may be shared by any number of threads

  std::istringstream json(arguments[2]);
  input::RecordSource source(input::bytes_of(json), input::Format::json);
  input::Block block;
  input::Results results;
  program::Chunk chunk(library, engine.record_index());
  decide::Decisions decisions;
  source.next(block);
  input::make_json_reader(library, engine.record_index())->read(block, chunk, results);
  chunk.finish();
  decide::Decider(engine).decide(chunk, decisions);

  for (const auto& error : results.errors) std::cout << "not read: " << error.message << '\n';
  for (const auto& decision : decisions.decisions) {
    const auto& version = engine.versions()[decision.version];
    std::cout << version.policy->label << ": " << model::spelling(decision.outcome) << '\n';
    for (std::uint32_t i = decision.reasons.first; i < decision.reasons.first + decision.reasons.count; ++i) {
      const auto& item = version.items[decisions.reasons[i].item];
      const auto result = static_cast<std::size_t>(decisions.reasons[i].result);
      std::cout << "  " << std::array{"not met", "met", "not known"}[result] << ": " << item.label << '\n';
    }
    for (std::uint32_t i = decision.needs.first; i < decision.needs.first + decision.needs.count; ++i) {
      std::cout << "  needed: " << engine.record().facts[decisions.needs[i].fact].ask << '\n';
    }
  }
  return results.errors.empty() ? 0 : 3;
}
