#include "reading.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

namespace reading {

using namespace proviso;
using namespace proviso::syntax;

namespace {

Lines complaints_of(const text::Sources& sources, const text::Diagnostics& diagnostics) {
  Lines lines;
  for (const auto& diagnostic : diagnostics.sorted()) {
    const auto at = sources.start(diagnostic.span);
    lines.push_back(
        fmt::format("{}:{} {} {}", at.line, at.column, text::code_name(diagnostic.code), diagnostic.message));
  }
  return lines;
}

constexpr const char* kind_names[] = {
#define PROVISO_EXPRESSION(name, meaning) #name,
#include "syntax/expression_kinds.def"
#undef PROVISO_EXPRESSION
};

std::string optional(const Tree& tree, ExpressionId id) { return id == no_expression ? "-" : shape(tree, id); }

std::string type(const TypeExpression& one) {
  std::string result = fmt::format("<{}|{}|{}", one.word, one.unit, one.name);
  for (const auto& value : one.values) result += '|' + value.text;
  for (const auto& element : one.element) result += type(element);
  return result + '>';
}

std::string citation(const std::optional<Citation>& one) {
  return one ? fmt::format("[source {}|{}]", one->document, one->section) : "";
}

std::string period(const Tree& tree, const Period& one) {
  return fmt::format("[{} to {}]", optional(tree, one.first), optional(tree, one.last));
}

std::string parameters(const std::vector<Parameter>& list) {
  std::string result;
  for (const auto& one : list) result += one.name.text + type(one.type) + ';';
  return result;
}

std::string condition(const Tree& tree, const Condition& one) {
  if (one.kind == GroupKind::expression) return optional(tree, one.expression);
  std::string result = fmt::format("{{group {} {}", static_cast<int>(one.kind), one.count);
  for (const auto& criterion : one.criteria) {
    result += fmt::format(" {}|{}:{}", criterion.name.text, criterion.label, condition(tree, criterion.condition));
  }
  return result + '}';
}

std::string places(const std::vector<Place>& list) {
  std::string result;
  for (const auto& one : list) {
    result += fmt::format(" {}|{}", one.name.text, one.label);
    for (const auto& code : one.ods) result += '=' + code.text;
    result += '{' + places(one.inside) + '}';
  }
  return result;
}

std::string names(const char* before, const std::vector<Name>& list) {
  std::string result;
  for (const auto& one : list) result += before + one.text;
  return result;
}

std::string given(const Tree& tree, const GivenFact& one);

std::string given(const Tree& tree, const GivenValue& one) {
  if (one.value != no_expression)
    return optional(tree, one.value) + (one.on == no_expression ? "" : " on " + optional(tree, one.on));
  std::string result = "{";
  for (const auto& each : one.elements) result += given(tree, each) + ',';
  for (const auto& each : one.facts) result += given(tree, each) + ';';
  return result + '}';
}

std::string given(const Tree& tree, const GivenFact& one) { return one.name.text + '=' + given(tree, one.value); }

std::string expectation(const Tree& tree, const std::optional<Expectation>& one) {
  if (!one) return "-";
  return one->outcome.text + (one->code == no_expression ? "" : ' ' + optional(tree, one->code)) +
         (one->amount == no_expression ? "" : ' ' + optional(tree, one->amount)) +
         (one->strength.text.empty() ? "" : ' ' + one->strength.text) + names(" because ", one->because) +
         names(" about ", one->about);
}

/// `pay in full`, `withhold must`, `recount as (code AA) (money 5)`.
std::string outcome(const Tree& tree, const std::optional<PaymentOutcome>& one) {
  if (!one) return "";
  std::string result = one->word;
  if (!one->strength.text.empty()) result += ' ' + one->strength.text;
  if (one->code != no_expression) result += ' ' + optional(tree, one->code);
  if (one->amount != no_expression) result += ' ' + optional(tree, one->amount);
  return '[' + result + "] ";
}

std::string bounds(const Tree& tree, ExpressionId floor, ExpressionId cap) {
  return fmt::format("floor={} cap={}", optional(tree, floor), optional(tree, cap));
}

struct Shaper {
  const Tree& tree;

  std::string operator()(const Use& one) const { return "use " + one.library.text; }
  std::string operator()(const RecordDeclaration& one) const {
    std::string result = fmt::format("record {}|{}", one.name.text, one.label);
    for (const auto& field : one.fields) {
      result += fmt::format("\n  {} {} label={} ask={} measured={} valid={} assume={} check={}", field.name.text,
                            type(field.type), field.label, field.ask, field.measured, optional(tree, field.valid),
                            optional(tree, field.assume), field.check.text);
      if (field.price) result += " price";
    }
    return result;
  }
  std::string operator()(const TypeDeclaration& one) const { return "type " + one.name.text + type(one.type); }
  std::string operator()(const CodesDeclaration& one) const {
    std::string result =
        fmt::format("codes {} {} {} {}", one.name.text, one.system.text, citation(one.source), one.unverified);
    for (const auto& block : one.blocks) {
      result += fmt::format("\n  {} {}", block.place.text, block.period ? period(tree, *block.period) : "");
      for (const auto& item : block.included) result += fmt::format(" {}..{}", item.first, item.last);
      result += " except";
      for (const auto& item : block.excluded) result += fmt::format(" {}..{}", item.first, item.last);
      result += citation(block.source);
    }
    return result;
  }
  std::string operator()(const Definition& one) const {
    return fmt::format("define {}({}) {}", one.name.text, parameters(one.parameters), optional(tree, one.body));
  }
  std::string operator()(const TableDeclaration& one) const {
    std::string result =
        fmt::format("table {}({}) {} {}", one.name.text, parameters(one.keys), type(one.value), one.file);
    for (const auto& row : one.rows) {
      result += "\n ";
      for (const auto key : row.keys) result += ' ' + optional(tree, key);
      result += " -> " + optional(tree, row.value);
    }
    return result;
  }
  std::string operator()(const ThresholdDeclaration& one) const {
    std::string result =
        fmt::format("threshold {} {} vary{} {} {} {}", one.name.text, type(one.type), one.may_vary ? "" : " not",
                    optional(tree, one.least), optional(tree, one.greatest), one.unverified);
    for (const auto& value : one.values) {
      result += fmt::format("\n  {} {} {} {}", value.place.text, optional(tree, value.value),
                            period(tree, value.period), citation(value.source));
    }
    return result;
  }
  std::string operator()(const PolicyDeclaration& one) const {
    std::string result = fmt::format("{} {}|{} on {} category={} status={} dated={} placed={} applies={} {}",
                                     one.payment ? "payment" : "policy", one.name.text, one.label, one.record.text,
                                     one.category.text, one.status.text, one.dated_by.text, one.placed_by.text,
                                     optional(tree, one.applies), one.effective ? period(tree, *one.effective) : "");
    for (const auto& source : one.sources) result += citation(source);
    for (const auto& place : one.places) result += " in " + place.text;
    for (const auto& note : one.notes) result += " note " + note;
    for (const auto& unverified : one.unverified) result += " unverified " + unverified;
    for (const auto& clause : one.clauses) {
      result += fmt::format("\n  {} {} {}{} {} | {}", clause.word, clause.outcome, outcome(tree, clause.payment),
                            clause.name.text, condition(tree, clause.condition), clause.sentence);
    }
    return result;
  }
  std::string operator()(const RelationDeclaration& one) const {
    return fmt::format("relate {} on {}: {} in {} where {}", one.name.text, one.record.text, one.variable.text,
                       one.other.text, optional(tree, one.condition));
  }
  std::string operator()(const GroupDeclaration& one) const {
    return fmt::format("group {} on {}{}{}", one.name.text, one.record.text, names(" by ", one.keys),
                       names(" ordered ", one.order));
  }
  std::string operator()(const AgreementDeclaration& one) const {
    std::string result =
        fmt::format("agreement {}|{} on {} status={}{}{} covers={} dated={} placed={}", one.name.text, one.label,
                    one.record.text, one.status.text, names(" between ", one.between), names(" in ", one.places),
                    optional(tree, one.covers), one.dated_by.text, one.placed_by.text);
    for (const auto& source : one.sources) result += citation(source);
    for (const auto& note : one.notes) result += " note " + note;
    for (const auto& unverified : one.unverified) result += " unverified " + unverified;
    result += fmt::format("\n  period {} {}", optional(tree, one.length), one.period ? period(tree, *one.period) : "-");
    result += fmt::format("\n  baseline {} per={}", optional(tree, one.baseline), one.per.text);
    result += fmt::format("\n  saving {} {}", optional(tree, one.saving), bounds(tree, one.floor, one.cap));
    for (const auto& tier : one.shares) {
      result += "\n  share above " + optional(tree, tier.above);
      for (const auto& share : tier.shares) result += ' ' + share.party.text + optional(tree, share.percent);
    }
    for (const auto& cap : one.caps) result += fmt::format("\n  cap {} {}", cap.party.text, optional(tree, cap.amount));
    for (const auto& deduction : one.deductions) {
      result += fmt::format("\n  deduct {} from {}", optional(tree, deduction.amount), deduction.party.text);
    }
    if (one.settle) {
      result += fmt::format("\n  settle {} {} {} {}", one.settle->interval.text, optional(tree, one.settle->unit),
                            one.settle->mode, bounds(tree, one.settle->floor, one.settle->cap));
    }
    if (one.after) result += "\n  after " + one.after->lowest.text + names(" by ", one.after->same);
    for (const auto& target : one.targets) {
      result +=
          fmt::format("\n  target {}|{} among {} where {} met {} at least {} by {} from {}", target.name.text,
                      target.label, target.among.text, optional(tree, target.where), optional(tree, target.met),
                      optional(tree, target.at_least), optional(tree, target.length), optional(tree, target.date));
    }
    if (!one.corrected_by.text.empty()) result += "\n  corrected by " + one.corrected_by.text;
    return result;
  }
  std::string operator()(const PlacesDeclaration& one) const { return "places" + places(one.places); }
  std::string operator()(const HookDeclaration& one) const {
    return fmt::format("hook {}({}) {} tendency={} {}", one.name.text, parameters(one.parameters), type(one.result),
                       one.tendency.text, one.file);
  }
  std::string operator()(const VariationDeclaration& one) const {
    std::string result = fmt::format("variation {} in {} {}", one.policy.text, one.place.text,
                                     one.period ? period(tree, *one.period) : "-");
    for (const auto& source : one.sources) result += citation(source);
    for (const auto& place : one.not_looser_than) result += " than " + place.text;
    for (const auto& note : one.notes) result += " note " + note;
    for (const auto& unverified : one.unverified) result += " unverified " + unverified;
    for (const auto& change : one.changes) {
      result += fmt::format("\n  {} {} {}|{} to={} category={} {}", change.word, change.clause, change.name.text,
                            change.label, change.to.text, change.category.text,
                            change.condition ? condition(tree, *change.condition) : "-");
    }
    return result;
  }
  std::string operator()(const ScenarioDeclaration& one) const {
    std::string result = fmt::format("scenario {} of {}", one.title.text, one.policy.text);
    if (one.is_like()) result += " like " + one.like.text;
    for (const auto& fact : one.facts) result += "\n  " + given(tree, fact);
    if (one.varied) {
      result += "\n  vary" + names(" ", one.varied->facts);
      for (const auto& row : one.varied->rows) {
        result += "\n   ";
        for (const auto& value : row.values) result += ' ' + given(tree, value);
        result += " -> " + expectation(tree, row.expected);
      }
    }
    result += "\n  expect " + expectation(tree, one.expected) + (one.with_drafts ? " with drafts" : "");
    for (const auto& note : one.notes) result += " note " + note;
    for (const auto& unverified : one.unverified) result += " unverified " + unverified;
    return result;
  }
};

}  // namespace

File read_file(const std::string& content) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto number = sources.add("test.policy", content);
  File file;
  file.tree = parse(sources, number, diagnostics);
  file.complaints = complaints_of(sources, diagnostics);
  file.diagnostics = diagnostics.sorted();
  return file;
}

Lines said(const std::string& declarations) { return read_file("library x\n" + declarations).complaints; }

std::string help_of(const std::string& declarations) {
  const auto file = read_file("library x\n" + declarations);
  REQUIRE(file.diagnostics.size() == 1);
  return file.diagnostics.front().help;
}

Lone read_expression(const std::string& content) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const auto number = sources.add("expression", content);
  auto parsed = parse_expression(sources, number, diagnostics);
  return Lone{std::move(parsed.tree), parsed.root, complaints_of(sources, diagnostics), diagnostics.sorted()};
}

std::string shape(const Tree& tree, ExpressionId id) {
  const Expression& one = tree.expression(id);
  std::string result = fmt::format("({}", kind_names[static_cast<std::size_t>(one.kind)]);
  if (!one.text.empty()) result += ' ' + one.text;
  if (!one.word.empty()) result += " :" + one.word;
  if (!one.variable.text.empty()) result += " $" + one.variable.text + (one.has_condition ? "?" : "");
  for (const auto operand : one.operands) result += ' ' + shape(tree, operand);
  return result + ')';
}

std::string shape(const Tree& tree) {
  std::string result = "library " + tree.library.text;
  for (const auto& declaration : tree.declarations) result += '\n' + std::visit(Shaper{tree}, declaration);
  for (const auto& comment : tree.comments) result += "\n#" + comment.text;
  return result;
}

std::string shape_of(const std::string& expression) {
  const Lone lone = read_expression(expression);
  if (!lone.complaints.empty()) return lone.complaints.front();
  return lone.root == no_expression ? "nothing" : shape(lone.tree, lone.root);
}

std::string shape_of_file(const std::string& declarations) {
  const auto file = read_file("library x\n" + declarations);
  if (!file.complaints.empty()) return file.complaints.front();
  return shape(file.tree);
}

}  // namespace reading
