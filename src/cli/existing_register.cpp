#include "cli/existing_register.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cli/arguments.hpp"

namespace proviso::cli {

std::unique_ptr<service::Register> open_existing(const std::string& where) {
  const bool is_address = where.find("://") != std::string::npos;
  std::error_code problem;
  if (!is_address && !std::filesystem::exists(where, problem)) {
    complain(fmt::format("there is no register `{}`", where));
    return nullptr;
  }
  auto opened = service::open_register(where);
  if (!opened) {
    complain(opened.error());
    return nullptr;
  }
  return std::move(*opened);
}

}  // namespace proviso::cli
