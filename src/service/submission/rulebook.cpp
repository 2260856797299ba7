#include "service/submission/rulebook.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "input/fhir_files.hpp"
#include "text/render.hpp"

namespace proviso::service {
namespace {

/// `FILE:LINE:COLUMN: MESSAGE` for each mistake in a mapping; else what is wrong with the file.
std::string described(const input::FhirFileProblem& problem) {
  std::string text;
  for (const input::MappingError& error : problem.errors) {
    text += fmt::format("{}:{}:{}: error: {}\n", problem.path, error.line, error.column, error.message);
  }
  return text.empty() ? "error: " + problem.message + "\n" : text;
}

}  // namespace

tl::expected<std::shared_ptr<const Rulebook>, std::string> Rulebook::load(const std::vector<std::string>& paths) {
  std::shared_ptr<Rulebook> book(new Rulebook);
  text::Diagnostics diagnostics;
  book->library_ = check::load_library(paths, book->sources_, diagnostics);
  if (diagnostics.has_errors()) {
    return tl::unexpected(text::render(diagnostics, book->sources_, text::Format::plain));
  }
  for (std::uint32_t record = 0; record < book->library_.records.size(); ++record) {
    const auto& policies = book->library_.policies;
    const bool decided =
        std::any_of(policies.begin(), policies.end(), [&](const auto& each) { return each.record == record; });
    if (!decided) continue;
    book->records_.push_back(book->library_.records[record].name);
    auto mapping = input::find_fhir_mapping(paths, book->library_, record);
    if (mapping) {
      book->mappings_.push_back(std::move(*mapping));
    } else if (!mapping.error().path.empty()) {
      return tl::unexpected(described(mapping.error()));
    }
  }
  return book;
}

const Desk* Rulebook::desk(std::string_view record, decide::Explain explain) const {
  const auto known = std::find(records_.begin(), records_.end(), record);
  if (known == records_.end()) return nullptr;
  const std::lock_guard lock(mutex_);
  auto& desk = desks_[{*known, explain}];
  if (!desk) {
    desk = std::make_unique<Desk>(library_, record, explain);
    desk->engine().compile_all();
  }
  return desk.get();
}

const input::FhirMapping* Rulebook::fhir(std::string_view record) const {
  const auto found = std::find_if(mappings_.begin(), mappings_.end(),
                                  [&](const input::FhirMapping& each) { return each.record().name == record; });
  return found == mappings_.end() ? nullptr : &*found;
}

Rulebooks::Rulebooks(std::vector<std::string> paths, std::shared_ptr<const Rulebook> first)
    : paths_(std::move(paths)), current_(std::move(first)) {}

std::shared_ptr<const Rulebook> Rulebooks::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

tl::expected<bool, std::string> Rulebooks::reload(const Objection& objection) {
  const std::lock_guard one_at_a_time(reloading_);
  auto read = Rulebook::load(paths_);
  const auto before = current();
  if (read && objection) {
    if (std::string why = objection(**read, *before); !why.empty()) read = tl::unexpected(std::move(why));
  }
  // Programs are made before the book is taken into use, so that no request waits for them.
  if (read) {
    for (const std::string& record : (*read)->records()) (*read)->desk(record);
  }
  const std::lock_guard lock(mutex_);
  if (!read) {
    trouble_ = read.error();
    return tl::unexpected(read.error());
  }
  trouble_.clear();
  current_ = *read;
  return (*read)->library().digest != before->library().digest;
}

std::string Rulebooks::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

}  // namespace proviso::service
