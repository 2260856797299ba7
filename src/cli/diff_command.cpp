#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <random>
#include <set>
#include <thread>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/diff_cases.hpp"
#include "cli/diff_library.hpp"
#include "cli/diff_relations.hpp"
#include "cli/library.hpp"
#include "cli/outputs.hpp"
#include "cli/places.hpp"
#include "cli/progress.hpp"
#include "text/diagnostic.hpp"
#include "trial/comparison/changes.hpp"
#include "trial/comparison/comparison.hpp"
#include "trial/comparison/diff_report.hpp"

namespace proviso::cli {
namespace {

using trial::after;
using trial::before;
using trial::both_sides;
using trial::Side;

/// Columns of the text, which is read in a terminal, in a mail and in a review.
constexpr std::size_t text_width = 100;

struct Arguments {
  std::array<std::string, 2> libraries;
  std::string cases;
  std::string cases_format;
  std::string record;
  std::vector<std::string> policies;
  std::string place;
  std::string on;
  std::vector<std::string> lists;
  std::vector<std::string> registers;
  bool with_drafts = false;
  std::string format = "text";
  std::string html;
  std::size_t first = 5;
  std::size_t threads = 0;
  std::optional<std::uint64_t> seed;
  bool draw_all = false;
  std::string write_cases;
};

/// One run of the command. Each step says itself what is wrong, and leaves the exit code.
class Diff {
 public:
  explicit Diff(const Arguments& arguments) : arguments_(arguments) {}

  int run() {
    if (!check_arguments() || !read_libraries() || !check_outputs()) return exit_code_;
    if (!find_place() || !check_policies()) return exit_code_;
    trial::ChangeFilter filter;
    filter.policies = arguments_.policies;
    filter.place = place_;
    filter.on = on_;
    report_.changes = trial::compare_libraries(revision(before), revision(after), filter);
    if (!arguments_.cases.empty() && !compare_cases()) return exit_code_;
    if (!write()) return exit_code_;
    return exit_code();
  }

 private:
  const Arguments& arguments_;
  int exit_code_ = wrong_command_line;
  std::array<std::optional<DiffLibrary>, 2> libraries_;
  std::optional<std::int32_t> on_;
  std::string place_;
  std::optional<std::uint64_t> drawn_;     ///< how many records are drawn
  std::optional<RepeatedInput> repeated_;  ///< the cases, where they are read more than once
  int files_code_ = all_well;
  trial::DiffReport report_;

  const model::Library& library(Side side) const { return libraries_[side]->library; }
  trial::Revision revision(Side side) const {
    return {libraries_[side]->name, &libraries_[side]->library, &libraries_[side]->sources};
  }
  /// False, with the message on standard error.
  static bool wrong(const std::string& message) { return complain(message) == all_well; }

  bool check_arguments() {
    on_ = date_argument("--on", arguments_.on);
    const std::string random = "random:";
    if (arguments_.cases.rfind(random, 0) == 0) {
      std::uint64_t count = 0;
      const char* const first = arguments_.cases.data() + random.size();
      const char* const last = arguments_.cases.data() + arguments_.cases.size();
      const auto [end, error] = std::from_chars(first, last, count);
      if (error != std::errc() || end != last || count == 0) {
        return wrong(fmt::format("--cases random:N wants a number of records, not `{}`", first));
      }
      drawn_ = count;
    }
    if (!drawn_ && (!arguments_.write_cases.empty() || arguments_.draw_all || arguments_.seed)) {
      return wrong("--seed, --draw-all and --write-cases are for records that are drawn: --cases random:N");
    }
    if ((drawn_ || arguments_.cases.empty()) && !arguments_.registers.empty()) {
      return wrong("--register is for cases from a file: drawn records say themselves what their registers do");
    }
    return true;
  }

  /// Writes over none of the files that are compared.
  bool check_outputs() const {
    std::vector<std::string> inputs;
    for (const Side side : both_sides)
      inputs.insert(inputs.end(), library(side).files.begin(), library(side).files.end());
    if (!drawn_) inputs.push_back(arguments_.cases);
    add_files_named(arguments_.lists, inputs);
    add_files_named(arguments_.registers, inputs);
    const auto may_be_written = [&](const std::string& file) { return file.empty() || may_write(file, inputs); };
    return may_write("", inputs) && may_be_written(arguments_.html) && may_be_written(arguments_.write_cases);
  }

  bool read_libraries() {
    for (const Side side : both_sides) {
      libraries_[side] = read_diff_library(arguments_.libraries[side], side == before ? "before" : "after");
      if (!libraries_[side]) {
        exit_code_ = answer_is_no;
        return false;
      }
      report_.names[side] = libraries_[side]->name;
      report_.digests[side] = library(side).digest;
    }
    return true;
  }

  /// A place of either library; a place that one of them does not have is fine.
  bool find_place() {
    if (arguments_.place.empty()) return true;
    for (const Side side : {after, before}) {
      const model::PlaceId place = library(side).place(arguments_.place);
      if (place == model::none) continue;
      place_ = library(side).places[place].name;
      return true;
    }
    const auto place = place_argument(library(after), arguments_.place);
    if (place) place_ = library(after).places[*place].name;
    return place.has_value();
  }

  bool check_policies() {
    for (const std::string& name : arguments_.policies) {
      std::vector<std::string> names;
      for (const Side side : both_sides) {
        for (const model::Policy& policy : library(side).policies) {
          names.push_back(policy.name);
          names.push_back(policy.full_name());
        }
      }
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      const auto close = text::closest(name, names);
      return wrong(fmt::format("neither library has a policy `{}`{}", name,
                               close ? fmt::format("; did you mean `{}`?", *close) : ""));
    }
    if (!arguments_.policies.empty()) {
      report_.limits.push_back(fmt::format("{} {}", arguments_.policies.size() == 1 ? "the policy" : "the policies",
                                           fmt::join(arguments_.policies, ", ")));
    }
    if (!place_.empty()) report_.limits.push_back("in " + place_);
    if (on_) report_.limits.push_back("on " + arguments_.on);
    return true;
  }

  /// What the cases are: asked for, or else the only record that policies of both libraries are on.
  std::optional<std::string> record_name() const {
    auto name = arguments_.record.empty() ? only_record({&library(before), &library(after)}, "say what the cases are",
                                                        "neither library has policies")
                                          : arguments_.record;
    if (!name) return {};
    for (const Side side : both_sides) {
      if (library(side).record(*name) != model::none) continue;
      complain(fmt::format("the library {}, `{}`, has no record `{}`", side == before ? "before" : "after",
                           libraries_[side]->name, *name));
      return {};
    }
    return name;
  }

  bool compare_cases() {
    const auto record = record_name();
    if (!record) return false;
    trial::ComparisonOptions options;
    options.deciding.policies = arguments_.policies;
    options.deciding.with_drafts = arguments_.with_drafts;
    options.deciding.on = on_;
    options.place = place_;
    options.first_cases = arguments_.first;
    options.threads = arguments_.threads > 0 ? arguments_.threads : std::max(1U, std::thread::hardware_concurrency());
    const auto lists = read_lists(arguments_.lists);
    if (!lists) return false;
    options.lists = lists->by_name;
    std::optional<OutputFile> kept;
    DiffRelations relations(library(before), library(after), *record);
    options.with_relations = drawn_.has_value();
    auto source = drawn_ ? draw(*record, kept) : open(options, relations);
    if (!source) return false;
    struct stat status {};
    const bool sized = !drawn_ && arguments_.cases != "-" && stat(arguments_.cases.c_str(), &status) == 0;
    Progress progress(isatty(STDERR_FILENO) != 0, sized ? static_cast<std::uint64_t>(status.st_size) : 0);
    options.progress = [&progress](std::uint64_t bytes, std::uint64_t records) { progress.update(bytes, records); };
    report_.cases = trial::compare_cases(library(before), library(after), *record, *source, options);
    progress.end();
    if (repeated_ && !repeated_->unchanged() && report_.cases->failure.empty()) {
      report_.cases->failure = "the file changed while it was read twice, so its results are not to be relied on";
    }
    files_code_ = std::max(files_code_, report_bad_rows(*lists));
    if (report_.cases->failure.empty()) warn_of_stray_rows(*lists);
    return !kept || kept->finish();
  }

  std::optional<input::RecordSource> open(trial::ComparisonOptions& options, DiffRelations& relations) {
    const std::string& path = arguments_.cases;
    auto format = input::format_by_name(arguments_.cases_format);
    if (!format) format = path == "-" ? input::Format::ndjson : input::format_of(path);
    if (!format) {
      complain(fmt::format("say what `{}` is: --cases-format ndjson, json or csv", path));
      return {};
    }
    if (!take_lists(arguments_.lists, *format)) return {};
    options.format = *format;
    report_.cases_from = path == "-" ? "standard input" : path;
    files_code_ = relations.gather_registers(arguments_.registers, options.threads);
    if (files_code_ == wrong_command_line) return {};
    auto source = relations.ask_for_cases() ? open_gathered(options, relations) : input::open_source(path, *format);
    relations.complete(options);
    if (source) return std::move(*source);
    complain(fmt::format("`{}`: {}", path, source.error()));
    return {};
  }

  tl::expected<input::RecordSource, std::string> open_gathered(const trial::ComparisonOptions& options,
                                                               DiffRelations& relations) {
    auto opened = RepeatedInput::open(arguments_.cases);
    if (!opened) return tl::make_unexpected(opened.error());
    repeated_.emplace(std::move(*opened));
    BatchOptions reading;
    reading.input = options.format;
    reading.lists = options.lists;
    reading.threads = options.threads;
    relations.gather_cases(*repeated_, reading);
    return repeated_->source(options.format);
  }

  std::optional<input::RecordSource> draw(const std::string& record, std::optional<OutputFile>& kept) {
    const std::uint64_t seed = arguments_.seed ? *arguments_.seed : std::random_device{}();
    if (!arguments_.write_cases.empty()) {
      auto opened = OutputFile::open(arguments_.write_cases);
      if (!opened) return {};
      kept.emplace(std::move(*opened));
    }
    const std::set<std::string> wanted = drawn_policies();
    std::array<DrawnFor, 2> drawn;
    for (const Side side : both_sides) {
      drawn[side].library = &library(side);
      for (const model::Policy& policy : library(side).policies) {
        const bool there = wanted.count(policy.full_name()) != 0 && library(side).records[policy.record].name == record;
        auto& policies = drawn[side].policies;
        if (there && std::find(policies.begin(), policies.end(), policy.full_name()) == policies.end()) {
          policies.push_back(policy.full_name());
        }
      }
    }
    // A library that has none of them has no edges of theirs.
    if (drawn[before].policies.empty() != drawn[after].policies.empty()) {
      drawn[drawn[before].policies.empty() ? before : after] = drawn[drawn[before].policies.empty() ? after : before];
    }
    report_.seed = seed;
    // Where no policy on the record reads what changed, an agreement may.
    report_.drawn_around = drawn[after].policies.empty() ? "all policies"
                           : arguments_.policies.empty() ? "what changed"
                                                         : "the policies";
    return input::RecordSource(
        draw_cases(drawn[before], drawn[after], record, *drawn_, seed, kept ? kept->file() : nullptr),
        input::Format::ndjson);
  }

  /// By full name; empty: all.
  std::set<std::string> drawn_policies() const {
    std::set<std::string> names;
    if (!arguments_.policies.empty()) {
      for (const Side side : both_sides) {
        for (const model::Policy& policy : library(side).policies) {
          for (const std::string& each : arguments_.policies) {
            if (policy.name == each || policy.full_name() == each) names.insert(policy.full_name());
          }
        }
      }
      return names;
    }
    if (arguments_.draw_all) return names;
    for (const trial::ChangedThing& thing : report_.changes.things) {
      if (thing.what == "policy") names.insert(thing.name);
      for (const trial::Reader& reader : thing.read_by) names.insert(reader.policy);
    }
    return names;
  }

  bool write() const {
    std::string text;
    if (arguments_.format == "json") {
      append_diff_json(text, report_);
      text += '\n';
    } else {
      append_diff_text(text, report_, text_width);
    }
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (arguments_.html.empty()) return true;
    std::string page;
    append_diff_html(page, report_);
    return write_output(arguments_.html, page);
  }

  int exit_code() const {
    if (report_.cases && complain_about_records(*report_.cases)) return some_records_failed;
    if (files_code_ != all_well) return files_code_;
    return report_.differs() ? answer_is_no : all_well;
  }

  /// True where some could not be read.
  bool complain_about_records(const trial::CaseComparison& cases) const {
    const std::string from = drawn_ ? "drawn records" : arguments_.cases;
    for (const Side side : both_sides) {
      const Side other = side == before ? after : before;
      for (const std::string& field : cases.undeclared[side]) {
        const bool by_both = cases.undeclared[other].count(field) != 0;
        if (by_both && side == after) continue;
        fmt::print(stderr, "{}: warning[{}]: the field `{}` is not declared for `{}`{} and was ignored\n", from,
                   text::code_name(text::Code::undeclared_field), field, cases.record,
                   by_both ? std::string() : fmt::format(" by `{}`", libraries_[side]->name));
      }
      for (const trial::UnreadableCase& each : cases.first_unreadable[side]) {
        fmt::print(stderr, "{}:{}: error[{}]: {}{} (read by `{}`)\n", from, each.line, each.code,
                   each.field.empty() ? "" : "`" + each.field + "`: ", each.message, libraries_[side]->name);
      }
      if (cases.unreadable[side] > 0) {
        fmt::print(stderr, "{}: {} of {} records could not be read by `{}`\n", from, cases.unreadable[side],
                   cases.records, libraries_[side]->name);
      }
    }
    if (!cases.failure.empty()) fmt::print(stderr, "proviso: {}: {}\n", from, cases.failure);
    return !cases.failure.empty() || cases.unreadable[before] > 0 || cases.unreadable[after] > 0;
  }
};

}  // namespace

void add_diff(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand(
      "diff",
      "What changes between two libraries: in their words (policies, payments, agreements, relations, limits, places "
      "and "
      "fields), and on cases (the outcomes of policies and payments; agreements are settled by `settle`)");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("OLD", arguments->libraries[before],
                   "The library before: a folder, a file, or REV:FOLDER as it is in a git revision (the folder seen "
                   "from the current one)")
      ->required();
  command->add_option("NEW", arguments->libraries[after], "The library after, likewise")->required();
  command->add_option("--cases", arguments->cases,
                      "Records that both decide: a .ndjson, .json or .csv file, - for standard input, or random:N for "
                      "N records drawn around the edges of what changed");
  command->add_option("--cases-format", arguments->cases_format, "The cases' form, if the ending does not say")
      ->check(CLI::IsMember({"ndjson", "json", "csv"}));
  command->add_option("--list", arguments->lists, "NAME=FILE: a CSV file with the elements of a list, joined by id")
      ->allow_extra_args(false);
  command
      ->add_option("--register", arguments->registers,
                   "RECORD=FILE, or FILE: the records of a register that relations ask for; may be given again")
      ->allow_extra_args(false);
  command->add_option("--record", arguments->record, "What the cases are, as Referral");
  command->add_option("--policy", arguments->policies, "Only this policy; may be given again")->allow_extra_args(false);
  command->add_option("--in", arguments->place, "Only what holds in this place");
  command->add_option("--on", arguments->on, "Only what holds on this day, which also decides every case");
  command->add_flag("--with-drafts", arguments->with_drafts, "Draft policies decide the cases too");
  command->add_option("--format", arguments->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  command->add_option("--html", arguments->html, "A page to write, with charts");
  command->add_option("--first", arguments->first, "How many cases of each change are named (5)");
  command->add_option("--threads", arguments->threads, "How many to use (all of the machine's)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
  command->add_option("--seed", arguments->seed, "Draws the same records again");
  command->add_flag("--draw-all", arguments->draw_all, "Records are drawn for all policies, not for the changed alone");
  command->add_option("--write-cases", arguments->write_cases, "A file that keeps the drawn records");
  command->callback([arguments, &exit_code] { exit_code = Diff(*arguments).run(); });
}

}  // namespace proviso::cli
