#include "cli/batch_report.hpp"

#include <fmt/format.h>

#include <algorithm>

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

void warn_of_keys(const settle::Relations& relations, const model::Library& library, std::uint32_t record,
                  const std::string& path) {
  const auto lines = [&](const std::string& name, std::uint64_t count) {
    const auto relation =
        std::find_if(library.relations.begin(), library.relations.end(),
                     [&](const model::Relation& each) { return each.record == record && each.name == name; });
    return fmt::format("{} {} of `{}` {}", count, count == 1 ? "record" : "records",
                       library.records[relation->other].name, count == 1 ? "has" : "have");
  };
  for (const auto& [name, count] : relations.without_key()) {
    fmt::print(stderr, "{}: warning: {} no value that `{}` finds lines by, so that no line finds {}\n", path,
               lines(name, count), name, count == 1 ? "it" : "them");
  }
  for (const auto& [name, count] : relations.unplaced()) {
    fmt::print(stderr,
               "{}: warning: {} a value that `{}` finds lines by and that cannot be read: {} may belong to any line "
               "that does not differ in the others\n",
               path, lines(name, count), name, count == 1 ? "it" : "they");
  }
}

void warn_of_lost(std::uint64_t lost, const std::string& path) {
  if (lost == 0) return;
  const bool one = lost == 1;
  fmt::print(stderr,
             "{}: {} {} could not be read at all, and may belong to any other: what relations and groups bring of the "
             "input counts as incomplete until {} mended or taken out\n",
             path, lost, one ? "record" : "records", one ? "it is" : "they are");
}

}  // namespace proviso::cli
