#include "cli/batch_report.hpp"

#include <fmt/format.h>

#include "text/diagnostic.hpp"

namespace proviso::cli {

void warn_of_findings(const BatchResult& result, const std::string& path, const std::string& record) {
  for (const auto& name : result.undeclared) {
    fmt::print(stderr, "{}: warning[{}]: the field `{}` is not declared for `{}` and was ignored\n", path,
               text::code_name(text::Code::undeclared_field), name, record);
  }
  for (const auto& remark : result.remarks) fmt::print(stderr, "{}: warning: {}\n", path, remark);
  for (const auto& name : result.found_month_first) {
    if (result.read_day_first.count(name) == 0) continue;
    fmt::print(stderr,
               "{}: warning: some dates of `{}` have their month first, and those that could be either were read day "
               "first: a mapping can say `day first` or `month first`\n",
               path, name);
  }
}

void show_errors(const std::vector<input::RecordError>& errors, const std::string& path) {
  for (const input::RecordError& error : errors) {
    fmt::print(stderr, "{}:{}: error[{}]: {}{}\n", path, error.line, text::code_name(error.code),
               error.field.empty() ? "" : fmt::format("`{}`: ", error.field), error.message);
  }
}

}  // namespace proviso::cli
