#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/batch.hpp"
#include "cli/batch_input.hpp"
#include "model/library.hpp"
#include "settle/relations.hpp"
#include "trial/comparison/comparison.hpp"

namespace proviso::cli {

/// What the other lines say of each case, as each of two libraries relates them.
class DiffRelations {
 public:
  /// Both libraries must have the record.
  DiffRelations(const model::Library& old_library, const model::Library& new_library, const std::string& record);

  /// Whether one of the libraries asks for the other cases, so that they are read once before they are decided.
  bool ask_for_cases() const;
  /// Gathers the registers of `--register`, each for the libraries that ask for it. The exit code: wrong_command_line,
  /// having complained; some_records_failed where some of their lines could not be read.
  int gather_registers(const std::vector<std::string>& arguments, std::size_t threads);
  /// Gathers the cases for the libraries that ask for them.
  void gather_cases(const RepeatedInput& cases, const BatchOptions& options);
  /// After everything was gathered: has the comparison fill it in. This must outlive the comparison.
  void complete(trial::ComparisonOptions& options);

 private:
  std::array<const model::Library*, 2> libraries_;
  std::array<std::uint32_t, 2> records_;
  std::array<settle::Relations, 2> relations_;

  bool asks_for_cases(trial::Side side) const;
  std::array<std::vector<std::string>, 2> sorted(const std::vector<std::string>& arguments) const;
};

}  // namespace proviso::cli
