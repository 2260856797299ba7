#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>

#include "check/check.hpp"
#include "check/load.hpp"
#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/eval_values.hpp"
#include "cli/library.hpp"
#include "cli/outputs.hpp"
#include "cli/places.hpp"
#include "output/json_text.hpp"
#include "program/chunk.hpp"
#include "program/program.hpp"
#include "text/byte_order_mark.hpp"
#include "text/render.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> words;  // libraries, then the expression
  std::string facts;
  std::string batch;
  std::string on;
  std::string in;
};

/// What thresholds and code lists are looked up for.
struct Where {
  std::optional<std::int32_t> on;
  std::string in;  ///< a place, or nothing
};

struct Evaluated {
  std::string value;
  std::string type;
  std::vector<std::string> reasons;  ///< why a value that misses nothing is unknown
};

/// The values of the made-up record, in a chunk of one.
program::Chunk fill(const check::CheckedExpression& checked) {
  program::Chunk chunk(checked.library, checked.record);
  const auto& record = checked.library.records[checked.record];
  const std::size_t row = chunk.add_row(0);
  const auto set = [&](model::FactId fact, std::size_t at, const model::Constant& constant) {
    if (!constant.known) return;
    if (record.facts[fact].type.kind == value::Kind::truth) {
      chunk.set_truth(fact, at, constant.bits != 0);
    } else {
      chunk.set_value(fact, at, constant.bits);
    }
  };
  for (const auto& value : checked.values) {
    const auto& fact = record.facts[value.fact];
    if (fact.type.kind != value::Kind::list) {
      for (const auto& constant : value.constants) set(value.fact, row, constant);
      continue;
    }
    chunk.begin_list(value.fact, row);
    for (const auto& constant : value.constants) {
      const std::size_t element = chunk.add_row(fact.elements);
      set(record.levels[fact.elements].facts.front(), element, constant);
    }
  }
  chunk.finish();
  return chunk;
}

/// Nothing where the expression does not compile: `diagnostics` then says why.
std::optional<Evaluated> evaluate(const std::vector<check::SourceTree>& trees, text::Sources& sources,
                                  const std::string& expression, const std::vector<check::NamedValue>& values,
                                  const Where& where, text::Diagnostics& diagnostics) {
  const auto checked = check::check_expression(trees, sources, expression, values, diagnostics);
  if (checked.root == model::none) return {};
  for (const auto& node : checked.library.nodes) {
    if (where.on || (node.kind != model::NodeKind::threshold && node.kind != model::NodeKind::in_codes)) continue;
    const bool dated = node.kind == model::NodeKind::threshold ||
                       checked.library.code_lists[node.index].blocks.size() != 1 ||
                       checked.library.code_lists[node.index].blocks.front().period.first != INT32_MIN;
    if (!dated) continue;
    auto& diagnostic =
        diagnostics.add(text::Code::no_deciding_date, node.span, "the value depends on the date, and none is given");
    diagnostic.help = "give one: --on 2019-04-01";
    return {};
  }
  const program::Chunk chunk = fill(checked);
  const auto compiled = program::compile(checked.library, checked.record, {checked.root},
                                         {checked.library.place(where.in), where.on.value_or(0)}, model::none);
  program::Workspace registers;
  registers.run_row(compiled, chunk, 0);
  const auto constant = registers.constant(checked.root, 0);
  Evaluated result;
  result.value = model::format(checked.library, constant);
  result.type = model::format(checked.library, checked.library.nodes[checked.root].type);
  if (!constant.known) {
    for (const auto& problem : registers.problems()) result.reasons.emplace_back(problem.reason);
  }
  return result;
}

int run_one(const std::vector<check::SourceTree>& trees, text::Sources& sources, const Arguments& arguments,
            const std::string& expression, const Where& where) {
  std::vector<check::NamedValue> values;
  if (!arguments.facts.empty()) {
    auto read = read_values(arguments.facts);
    if (!read) {
      fmt::print(stderr, "proviso: --facts: {}\n", read.error());
      return wrong_command_line;
    }
    values = std::move(*read);
  }
  text::Diagnostics diagnostics;
  const auto result = evaluate(trees, sources, expression, values, where, diagnostics);
  if (!result) {
    show(diagnostics, sources);
    return answer_is_no;
  }
  fmt::print("{}\n", result->value);
  for (const auto& reason : result->reasons) fmt::print(stderr, "because: {}\n", reason);
  return all_well;
}

std::string answer(const std::vector<check::SourceTree>& trees, const text::Sources& sources, std::string_view line,
                   const Where& where, bool& failed) {
  std::string out = "{\"id\": ";
  const auto error = [&](const std::string& code, const std::string& message) {
    failed = true;
    out += ", \"error\": \"" + code + "\", \"message\": " + output::as_json(message) + "}\n";
    return out;
  };
  const EvalLine read = read_line(line);
  out += read.id;
  if (!read.problem.empty()) return error(text::code_name(text::Code::malformed_record), read.problem);
  // Each line has sources of its own, so that a long batch does not gather them.
  text::Sources own = sources;
  text::Diagnostics diagnostics;
  const auto result = evaluate(trees, own, read.expression, read.values, where, diagnostics);
  if (!result) {
    for (const auto& diagnostic : diagnostics.sorted()) {
      if (text::severity_of(diagnostic.code) == text::Severity::error) {
        return error(text::code_name(diagnostic.code), diagnostic.message);
      }
    }
    return error(text::code_name(text::Code::syntax), "the expression cannot be read");
  }
  out += ", \"value\": " + output::as_json(result->value) + ", \"type\": " + output::as_json(result->type);
  if (!result->reasons.empty()) {
    out += ", \"notes\": [";
    for (std::size_t i = 0; i < result->reasons.size(); ++i)
      out += (i ? ", " : "") + output::as_json(result->reasons[i]);
    out += ']';
  }
  return out + "}\n";
}

int run_batch(const std::vector<check::SourceTree>& trees, const text::Sources& sources, const Arguments& arguments,
              const Where& where) {
  if (!may_write("", {arguments.batch})) return wrong_command_line;
  std::ifstream file;
  if (arguments.batch != "-") {
    file.open(arguments.batch, std::ios::binary);
    if (!file) return complain(fmt::format("`{}` cannot be opened", arguments.batch));
  }
  std::istream& lines = arguments.batch == "-" ? std::cin : file;
  bool failed = false;
  std::string line;
  for (bool first = true; std::getline(lines, line); first = false) {
    const std::string_view read = first ? text::without_byte_order_mark(line) : line;
    fmt::print("{}", answer(trees, sources, read, where, failed));
  }
  // A folder opens, and then cannot be read.
  if (lines.bad()) return complain(fmt::format("`{}` cannot be read", arguments.batch));
  return failed ? some_records_failed : all_well;
}

int run(Arguments& arguments) {
  const Where where{date_argument("--on", arguments.on), arguments.in};
  std::string expression;
  if (arguments.batch.empty()) {
    if (arguments.words.empty()) throw CLI::RequiredError("EXPRESSION");
    expression = arguments.words.back();
    arguments.words.pop_back();
  }
  text::Sources sources;
  text::Diagnostics diagnostics;
  check::Loaded loaded;
  model::Library library;
  if (!arguments.words.empty()) {
    loaded = check::load(arguments.words, sources, diagnostics);
    library = check::check(loaded.trees, sources, diagnostics);
    if (diagnostics.has_errors()) {
      show(diagnostics, sources);
      return answer_is_no;
    }
  }
  if (!where.in.empty() && !place_argument(library, where.in)) return wrong_command_line;
  if (!arguments.batch.empty()) return run_batch(loaded.trees, sources, arguments, where);
  return run_one(loaded.trees, sources, arguments, expression, where);
}

}  // namespace

void add_eval(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand("eval", "The value of one expression");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("WORDS", arguments->words,
                      "[LIBRARY...] EXPRESSION: with a library, its definitions can be named");
  command->add_option("--facts", arguments->facts,
                      R"(Named values: {"bmi": "36 kg/m2", "smoker": false, "quit": null})");
  command->add_option("--batch", arguments->batch,
                      R"(A file with lines of {"id": ..., "expression": ..., "facts": {...}}, or -)");
  command->add_option("--on", arguments->on, "The date for which thresholds and code lists are looked up");
  command->add_option("--in", arguments->in, "The place for which they are looked up, by its name or ODS code");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
