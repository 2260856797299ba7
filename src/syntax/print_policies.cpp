#include <algorithm>

#include <fmt/format.h>

#include "syntax/print.hpp"
#include "syntax/print_file.hpp"
#include "syntax/print_parts.hpp"
#include "text/utf8.hpp"

/// Policies, and the file as a whole.
namespace proviso::syntax {
namespace {

std::string group_head(const Condition& condition) {
  switch (condition.kind) {
    case GroupKind::all:
      return "all {";
    case GroupKind::any:
      return "any {";
    case GroupKind::at_least:
      return fmt::format("at least {} of {{", condition.count);
    default:
      return "none of {";
  }
}

/// Declarations of one line stand together with their like.
bool stand_together(const Declaration& a, const Declaration& b) {
  const auto across_lines = [](const Declaration& one) {
    return std::holds_alternative<RelationDeclaration>(one) || std::holds_alternative<GroupDeclaration>(one);
  };
  if (across_lines(a) && across_lines(b)) return true;
  return a.index() == b.index() &&
         (std::holds_alternative<Use>(a) || std::holds_alternative<TypeDeclaration>(a) ||
          std::holds_alternative<Definition>(a) || std::holds_alternative<HookDeclaration>(a));
}

}  // namespace

std::string padded(std::string text, std::size_t width) {
  const std::size_t length = text::count_characters(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

void FilePrinter::close(Span block, const std::string& behind) {
  page_.comments_before(block.end);
  page_.outdent();
  page_.line('}' + behind);
}

void FilePrinter::condition(std::uint32_t offset, const std::string& before, const Condition& condition,
                            const std::string& behind) {
  if (condition.kind == GroupKind::expression) {
    page_.line(offset, before + print(tree_, condition.expression) + behind);
    return;
  }
  page_.line(offset, before + group_head(condition));
  page_.indent();
  std::size_t name_width = 0;
  std::size_t label_width = 0;
  for (const Criterion& criterion : condition.criteria) {
    name_width = std::max(name_width, criterion.name.text.size());
    if (!criterion.label.empty())
      label_width = std::max(label_width, text::count_characters(quote(criterion.label)) + 1);
  }
  for (const Criterion& criterion : condition.criteria) {
    // Without labels the colons stand right behind the names.
    const std::string label = criterion.label.empty() ? "" : quote(criterion.label);
    const std::string head = label.empty()
                                 ? padded(criterion.name.text + ':', label_width == 0 ? name_width + 1 : 0)
                                 : padded(criterion.name.text, name_width) + ' ' + padded(label + ':', label_width);
    this->condition(criterion.span.begin, head + ' ', criterion.condition, {});
  }
  close(condition.span, behind);
}

void FilePrinter::clause(const Clause& clause) {
  const std::string sentence = clause.sentence.empty() ? "" : ' ' + quote(clause.sentence);
  const std::string gives = clause.payment ? outcome(*clause.payment, clause.name.text) : clause.outcome;
  if (clause.word == "otherwise") {
    page_.line(clause.span.begin, fmt::format("otherwise {}{}", gives, sentence));
    return;
  }
  const std::string name = clause.name.text.empty() ? "" : ' ' + clause.name.text;
  condition(clause.span.begin, fmt::format("{}{} when ", gives, name), clause.condition, sentence);
}

void FilePrinter::head_line(std::uint32_t offset, std::string_view word, std::string_view rest) {
  page_.line(offset, fmt::format("{:<10} {}", word, rest));
}

void FilePrinter::sources(const std::vector<Citation>& sources) {
  for (const Citation& source : sources) {
    // The word `source` is printed by its column.
    head_line(source.span.begin, "source", citation(source).substr(std::string_view("source ").size()));
  }
}

void FilePrinter::notes(const std::vector<std::string>& notes, const std::vector<std::string>& unverified) {
  for (const std::string& note : notes) page_.line("note       " + quote(note));
  for (const std::string& each : unverified) page_.line("unverified " + quote(each));
}

void FilePrinter::head(const PolicyDeclaration& policy) {
  const auto named = [&](std::string_view word, const Name& name) {
    if (!name.text.empty()) head_line(name.span.begin, word, name.text);
  };
  named("category", policy.category);
  named("status", policy.status);
  sources(policy.sources);
  if (policy.effective) head_line(policy.effective->span.begin, "effective", period(*policy.effective));
  named("dated by", policy.dated_by);
  named("placed by", policy.placed_by);
  if (!policy.places.empty()) {
    head_line(policy.places.front().span.begin, "in", listed(policy.places));
  }
  if (policy.applies != no_expression) {
    page_.line(tree_.expression(policy.applies).span.begin, "applies when " + print(tree_, policy.applies));
  }
  notes(policy.notes, policy.unverified);
}

void FilePrinter::declaration(const PolicyDeclaration& policy) {
  const std::string label = policy.label.empty() ? "" : ' ' + quote(policy.label);
  page_.line(policy.span.begin, fmt::format("{} {}{} on {} {{", policy.payment ? "payment" : "policy", policy.name.text,
                                            label, policy.record.text));
  page_.indent();
  head(policy);
  const Clause* before = nullptr;
  for (const Clause& clause : policy.clauses) {
    const bool grouped = clause.condition.kind != GroupKind::expression ||
                         (before != nullptr && before->condition.kind != GroupKind::expression);
    if (before == nullptr || grouped || before->word != clause.word) page_.gap();
    this->clause(clause);
    before = &clause;
  }
  close(policy.span);
}

std::string FilePrinter::run() {
  if (!tree_.library.text.empty()) page_.line(tree_.library.span.begin, "library " + tree_.library.text);
  const Declaration* before = nullptr;
  for (const Declaration& declaration : tree_.declarations) {
    if (before == nullptr || !stand_together(*before, declaration)) page_.gap();
    std::visit([this](const auto& one) { this->declaration(one); }, declaration);
    before = &declaration;
  }
  return page_.finish();
}

std::string print(const Tree& tree) { return FilePrinter(tree).run(); }

}  // namespace proviso::syntax
