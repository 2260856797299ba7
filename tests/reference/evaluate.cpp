#include "reference/evaluate.hpp"

namespace proviso::reference {

using syntax::ExpressionKind;

namespace {

/// What the values that are chosen among have in common: the first that says more than a bare word, and of quantities
/// the smallest unit.
Value common(const std::vector<Value>& values) {
  std::optional<Value> found;
  for (const Value& value : values) {
    if (value.kind == Kind::enumeration) return value;
    const bool vague = value.kind == Kind::any || value.kind == Kind::word;
    if (!vague) found = found ? smaller_of(*found, value) : value;
  }
  return found.value_or(values.front());
}

/// The greatest whole number that is no more.
Integer floor_of(Integer number) { return number - (number % one + one) % one; }

Value without_bounds(Value value) {
  value.bounds.reset();
  return value;
}

Value literal(const syntax::Expression& expression) {
  Value value;
  value.known = true;
  const std::string& text = expression.text;
  switch (expression.kind) {
    case ExpressionKind::yes:
    case ExpressionKind::no:
      return truth(expression.kind == ExpressionKind::yes);
    case ExpressionKind::number:
      return decimal(parse_number(text));
    case ExpressionKind::quantity:
      return decimal(parse_number(text), expression.word);
    case ExpressionKind::duration: {
      const std::string& unit = expression.word;
      const std::optional<Integer> number = parse_number(text);
      if (!number || *number % one != 0) return decimal(number, unit);
      return duration(*number / one *
                          (unit == "years"   ? 12
                           : unit == "weeks" ? 7
                                             : 1),
                      unit == "weeks" || unit == "days");
    }
    case ExpressionKind::money:
      return decimal(parse_number(text, expression.word == "p" ? 4 : 6), "£");
    case ExpressionKind::percent:
      return decimal(parse_number(text, 4));
    case ExpressionKind::date:
      return date(parse_day(text));
    case ExpressionKind::text:
      value.kind = Kind::text;
      value.text = text;
      return value;
    case ExpressionKind::code:
      value.kind = Kind::code;
      value.text = plain_code(text);
      return value;
    case ExpressionKind::name:
      value.kind = Kind::word;
      value.text = text;
      return value;
    default:
      return Value{};
  }
}

}  // namespace

Value evaluate_literal(const syntax::Tree& tree, syntax::ExpressionId id) {
  const syntax::Expression& expression = tree.expression(id);
  if (expression.kind == ExpressionKind::negate) return negate(evaluate_literal(tree, expression.operands.front()));
  return literal(expression);
}

Value Evaluator::value(const Written& e) const {
  switch (e->kind) {
    case ExpressionKind::name:
      return name_value(e);
    case ExpressionKind::call:
      return call(e);
    case ExpressionKind::hook:
      return hook(e);
    case ExpressionKind::negate:
      return negate(value(e.operand(0)));
    case ExpressionKind::absolute: {
      const Value a = value(e.operand(0));
      return a.number < 0 || a.count < 0 ? negate(a) : without_bounds(a);
    }
    case ExpressionKind::add:
    case ExpressionKind::subtract: {
      const bool adds = e->kind == ExpressionKind::add;
      if ((*e.operand(1)).kind == ExpressionKind::working_days) return working_day(e);
      const Value b = value(e.operand(1));
      return plus(value(e.operand(0)), adds ? b : negate(b));
    }
    case ExpressionKind::multiply:
      return times(value(e.operand(0)), value(e.operand(1)));
    case ExpressionKind::divide:
      return over(value(e.operand(0)), value(e.operand(1)));
    case ExpressionKind::modulo:
      return modulo(value(e.operand(0)), value(e.operand(1)));
    case ExpressionKind::rounded: {
      const Value a = value(e.operand(0));
      const Value step = in_terms_of(value(e.operand(1)), a);
      if (a.kind == Kind::any) return unknown_like(step);
      if (!a.known || !step.known) return unknown_like(a);
      return decimal(round_to(a.number, step.number, e->word), a.unit);
    }
    case ExpressionKind::compare:
      return reference::truth(compare(value(e.operand(0)), e->word, value(e.operand(1))));
    case ExpressionKind::between: {
      const Value a = value(e.operand(0));
      const Value low = value(e.operand(1));
      const Value high = value(e.operand(2));
      // A count is a whole number, and there may be none between the two, whatever these may still be.
      const bool has_limits = (low.known || low.bounds) && (high.known || high.bounds);
      if (!a.known && a.bounds && has_limits) {
        const Integer least = low.known ? low.number : low.bounds->first;
        const Integer most = high.known ? high.number : high.bounds->second;
        const std::optional<Integer> first = in_range(-floor_of(-least));
        // The greatest number is not whole: above it there is none.
        if (!first || floor_of(most) < *first) return reference::truth(false);
      }
      return reference::truth(both(compare(a, ">=", low), compare(a, "<=", high)));
    }
    case ExpressionKind::within: {
      const Value a = value(e.operand(0));
      const Value by = value(e.operand(1));
      const Value of = value(e.operand(2));
      if (e->word == "before") {
        return reference::truth(both(compare(a, ">=", plus(of, negate(by))), compare(a, "<=", of)));
      }
      return reference::truth(both(compare(a, ">=", of), compare(a, "<=", plus(of, by))));
    }
    case ExpressionKind::in:
      return membership(e);
    case ExpressionKind::is_known:
    case ExpressionKind::is_unknown: {
      const Value a = value(e.operand(0));
      bool known = a.known;
      if (a.kind == Kind::list) known = is_whole(*list_fact(e.operand(0)));
      return reference::truth(known == (e->kind == ExpressionKind::is_known));
    }
    case ExpressionKind::negation:
      return reference::truth(opposite(truth(e.operand(0))));
    case ExpressionKind::conjunction:
    case ExpressionKind::disjunction: {
      const bool all = e->kind == ExpressionKind::conjunction;
      std::optional<bool> result = all;
      for (std::size_t i = 0; i < e->operands.size(); ++i) {
        const std::optional<bool> next = truth(e.operand(i));
        result = all ? both(result, next) : either(result, next);
      }
      return reference::truth(result);
    }
    case ExpressionKind::conditional:
      return conditional(e);
    case ExpressionKind::rank: {
      const std::optional<Fact> rank = fact("rank in " + e->text);
      return rank ? read_fact(*rank) : unknown_of(Kind::decimal);
    }
    case ExpressionKind::first_known:
    case ExpressionKind::minimum_of:
    case ExpressionKind::maximum_of:
      return choose(e);
    case ExpressionKind::elapsed:
      return elapsed(e);
    case ExpressionKind::month_of:
    case ExpressionKind::year_of:
    case ExpressionKind::financial_year_of:
    case ExpressionKind::start_of_month_of:
    case ExpressionKind::end_of_month_of:
    case ExpressionKind::working_day_of_month_of:
      return calendar(e);
    default:
      return is_list_form(e->kind) ? over_list(e) : literal(*e);
  }
}

Evaluator::Meaning Evaluator::meaning(const Written& name) const {
  const std::string& path = name->text;
  const std::size_t dot = path.find('.');
  const std::string head = path.substr(0, dot);
  Meaning result;
  result.file = name.file;
  for (const Scope* scope = name.scope; scope != nullptr; scope = scope->around) {
    if (scope->name != head) continue;
    if (scope->is_parameter) {
      result.scope = scope;
    } else {
      result.fact = find_fact(world_, scope->element, dot == std::string::npos ? "" : path.substr(dot + 1));
    }
    return result;
  }
  result.fact = find_fact(world_, record_, path);
  if (result.fact) return result;
  result.definition = world_.find<syntax::Definition>(result.file, path);
  if (result.definition == nullptr) result.threshold = world_.find<syntax::ThresholdDeclaration>(result.file, path);
  const bool found = result.definition != nullptr || result.threshold != nullptr;
  // Codes are for records alone.
  for (const Places::Declared& place : world_.places().all()) {
    if (!found && place.name == path) result.place = place.name;
  }
  return result;
}

Value Evaluator::name_value(const Written& name) const {
  if (given != nullptr) {
    const auto found = given->find(name->text);
    if (found != given->end()) return given_value(found->second);
  }
  const Meaning found = meaning(name);
  if (found.scope != nullptr) {
    // A quantity in a smaller unit than the parameter's stays in it.
    const Value argument = value(found.scope->argument);
    const Value type = unknown_of_type(world_, found.scope->type_file, *found.scope->type);
    return in_terms_of(argument, type.kind == Kind::decimal ? smaller_of(type, argument) : type);
  }
  if (found.fact) return read_fact(*found.fact);
  if (found.definition != nullptr) return value({found.file, found.definition->body, nullptr});
  if (found.threshold != nullptr) return threshold_value(found.file, *found.threshold);
  if (!found.place.empty()) return in_terms_of(literal(*name), unknown_of(Kind::place));
  return literal(*name);
}

Value Evaluator::given_value(const Given& value_given) const {
  if (value_given.is_list) return unknown_of(Kind::list);
  if (value_given.tree == nullptr) return Value{};
  return evaluate_literal(*value_given.tree, value_given.literal);
}

Value Evaluator::threshold_value(const File* file, const syntax::ThresholdDeclaration& threshold) const {
  const Value type = unknown_of_type(world_, file, threshold.type);
  if (!deciding_) return type;
  std::vector<Held> periods;
  for (const syntax::ThresholdValue& each : threshold.values) {
    periods.push_back(held(*file->tree, each.place.text, each.period));
  }
  const std::optional<std::size_t> found = in_force(world_.places(), periods, place_, *deciding_);
  if (!found) return type;
  return in_terms_of(evaluate_literal(*file->tree, threshold.values[*found].value), type);
}

std::vector<Scope> Evaluator::parameters(const Written& call, const syntax::Definition& definition,
                                         const File* file) const {
  std::vector<Scope> scopes(definition.parameters.size());
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    const syntax::Parameter& parameter = definition.parameters[i];
    scopes[i] =
        Scope{i == 0 ? nullptr : &scopes[i - 1], parameter.name.text, true, {}, call.operand(i), file, &parameter.type};
  }
  return scopes;
}

Value Evaluator::call(const Written& e) const {
  const File* file = e.file;
  if (const auto* definition = world_.find<syntax::Definition>(file, e->text)) {
    const std::vector<Scope> scopes = parameters(e, *definition, file);
    return value({file, definition->body, scopes.empty() ? nullptr : &scopes.back()});
  }
  if (const auto* table = world_.find<syntax::TableDeclaration>(file, e->text)) return look_up(e, file, *table);
  return Value{};
}

Value Evaluator::hook(const Written& e) const {
  const File* file = e.file;
  const auto* declaration = world_.find<syntax::HookDeclaration>(file, e->text);
  if (declaration == nullptr) return Value{};
  const Value type = unknown_of_type(world_, file, declaration->result);
  std::vector<Value> arguments;
  for (std::size_t i = 0; i < e->operands.size(); ++i) {
    const Value parameter = unknown_of_type(world_, file, declaration->parameters[i].type);
    arguments.push_back(without_bounds(in_terms_of(value(e.operand(i)), parameter)));
  }
  const Value answer = world_.hooks().at(declaration->name.text)(arguments);
  return answer.known ? in_terms_of(answer, type) : type;
}

Value Evaluator::look_up(const Written& e, const File* file, const syntax::TableDeclaration& table) const {
  const Value type = unknown_of_type(world_, file, table.value);
  std::vector<Value> keys;
  for (std::size_t i = 0; i < e->operands.size(); ++i) {
    keys.push_back(in_terms_of(value(e.operand(i)), unknown_of_type(world_, file, table.keys[i].type)));
    if (!keys.back().known) return type;
  }
  for (const syntax::TableRow& row : table.rows) {
    bool matches = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Value key = in_terms_of(evaluate_literal(*file->tree, row.keys[i]), keys[i]);
      matches = matches && order(keys[i], key) == 0;
    }
    if (matches) return in_terms_of(evaluate_literal(*file->tree, row.value), type);
  }
  return type;
}

Value Evaluator::conditional(const Written& e) const {
  const std::optional<bool> condition = truth(e.operand(0));
  Value yes = value(e.operand(1));
  Value no = value(e.operand(2));
  const Value like = common({yes, no});
  yes = without_bounds(in_terms_of(yes, like));
  no = without_bounds(in_terms_of(no, like));
  if (condition) return *condition ? yes : no;
  return order(yes, no) == 0 ? yes : unknown_like(like);
}

Value Evaluator::choose(const Written& e) const {
  std::vector<Value> values;
  for (std::size_t i = 0; i < e->operands.size(); ++i) values.push_back(value(e.operand(i)));
  const Value like = common(values);
  if (e->kind == ExpressionKind::first_known) {
    // The first is it though the unit that they have in common cannot hold it.
    for (const Value& each : values) {
      if (each.known) return without_bounds(in_terms_of(each, like));
    }
    return unknown_like(like);
  }
  for (Value& each : values) each = without_bounds(in_terms_of(each, like));
  Value best = values.front();
  for (const Value& each : values) {
    const std::optional<int> found = order(each, best);
    if (!found) return unknown_like(like);
    if (e->kind == ExpressionKind::minimum_of ? *found < 0 : *found > 0) best = each;
  }
  return best;
}

Value Evaluator::elapsed(const Written& e) const {
  const Value from = value(e.operand(0));
  const Value to = value(e.operand(1));
  if (!from.known || !to.known) return unknown_of(Kind::decimal);
  std::optional<long> count;
  if (e->word == "years") count = years_from(from.day, to.day);
  if (e->word == "months") count = months_from(from.day, to.day);
  if (e->word == "weeks") count = (to.day - from.day) / 7;
  if (e->word == "days") count = to.day - from.day;
  if (e->word == "working days") count = working_days_from(from.day, to.day);
  if (!count) return unknown_of(Kind::decimal);
  return decimal(Integer{*count} * one);
}

Value Evaluator::working_day(const Written& e) const {
  const Value from = value(e.operand(0));
  const Value count = value(e.operand(1).operand(0));
  if (!from.known || !count.known || count.number % one != 0) return date(std::nullopt);
  const Integer days = count.number / one;
  // More than the calendar has.
  if (days > last_day_number || days < -last_day_number) return date(std::nullopt);
  return date(plus_working_days(from.day, static_cast<long>(e->kind == ExpressionKind::add ? days : -days)));
}

Value Evaluator::calendar(const Written& e) const {
  const Value of = value(e.operand(e->operands.size() - 1));
  const bool gives_number = e->kind == ExpressionKind::month_of || e->kind == ExpressionKind::year_of;
  if (!of.known) return gives_number ? unknown_of(Kind::decimal) : date(std::nullopt);
  Day day = day_of(of.day);
  switch (e->kind) {
    case ExpressionKind::month_of:
      return decimal(Integer{day.month} * one);
    case ExpressionKind::year_of:
      return decimal(Integer{day.year} * one);
    case ExpressionKind::financial_year_of:
      return date(financial_year(of.day));
    case ExpressionKind::start_of_month_of:
      day.day = 1;
      return date(number_of(day));
    case ExpressionKind::end_of_month_of:
      day.day = days_in_month(day.year, day.month);
      return date(number_of(day));
    default: {
      const Value which = value(e.operand(0));
      if (!which.known || which.number % one != 0 || which.number > 31 * one) return date(std::nullopt);
      return date(working_day_of_month(of.day, static_cast<long>(which.number / one)));
    }
  }
}

Value evaluate_alone(const syntax::Tree& tree, syntax::ExpressionId root, const std::map<std::string, Given>& given) {
  const World world({&tree});
  Evaluator evaluator(world, Origin{}, std::nullopt);
  evaluator.given = &given;
  return evaluator.value({&world.files().front(), root, nullptr});
}

}  // namespace proviso::reference
