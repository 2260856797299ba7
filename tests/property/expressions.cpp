#include "property/expressions.hpp"

namespace proviso::property {
namespace {

const char hole = Expression::hole;

bool is_decimal(const Type& type) {
  return type.sort == Sort::number || type.sort == Sort::quantity || type.sort == Sort::money ||
         type.sort == Sort::percent;
}
bool is_duration(const Type& type) {
  return type.sort == Sort::months || type.sort == Sort::days || type.sort == Sort::duration;
}

/// Enumerations: some have.
bool has_order(const Type& type) {
  return type.sort != Sort::truth && type.sort != Sort::text && type.sort != Sort::code && type.sort != Sort::place;
}

std::string holes(std::size_t count, const std::string& between) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : between) + std::string(1, hole);
  return text;
}

/// `\1` is written as `_` in the patterns below, which have no other use for it.
std::string pattern(std::string text) {
  for (char& c : text) {
    if (c == '_') c = hole;
  }
  return text;
}

const std::vector<std::string>& family_of(const std::string& unit) {
  for (const std::vector<std::string>& family : unit_families()) {
    for (const std::string& member : family) {
      if (member == unit) return family;
    }
  }
  return unit_families().back();
}

}  // namespace

void Names::add(const std::vector<Field>& fields, const std::string& prefix) {
  for (const Field& field : fields) {
    const std::string path = prefix + field.name;
    if (field.shape == Field::Shape::value) values.push_back({path, field.type});
    if (field.shape == Field::Shape::record) add(field.fields, path + '.');
    if (field.shape == Field::Shape::list_of_records || field.shape == Field::Shape::list_of_values) {
      lists.push_back({path, &field});
    }
  }
}

void Names::add(const std::vector<Relation>& relations) {
  for (const Relation& relation : relations) {
    // Named more often than lists of the record itself.
    for (int more = 3; more > 0; --more) lists.push_back({relation.name, &relation.list});
    for (int more = relation.is_group ? 3 : 0; more > 0; --more) {
      values.push_back({"rank in " + relation.name, {Sort::number}});
    }
  }
}

bool ExpressionMaker::has(const Names& names, const Type& type) {
  for (const Named& named : names.values) {
    if (named.type == type) return true;
  }
  return false;
}

Expression ExpressionMaker::form(const Type& type, std::string text, std::vector<Expression> children) {
  return Expression{type, std::move(text), std::move(children)};
}

Expression ExpressionMaker::literal(const Type& type) {
  return form(type, make_literal(random_, vocabulary_, type, pool_), {});
}

Expression ExpressionMaker::named(const Type& type, const Names& names) {
  std::vector<std::string> fitting;
  for (const Named& named : names.values) {
    // The names of elements come up more often.
    if (named.type == type) fitting.insert(fitting.end(), named.path.find("e") == 0 ? 2 : 1, named.path);
  }
  if (fitting.empty()) return {};
  return form(type, random_.pick(fitting), {});
}

Expression ExpressionMaker::leaf(const Type& type, const Names& names) {
  // A word alone would not say what it is a value of.
  if (type.sort == Sort::enumeration || random_.chance(85)) {
    Expression found = named(type, names);
    if (!found.text.empty()) return found;
  }
  if (type.sort == Sort::truth && random_.chance(80)) {
    // Not a literal, which would decide by itself.
    Expression found = named({Sort::number}, names);
    if (!found.text.empty()) return form(type, pattern("(_ >= _)"), {found, literal({Sort::number})});
  }
  return literal(type);
}

/// A quantity of the same dimension, now and then in another unit; of time, a duration too.
Expression ExpressionMaker::same_dimension(const Type& type, const Names& names, int depth) {
  Type other = type;
  if (type.sort == Sort::quantity && random_.chance(30)) other.unit = random_.pick(family_of(type.unit));
  if (type.sort == Sort::quantity && family_of(type.unit).front() == "hours" && random_.chance(10))
    other = {Sort::days};
  return make(other, names, depth);
}

Expression ExpressionMaker::literal_or(const Type& type, const Names& names, int depth) {
  if (type.sort == Sort::enumeration ? random_.chance(75) : random_.chance(60)) {
    Type other = type;
    if (type.sort == Sort::quantity && random_.chance(20)) other.unit = random_.pick(family_of(type.unit));
    return literal(other);
  }
  return same_dimension(type, names, depth);
}

Type ExpressionMaker::any_type(const Names& names) {
  if (names.values.empty()) return {Sort::number};
  Type type = random_.pick(names.values).type;
  if (type.sort == Sort::duration && random_.chance(60)) type.sort = random_.chance(50) ? Sort::months : Sort::days;
  if (random_.chance(15)) type = {Sort::number};
  return type;
}

Type ExpressionMaker::code_type(const Names& names) {
  std::vector<Type> types;
  for (const Named& named : names.values) {
    // Nothing is counted as an organisation.
    if (named.type.sort == Sort::code && named.type.system != "ods") types.push_back(named.type);
  }
  return types.empty() ? Type{Sort::code, "", "opcs4"} : random_.pick(types);
}

Expression ExpressionMaker::make(const Type& type, const Names& names, int depth) {
  if (depth <= 0 || type.sort == Sort::duration) return leaf(type, names);
  for (int tries = 0; tries < 3 && random_.chance(15) && !names.callables.empty(); ++tries) {
    const Callable& callable = random_.pick(names.callables);
    if (callable.type != type) continue;
    std::vector<Expression> arguments;
    for (const Type& argument : callable.arguments) arguments.push_back(same_dimension(argument, names, depth - 1));
    const std::size_t count = arguments.size();
    return form(type, callable.name + "(" + holes(count, random_.chance(50) ? ", " : "; ") + ")", std::move(arguments));
  }
  if (random_.chance(2)) {
    // Brackets let the checker see what sort of unknown this is.
    return form(type, pattern("(if _ then _ else unknown)"), {truth(names, depth - 1), make(type, names, depth - 1)});
  }
  if (type.sort == Sort::truth) return random_.chance(8) ? choice(type, names, depth) : truth(names, depth);
  if (random_.chance(20)) return choice(type, names, depth);
  if (random_.chance(20)) {
    Expression folded = fold(type, names, depth);
    if (!folded.text.empty()) return folded;
  }
  if (random_.chance(25)) return leaf(type, names);
  if (is_decimal(type)) return decimal(type, names, depth);
  if (type.sort == Sort::date) return date(names, depth);
  if (is_duration(type)) return duration(type, names, depth);
  return leaf(type, names);
}

Expression ExpressionMaker::choice(const Type& type, const Names& names, int depth) {
  // The first operand says what a bare word is a value of.
  Expression first = type.sort == Sort::enumeration ? leaf(type, names) : make(type, names, depth - 1);
  const bool comparable =
      has_order(type) && (type.sort != Sort::enumeration || vocabulary_.enumerations[type.enumeration].ordered);
  const long which = random_.between(monotone_ ? 2 : 0, comparable ? 9 : 4);
  const auto more = [&] {
    std::vector<Expression> operands = {first};
    for (long left = random_.between(1, 2); left > 0; --left)
      operands.push_back(same_dimension(type, names, depth - 1));
    return operands;
  };
  if (which < 2) {
    std::vector<Expression> operands = more();
    const std::size_t count = operands.size();
    return form(type, "(first known of " + holes(count, ", ") + ")", std::move(operands));
  }
  if (which < 5) {
    return form(type, pattern("(if _ then _ else _)"),
                {truth(names, depth - 1), first, same_dimension(type, names, depth - 1)});
  }
  std::vector<Expression> operands = more();
  const std::size_t count = operands.size();
  return form(type, std::string(which < 7 ? "(minimum of " : "(maximum of ") + holes(count, ", ") + ")",
              std::move(operands));
}

Expression ExpressionMaker::truth(const Names& names, int depth) {
  const Type type{Sort::truth};
  if (depth <= 0) return leaf(type, names);
  const long which = random_.between(0, 99);
  if (which < 12) return leaf(type, names);
  if (which < 30) {
    std::vector<Expression> operands;
    for (long left = random_.between(2, 3); left > 0; --left) operands.push_back(make(type, names, depth - 1));
    const std::size_t count = operands.size();
    return form(type, "(" + holes(count, random_.chance(50) ? " and " : " or ") + ")", std::move(operands));
  }
  if (which < 36) return form(type, pattern("(not _)"), {make(type, names, depth - 1)});
  if (which < 42 && !monotone_) {
    const char* text = random_.chance(50) ? "(_ is known)" : "(_ is unknown)";
    return form(type, pattern(text), {typed(any_type(names), names, depth - 1)});
  }
  if (which < 52) return membership(names, depth);
  if (which < 68) {
    Expression found = over_elements(names, depth);
    if (!found.text.empty()) return found;
  }
  return comparison(names, depth);
}

/// One that tells its type by itself, so that a word beside it means something.
Expression ExpressionMaker::typed(const Type& type, const Names& names, int depth) {
  return type.sort == Sort::enumeration ? named(type, names) : make(type, names, depth);
}

/// A duration of the kind, or a fact that may be of either.
Expression ExpressionMaker::either_kind(const Type& kind, const Names& names, int depth) {
  Expression found = random_.chance(30) ? named({Sort::duration}, names) : Expression{};
  return found.text.empty() ? make(kind, names, depth) : found;
}

Expression ExpressionMaker::comparison(const Names& names, int depth) {
  static const std::vector<std::string> orders = {"=", "!=", "<", "<=", ">", ">="};
  const Type truth_type{Sort::truth};
  const Type type = any_type(names);
  const bool ordered =
      has_order(type) && (type.sort != Sort::enumeration || vocabulary_.enumerations[type.enumeration].ordered);
  Expression left = typed(type, names, depth - 1);
  if (type.sort == Sort::date && random_.chance(25)) {
    const Type kind{random_.chance(50) ? Sort::months : Sort::days};
    return form(truth_type, pattern(random_.chance(50) ? "(_ within _ before _)" : "(_ within _ after _)"),
                {left, either_kind(kind, names, depth - 2), make(type, names, depth - 1)});
  }
  if (type.sort == Sort::duration) {
    // A fact that may be of either kind compares with what is of one.
    const Type kind{random_.chance(50) ? Sort::months : Sort::days};
    return form(truth_type, "(" + std::string(1, hole) + " " + random_.pick(orders) + " " + hole + ")",
                {left, make(kind, names, depth - 2)});
  }
  if (ordered && random_.chance(15)) {
    return form(truth_type, pattern("(_ between _ and _)"),
                {left, literal_or(type, names, depth - 1), literal_or(type, names, depth - 1)});
  }
  const std::string& order = orders[static_cast<std::size_t>(random_.between(0, ordered ? 5 : 1))];
  return form(truth_type, "(" + std::string(1, hole) + " " + order + " " + hole + ")",
              {left, literal_or(type, names, depth - 1)});
}

Expression ExpressionMaker::membership(const Names& names, int depth) {
  const Type truth_type{Sort::truth};
  if (!names.code_lists.empty() && random_.chance(45)) {
    const CodeListName& list = random_.pick(names.code_lists);
    return form(truth_type, "(" + std::string(1, hole) + " in " + list.name + ")",
                {leaf({Sort::code, "", list.system}, names)});
  }
  if (random_.chance(40)) {
    for (const NamedList& list : names.lists) {
      if (list.field->shape != Field::Shape::list_of_values || random_.chance(30)) continue;
      const Type& type = list.field->type;
      Expression left = literal_or(type, names, depth - 1);
      return form(truth_type, "(" + std::string(1, hole) + " in " + list.path + ")", {left});
    }
  }
  const Type type = any_type(names);
  if (type.sort == Sort::truth || type.sort == Sort::duration) return comparison(names, depth);
  if (type.sort == Sort::place && random_.chance(70)) {
    // Inside a place that is named, or that a fact gives.
    return form(truth_type, pattern("(_ in _)"),
                {leaf(type, names), random_.chance(70) ? literal(type) : leaf(type, names)});
  }
  Expression left = typed(type, names, depth - 1);
  std::vector<Expression> operands = {left};
  for (long more = random_.between(1, 3); more > 0; --more) {
    operands.push_back(random_.chance(80) ? literal_or(type, names, 0) : leaf(type, names));
  }
  const std::size_t count = operands.size() - 1;
  return form(truth_type, "(" + std::string(1, hole) + " in { " + holes(count, ", ") + " })", std::move(operands));
}

Names ExpressionMaker::inside(const Names& names, const NamedList& list, const std::string& variable) {
  Names inner = names;
  if (list.field->shape == Field::Shape::list_of_values) {
    for (int i = 0; i < 3; ++i) inner.values.push_back({variable, list.field->type});
  } else {
    inner.add(list.field->fields, variable + '.');
    inner.add(list.field->fields, variable + '.');
  }
  return inner;
}

Expression ExpressionMaker::over_elements(const Names& names, int depth) {
  if (names.lists.empty()) return {};
  const NamedList list = random_.pick(names.lists);
  const std::string variable = "e" + std::to_string(++variables_);
  const Names inner = inside(names, list, variable);
  const Type type{Sort::truth};
  const bool has_condition = random_.chance(90);
  std::vector<Expression> children;
  if (has_condition) children.push_back(make(type, inner, depth - 1));
  const std::string text = " " + variable + " in " + list.path + (has_condition ? pattern(" where _)") : ")");
  if (random_.chance(45)) {
    // A count, compared.
    static const std::vector<std::string> orders = {"=", "!=", "<", "<=", ">", ">="};
    const std::string after = random_.chance(20)
                                  ? " between 1 and 2"
                                  : " " + random_.pick(orders) + " " + std::to_string(random_.between(0, 4));
    return form(type, "((count of" + text + after + ")", std::move(children));
  }
  return form(type, (random_.chance(50) ? "(any" : "(every") + text, std::move(children));
}

Expression ExpressionMaker::fold(const Type& type, const Names& names, int depth) {
  if (names.lists.empty() || is_duration(type) || !has_order(type)) return {};
  if (type.sort == Sort::enumeration) return {};
  const NamedList list = random_.pick(names.lists);
  const std::string variable = "e" + std::to_string(++variables_);
  const Names inner = inside(names, list, variable);
  const bool has_condition = random_.chance(70);
  const std::string rest = " for " + variable + " in " + list.path + (has_condition ? pattern(" where _)") : ")");
  std::vector<Expression> children;
  if (type.sort == Sort::number && random_.chance(40)) {
    if (has_condition) children.push_back(make({Sort::truth}, inner, depth - 1));
    return form(type, "(count of " + variable + " in " + list.path + (has_condition ? pattern(" where _)") : ")"),
                std::move(children));
  }
  children.push_back(make(type, inner, depth - 2));
  if (has_condition) children.push_back(make({Sort::truth}, inner, depth - 1));
  if (type.sort == Sort::date) {
    return form(type, pattern(random_.chance(50) ? "(latest _" : "(earliest _") + rest, std::move(children));
  }
  const long which = random_.between(0, type.sort == Sort::percent ? 1 : 2);
  const char* const heads[] = {"(minimum of _", "(maximum of _", "(sum of _"};
  return form(type, pattern(heads[which]) + rest, std::move(children));
}

Expression ExpressionMaker::decimal(const Type& type, const Names& names, int depth) {
  const Type number_type{Sort::number};
  if (type.sort == Sort::percent) return leaf(type, names);
  if (type.sort == Sort::number && random_.chance(50)) return number(names, depth);
  Expression first = make(type, names, depth - 1);
  switch (random_.between(0, 9)) {
    case 0:
    case 1:
      return form(type, pattern("(_ + _)"), {first, same_dimension(type, names, depth - 1)});
    case 2:
    case 3:
      return form(type, pattern("(_ - _)"), {first, same_dimension(type, names, depth - 1)});
    case 4: {
      const Type factor = random_.chance(25) ? Type{Sort::percent} : number_type;
      if (random_.chance(50)) return form(type, pattern("(_ * _)"), {first, make(factor, names, depth - 1)});
      return form(type, pattern("(_ * _)"), {make(number_type, names, depth - 1), first});
    }
    case 5:
      return form(type, pattern("(_ / _)"), {first, make(number_type, names, depth - 1)});
    case 6:
      return form(type, pattern("(- _)"), {first});
    case 7:
      return form(type, pattern("(absolute _)"), {first});
    case 8:
      return form(type, pattern("(_ mod _)"), {first, same_dimension(type, names, depth - 1)});
    default: {
      static const std::vector<std::string> modes = {"half even", "half up", "half down", "up",
                                                     "down",      "floor",   "ceiling"};
      static const std::vector<std::string> numbers = {"1", "0.1", "5", "0.25"};
      static const std::vector<std::string> sums = {"1p", "£1", "£0.05", "10p"};
      std::string step = random_.pick(type.sort == Sort::money ? sums : numbers);
      if (type.sort == Sort::quantity) step += " " + type.unit;
      return form(type, "(" + std::string(1, hole) + " rounded to " + step + " " + random_.pick(modes) + ")", {first});
    }
  }
}

Expression ExpressionMaker::number(const Names& names, int depth) {
  const Type type{Sort::number};
  const Type date_type{Sort::date};
  switch (random_.between(0, 5)) {
    case 0:
    case 1: {
      static const std::vector<std::string> units = {"years", "months", "weeks", "days", "working days"};
      return form(type, "(" + random_.pick(units) + pattern(" from _ to _)"),
                  {make(date_type, names, depth - 1), make(date_type, names, depth - 1)});
    }
    case 2:
      return form(type, pattern("(month of _)"), {make(date_type, names, depth - 1)});
    case 3:
      return form(type, pattern("(year of _)"), {make(date_type, names, depth - 1)});
    default: {
      Type ratio{Sort::money};
      const Type other = any_type(names);
      if (other.sort == Sort::quantity) ratio = other;
      return form(type, pattern("(_ / _)"), {make(ratio, names, depth - 1), same_dimension(ratio, names, depth - 1)});
    }
  }
}

Expression ExpressionMaker::date(const Names& names, int depth) {
  const Type type{Sort::date};
  Expression first = make(type, names, depth - 1);
  const Type kind{random_.chance(50) ? Sort::months : Sort::days};
  switch (random_.between(0, 7)) {
    case 0:
    case 1:
      return form(type, pattern("(_ + _)"), {first, either_kind(kind, names, depth - 1)});
    case 2:
      return form(type, pattern("(_ - _)"), {first, either_kind(kind, names, depth - 1)});
    case 3: {
      const std::string sign = random_.chance(50) ? " + " : " - ";
      const std::string count = std::to_string(random_.between(0, 30));
      if (random_.chance(70)) return form(type, "(" + std::string(1, hole) + sign + count + " working days)", {first});
      return form(type, "(" + std::string(1, hole) + sign + hole + " working days)",
                  {first, make({Sort::number}, names, depth - 2)});
    }
    case 4:
      return form(type, pattern("(start of month of _)"), {first});
    case 5:
      return form(type, pattern("(end of month of _)"), {first});
    case 6:
      return form(type, pattern("(financial year of _)"), {first});
    default:
      if (random_.chance(80)) {
        return form(type, "(working day " + std::to_string(random_.between(1, 24)) + pattern(" of month of _)"),
                    {first});
      }
      return form(type, pattern("(working day _ of month of _)"), {make({Sort::number}, names, depth - 2), first});
  }
}

Expression ExpressionMaker::duration(const Type& type, const Names& names, int depth) {
  Expression first = make(type, names, depth - 1);
  switch (random_.between(0, 5)) {
    case 0:
      return form(type, pattern("(_ + _)"), {first, make(type, names, depth - 1)});
    case 1:
      return form(type, pattern("(_ - _)"), {first, make(type, names, depth - 1)});
    case 2:
      return form(type, pattern("(- _)"), {first});
    case 3:
      return form(type, pattern("(absolute _)"), {first});
    case 4: {
      Expression factor = random_.chance(60) ? form({Sort::number}, std::to_string(random_.between(0, 5)), {})
                                             : make({Sort::number}, names, depth - 2);
      return form(type, pattern("(_ * _)"), {first, factor});
    }
    default:
      return first;
  }
}

}  // namespace proviso::property
