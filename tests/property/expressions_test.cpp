#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "check/check.hpp"
#include "program/chunk.hpp"
#include "program/program.hpp"
#include "property/expressions.hpp"
#include "property/settings.hpp"
#include "reference/reference.hpp"
#include "syntax/parse.hpp"
#include "text/render.hpp"
#include "value/code.hpp"

namespace proviso::property {
namespace {

/// A value by name, as `eval --facts` gives it.
struct NamedValue {
  std::string name;
  Type type;
  std::string literal;  ///< empty: missing
};

std::vector<NamedValue> make_values(Random& random, const Vocabulary& vocabulary, Pool& pool) {
  static const std::vector<Type> types = {{Sort::number},
                                          {Sort::number},
                                          {Sort::truth},
                                          {Sort::money},
                                          {Sort::date},
                                          {Sort::date},
                                          {Sort::months},
                                          {Sort::days},
                                          {Sort::quantity, "kg"},
                                          {Sort::quantity, "mg"},
                                          {Sort::quantity, "cm"},
                                          {Sort::text},
                                          {Sort::quantity, "hours"},
                                          {Sort::quantity, "minutes"},
                                          {Sort::percent},
                                          {Sort::code, "", "opcs4"}};
  std::vector<NamedValue> values;
  for (long left = random.between(1, 6); left > 0; --left) {
    const Type& type = random.pick(types);
    const std::string literal = make_literal(random, vocabulary, type, pool);
    values.push_back({"v_" + std::to_string(left), type, random.chance(12) ? "" : literal});
  }
  return values;
}

/// The reference's value as a column holds it.
std::optional<std::int64_t> bits_of(const reference::Value& value, const model::Library& library,
                                    const value::Type& type) {
  if (!value.known) return std::nullopt;
  switch (value.kind) {
    case reference::Kind::truth:
      return value.yes ? 1 : 0;
    case reference::Kind::decimal:
      return static_cast<std::int64_t>(value.number);
    case reference::Kind::date:
      return value.day - reference::epoch;
    case reference::Kind::duration:
      if (type.duration == value::DurationKind::either) return 2 * value.count + (value.in_days ? 1 : 0);
      return value.count;
    case reference::Kind::text: {
      const auto found = std::find(library.texts.begin(), library.texts.end(), value.text);
      return found - library.texts.begin();
    }
    case reference::Kind::code:
      return *value::parse_code(type.system, value.text);
    default:
      FAIL("no such value alone");
      return std::nullopt;
  }
}

std::string show(const std::optional<std::int64_t>& bits) { return bits ? std::to_string(*bits) : "unknown"; }

class Tried {
 public:
  int good = 0;
  int refused = 0;
  std::map<std::string, int> errors;

  void expression(Random& random) {
    Vocabulary vocabulary;
    Pool pool;
    std::vector<NamedValue> values = make_values(random, vocabulary, pool);
    Names names;
    for (const NamedValue& value : values) names.values.push_back({value.name, value.type});
    ExpressionMaker maker(random, vocabulary, pool, false);
    const std::string text = maker.make(maker.any_type(names), names, static_cast<int>(random.between(1, 4))).render();

    text::Sources sources;
    text::Diagnostics diagnostics;
    std::vector<check::NamedValue> given;
    for (const NamedValue& value : values) {
      using Form = check::NamedValue::Form;
      given.push_back({value.name, value.literal.empty() ? Form::missing : Form::literal, value.literal, {}});
    }
    const check::CheckedExpression checked = check::check_expression({}, sources, text, given, diagnostics);
    if (diagnostics.has_errors()) {
      ++refused;
      ++errors[text::code_name(diagnostics.sorted().front().code)];
      if (number_from_environment("PROVISO_SHOW_REFUSED", 0) != 0) {
        std::cout << text::render_terminal(diagnostics, sources, false);
      }
      return;
    }
    ++good;
    if (number_from_environment("PROVISO_SHOW_EXPRESSIONS", 0) != 0) std::cout << text << "\n";
    std::string facts;
    for (const NamedValue& value : values) facts += "  " + value.name + " = " + value.literal + "\n";
    INFO(text << "\n" << facts);
    const auto found = by_program(checked);
    const reference::Value expected = by_reference(text, values);
    const value::Type& type = checked.library.nodes.at(checked.root).type;
    const auto wanted = bits_of(expected, checked.library, type);
    INFO("expected " << show(wanted) << " but " << show(found));
    CHECK(wanted == found);
    if (type.kind == value::Kind::quantity && expected.known) CHECK(expected.unit == value::spelling(type.unit));
  }

  static std::optional<std::int64_t> by_program(const check::CheckedExpression& checked) {
    program::Chunk chunk(checked.library, checked.record);
    chunk.add_row(0);
    for (const check::CheckedExpression::Value& value : checked.values) {
      if (value.constants.empty()) continue;
      const model::Constant& constant = value.constants.at(0);
      if (!constant.known) continue;
      if (constant.type.kind == value::Kind::truth) {
        chunk.set_truth(value.fact, 0, constant.bits != 0);
      } else {
        chunk.set_value(value.fact, 0, constant.bits);
      }
    }
    chunk.finish();
    const program::Program program = program::compile(checked.library, checked.record, {checked.root}, {}, model::none);
    program::Workspace workspace;
    workspace.run(program, chunk);
    const model::Constant result = workspace.constant(checked.root, 0);
    if (!result.known) return std::nullopt;
    return result.bits;
  }

 private:
  static reference::Value by_reference(const std::string& text, const std::vector<NamedValue>& values) {
    text::Sources sources;
    text::Diagnostics diagnostics;
    const syntax::ParsedExpression parsed = syntax::parse_expression(sources, sources.add("e", text), diagnostics);
    std::vector<syntax::ParsedExpression> literals;
    literals.reserve(values.size());
    std::map<std::string, reference::Given> given;
    for (const NamedValue& value : values) {
      given[value.name] = {};
      if (value.literal.empty()) continue;
      literals.push_back(syntax::parse_expression(sources, sources.add(value.name, value.literal), diagnostics));
      given[value.name] = {&literals.back().tree, literals.back().root, false, {}};
    }
    return reference::evaluate_alone(parsed.tree, parsed.root, given);
  }
};

/// What the expression comes to, as bits; nothing where it is unknown.
std::optional<std::int64_t> alone(const std::string& text) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const check::CheckedExpression checked = check::check_expression({}, sources, text, {}, diagnostics);
  INFO(text << "\n" << text::render_terminal(diagnostics, sources, false));
  REQUIRE(!diagnostics.has_errors());
  return Tried::by_program(checked);
}

/// The evaluators may be wrong alike; these hold whatever they think.
TEST_CASE("quantities in two units are added and chosen between exactly, in whichever order they stand",
          "[differential]") {
  Random random(seed());
  const Vocabulary vocabulary;
  Pool pool;
  int decided = 0;
  for (std::uint64_t i = record_count(2'000); i > 0; --i) {
    const std::vector<std::string>& family = random.pick(unit_families());
    const std::string a = make_literal(random, vocabulary, {Sort::quantity, random.pick(family)}, pool);
    const std::string b = make_literal(random, vocabulary, {Sort::quantity, random.pick(family)}, pool);
    const auto is_so = [&](const std::string& claim) {
      const std::optional<std::int64_t> found = alone(claim);
      INFO(claim);
      // Unknown where the smaller unit cannot hold it.
      CHECK(found.value_or(1) == 1);
      decided += found ? 1 : 0;
    };
    CHECK(alone(a + " + " + b) == alone(b + " + " + a));
    is_so(a + " + " + b + " - " + b + " = " + a);
    is_so(a + " - " + b + " + " + b + " = " + a);
    is_so("(minimum of " + a + ", " + b + ") in { " + a + ", " + b + " }");
    is_so("(maximum of " + a + ", " + b + ") in { " + b + ", " + a + " }");
    is_so("(if " + a + " > " + b + " then " + a + " else " + b + ") in { " + a + ", " + b + " }");
    is_so("(first known of " + a + ", " + b + ") = " + a);
  }
  CHECK(decided > 0);
}

TEST_CASE("a lone expression has the value that the reference gives it", "[differential]") {
  Random random(seed());
  Tried tried;
  const std::uint64_t wanted = record_count(20'000);
  for (std::uint64_t i = 0; i < wanted; ++i) tried.expression(random);
  std::cout << tried.good << " expressions, and " << tried.refused << " that did not check\n";
  for (const auto& [error, count] : tried.errors) std::cout << "  " << error << ": " << count << "\n";
  CHECK(tried.refused < tried.good);
}

}  // namespace
}  // namespace proviso::property
