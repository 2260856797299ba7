#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "reference/facts.hpp"
#include "reference/reference.hpp"

namespace proviso::reference {

/// The value of a literal: no names, no operators but a sign. A name is an enumeration's value.
Value evaluate_literal(const syntax::Tree& tree, syntax::ExpressionId id);

struct Scope;

/// An expression, and the names that it sees.
struct Written {
  const File* file = nullptr;
  syntax::ExpressionId id = syntax::no_expression;
  const Scope* scope = nullptr;

  const syntax::Expression& operator*() const { return file->tree->expression(id); }
  const syntax::Expression* operator->() const { return &file->tree->expression(id); }
  Written operand(std::size_t index) const { return {file, file->tree->expression(id).operands[index], scope}; }
};

/// One name more than the scope around: a list's element, or a definition's parameter, which is read again wherever it
/// is used.
struct Scope {
  const Scope* around = nullptr;
  std::string name;
  bool is_parameter = false;
  Origin element;
  Written argument;
  const File* type_file = nullptr;
  const syntax::TypeExpression* type = nullptr;
};

/// Reads one record on one day.
class Evaluator {
 public:
  /// `place` is the name of the record's; empty: none, or none that is known.
  Evaluator(const World& world, Origin record, std::optional<DayNumber> deciding, std::string place = {})
      : world_(world), record_(std::move(record)), deciding_(deciding), place_(std::move(place)) {}

  Value value(const Written& expression) const;
  std::optional<bool> truth(const Written& expression) const { return truth_of(value(expression)); }

  /// Asks for what is unknown and can change the value of the expression, as far as Kleene's logic sees it.
  using Ask = std::function<void(const Fact& fact, bool out_of_date)>;
  void needs(const Written& expression, const Ask& ask) const;
  /// Nobody is asked for a list of other lines not all of which could be read, nor for a rank in it.
  bool can_be_given(const Fact& fact) const;

  /// Whether something is divided by nought in working the expression out, be it known all the same.
  bool divides_by_nought(const Written& expression) const;

  /// Every fact that the expression may read, whatever the values: `visit` is called with each fact, and for a fact in
  /// lists once for every element there is.
  using Visit = std::function<void(const Fact& fact)>;
  void facts(const Written& expression, const Visit& visit) const;

  /// The fact of the record at the path.
  std::optional<Fact> fact(const std::string& path) const { return find_fact(world_, record_, path); }
  Value read_fact(const Fact& fact) const { return read(world_, fact, deciding_).value; }

  /// Values that names stand for where there is no record.
  const std::map<std::string, Given>* given = nullptr;

 private:
  const World& world_;
  Origin record_;
  std::optional<DayNumber> deciding_;
  std::string place_;

  /// What a name is, in the order in which it is looked for.
  struct Meaning {
    const Scope* scope = nullptr;  ///< a parameter
    std::optional<Fact> fact;
    const syntax::Definition* definition = nullptr;
    const syntax::ThresholdDeclaration* threshold = nullptr;
    std::string place;  ///< the name of a declared place
    const File* file = nullptr;
  };
  Meaning meaning(const Written& name) const;
  Value name_value(const Written& name) const;
  Value given_value(const Given& given) const;
  Value threshold_value(const File* file, const syntax::ThresholdDeclaration& threshold) const;
  Value call(const Written& expression) const;
  Value hook(const Written& expression) const;
  Value look_up(const Written& expression, const File* file, const syntax::TableDeclaration& table) const;
  Value choose(const Written& expression) const;
  Value extreme(const Written& expression) const;
  Value conditional(const Written& expression) const;
  Value calendar(const Written& expression) const;
  Value working_day(const Written& expression) const;
  Value elapsed(const Written& expression) const;
  Value membership(const Written& expression) const;
  std::optional<bool> in_codes(const Value& code, const File* file, const syntax::CodesDeclaration& codes) const;
  Value over_list(const Written& expression) const;
  Value fold(const Written& expression, const std::vector<Scope>& elements, const Scope& typical) const;

  /// The scopes that a definition's body sees: one for each argument, kept alive by the vector.
  std::vector<Scope> parameters(const Written& call, const syntax::Definition& definition, const File* file) const;
  /// The list that a name means; none where it means something else.
  std::optional<Fact> list_fact(const Written& name) const;
  /// A scope for each element that is there.
  std::vector<Scope> elements(const Written& form) const;
  Scope typical_element(const Written& form) const;
  /// Whether that element of the list, counted from 0, is the line that is decided: it is in its own groups.
  bool is_itself(const Fact& list, std::size_t element) const;
  /// Whether a list form is about the element, as far as a relation's window says.
  std::optional<bool> in_window(const Written& form, const Scope& element) const;
  /// Whether it is among those that the form goes over; of `every`, whether it is as every one should be.
  std::optional<bool> meets(const Written& form, const Scope& element) const;
  void window_needs(const Written& form, const Scope& element, const Ask& ask) const;
  void window_facts(const Written& form, const Scope& element, const Visit& visit) const;
  /// Asks for a list or a rank: what other lines bring lacks a key of this one, if any.
  void ask_whole(const Fact& fact, const Ask& ask) const;
  bool an_element_divides_by_nought(const Written& form) const;
  void list_needs(const Written& form, const Ask& ask) const;
  void name_needs(const Written& name, const Ask& ask) const;
};

/// The parts of a list form.
bool is_list_form(syntax::ExpressionKind kind);
bool has_list_value(syntax::ExpressionKind kind);
/// `every e in list`: whatever the elements are, they are as they should be, in a window and outside.
bool asks_nothing(const Written& form);
/// yes where it has no condition.
Written list_condition(const Written& form, const Scope& element);
Written list_value(const Written& form, const Scope& element);

}  // namespace proviso::reference
