#include "property/hooks.hpp"
#include "property/making.hpp"
#include "reference/calendar.hpp"

namespace proviso::property {
namespace {

long day(int year, int month, int day_of_month) { return reference::number_of({year, month, day_of_month}); }

class DeclarationMaker {
 public:
  explicit DeclarationMaker(Making& making) : making_(making), random_(making.random) {}

  void make() {
    for (long left = random_.between(1, 4); left > 0; --left) add_threshold();
    for (long left = random_.between(1, 3); left > 0; --left) add_codes();
    for (long left = random_.between(0, 2); left > 0; --left) add_table();
    if (making_.has_places() && random_.chance(60)) add_hooks();
    for (long left = random_.between(0, 4); left > 0; --left) add_definition();
  }

 private:
  Making& making_;
  Random& random_;

  Vocabulary& vocabulary() { return making_.library.vocabulary; }
  std::string spelling(const Type& type) { return vocabulary().spelling(type); }

  Type constant_type() {
    Type type = making_.maker.any_type(making_.dated);
    if (type.sort == Sort::truth || type.sort == Sort::text || type.sort == Sort::code) type = {Sort::number};
    if (type.sort == Sort::duration) type = {Sort::months};
    return type;
  }

  long some_day(int year) {
    if (random_.chance(50)) return day(year, 4, 1);
    return random_.chance(50) ? day(year, 1, 1) : day(year, 10, 31);
  }

  /// The line that lets places have values of their own: wide bounds, within which nearly every literal is.
  std::string may_vary(const Type& type) {
    std::string range;
    const std::vector<Enumeration>& enumerations = vocabulary().enumerations;
    if (type.sort == Sort::number) range = " from 0 to 9000000000000";
    if (type.sort == Sort::quantity) range = " from 0 " + type.unit + " to 9000000000000 " + type.unit;
    if (type.sort == Sort::money) range = " from 0p to £9000000000000";
    if (type.sort == Sort::percent) range = " from 0% to 200%";
    if (type.sort == Sort::date) range = " from 0001-01-01 to 9999-12-31";
    if (type.sort == Sort::months) range = " from 0 months to 100 years";
    if (type.sort == Sort::days) range = " from 0 days to 5000 weeks";
    if (type.sort == Sort::enumeration && enumerations[type.enumeration].ordered) {
      range = " from " + enumerations[type.enumeration].values.front() + " to " +
              enumerations[type.enumeration].values.back();
    }
    return "  may vary" + range + "\n";
  }

  /// Periods in places, none of which begins on the day of another in the same place.
  std::vector<Held> placed_periods() {
    std::vector<Held> all;
    for (long left = random_.between(1, 3); left > 0; --left) {
      Held held = some_period(random_, making_.some_place());
      bool again = false;
      for (const Held& other : all) again = again || (other.place == held.place && other.first == held.first);
      if (!again) all.push_back(held);
    }
    return all;
  }

  void add_threshold() {
    const Type type = constant_type();
    Declaration threshold;
    const std::string name = making_.next("limit_");
    threshold.head = "threshold " + name + ": " + spelling(type) + " {\n";
    const bool placed = making_.has_places() && random_.chance(60);
    if (placed) threshold.head += may_vary(type);
    const auto add = [&](const Held& held, const std::string& source) {
      const std::string in = held.place.empty() ? "" : "in " + held.place + ' ';
      threshold.parts.push_back({"  " + in + making_.literal(type) + period(held) + source + "\n", held});
    };
    const bool ends = random_.chance(30);
    // Now and then the outermost place alone has a value: enough for policies that hold in it.
    const bool in_places_alone = placed && random_.chance(6);
    const std::string everywhere = in_places_alone ? vocabulary().places.front().name : "";
    add({everywhere, day(1000, 1, 1), ends ? day(2019, 12, 31) : 0}, "");
    if (ends) add({everywhere, day(2020, 1, 1)}, "");
    for (int year = 2021; year < 2023 && random_.chance(40); ++year) {
      add({everywhere, some_day(year)}, " source \"Paper\" section \"7.3\"");
    }
    if (placed) {
      for (const Held& held : placed_periods()) add(held, "");
    }
    threshold.tail = "}\n";
    making_.library.declarations.push_back(threshold);
    making_.dated.values.push_back({name, type});
    // What a place has of its own is read more often.
    for (int more = placed ? 3 : 0; more > 0; --more) making_.dated.values.push_back({name, type});
  }

  std::string code_items(const std::string& system) {
    std::string text;
    for (long left = random_.between(1, 4); left > 0; --left) {
      std::string first = make_code(random_, system);
      making_.library.pool.codes[system].push_back(first);
      text += first;
      std::string last = make_code(random_, system);
      if (random_.chance(25) && first.size() == last.size() && first < last) text += ".." + last;
      text += ' ';
    }
    if (random_.chance(30)) text += "except " + make_code(random_, system) + ' ';
    return text;
  }

  void add_codes() {
    static const std::vector<std::string> systems = {"opcs4", "opcs4", "icd10", "hrg", "tfc", "ods"};
    const std::string system = random_.pick(systems);
    const std::string name = making_.next("codes_");
    Declaration codes;
    codes.head = "codes " + name + ' ' + system + " {\n";
    const bool is_dated = random_.chance(40);
    if (is_dated) {
      std::vector<Held> all = {{"", day(1000, 1, 1)}, {"", some_day(2021)}};
      if (making_.has_places() && random_.chance(60)) {
        for (const Held& held : placed_periods()) all.push_back(held);
      }
      for (const Held& held : all) {
        const std::string in = held.place.empty() ? "" : " in " + held.place;
        codes.parts.push_back({in + period(held) + " { " + code_items(system) + "}\n", held});
      }
    } else {
      codes.head += code_items(system);
    }
    codes.tail = "}\n";
    making_.library.declarations.push_back(codes);
    making_.dated.code_lists.push_back({name, system});
    if (!is_dated) making_.undated.code_lists.push_back({name, system});
  }

  void add_table() {
    Declaration table;
    const std::string name = making_.next("table_");
    std::vector<Type> keys;
    for (long left = random_.between(1, 2); left > 0; --left) {
      Type type = making_.maker.any_type(making_.dated);
      if (type.sort == Sort::duration || type.sort == Sort::months || type.sort == Sort::days) type = {Sort::number};
      keys.push_back(type);
    }
    Type value = making_.maker.any_type(making_.dated);
    if (value.sort == Sort::duration) value = {Sort::months};
    if (value.sort == Sort::months || value.sort == Sort::days) value = {Sort::number};
    table.head = "table " + name + "(";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      table.head += (i == 0 ? "key_" : "; key_") + std::to_string(i) + ' ' + spelling(keys[i]);
    }
    table.head += ") -> " + spelling(value) + " {\n";
    std::vector<std::string> seen;
    for (long left = random_.between(1, 5); left > 0; --left) {
      std::string row;
      for (std::size_t i = 0; i < keys.size(); ++i) row += (i == 0 ? "" : ", ") + making_.literal(keys[i]);
      bool again = false;
      for (const std::string& other : seen) again = again || other == row;
      if (again) continue;
      seen.push_back(row);
      table.parts.push_back({"  " + row + " -> " + making_.literal(value) + "\n"});
    }
    table.tail = "}\n";
    making_.library.declarations.push_back(table);
    making_.dated.callables.push_back({name, value, keys});
    making_.undated.callables.push_back({name, value, keys});
  }

  void add_hooks() {
    for (const Hook& hook : hooks()) {
      if (random_.chance(50) || (making_.options.monotone && !hook.monotone)) continue;
      std::string text = "hook " + hook.name + "(";
      for (std::size_t i = 0; i < hook.parameters.size(); ++i) {
        text += (i == 0 ? "x" : "; x") + std::to_string(i) + ' ' + spelling(hook.parameters[i]);
      }
      text += ") -> " + spelling(hook.result) + (hook.tendency.empty() ? "" : " may only " + hook.tendency);
      making_.library.declarations.push_back({text + "\n  from \"" + script_file + "\"\n", {}, ""});
      Names& names = hook.tendency.empty() ? making_.dated : making_.tendencies;
      names.callables.push_back({"hook " + hook.name, hook.result, hook.parameters});
      if (hook.tendency.empty()) making_.undated.callables.push_back(names.callables.back());
    }
  }

  void add_definition() {
    const std::string name = making_.next("term_");
    Names& dated = making_.dated;
    Type type = random_.chance(60) ? Type{Sort::truth} : making_.maker.any_type(dated);
    if (type.sort == Sort::enumeration && !ExpressionMaker::has(dated, type)) type = {Sort::truth};
    std::string head = "define " + name;
    Names inner = dated;
    std::vector<Type> parameters;
    for (long left = random_.chance(50) ? random_.between(1, 2) : 0; left > 0; --left) {
      Type parameter = making_.maker.any_type(dated);
      if (parameter.sort == Sort::months || parameter.sort == Sort::days) parameter = {Sort::number};
      const std::string parameter_name = "p" + std::to_string(left) + "_" + name;
      head += (parameters.empty() ? "(" : "; ") + parameter_name + ' ' + spelling(parameter);
      parameters.push_back(parameter);
      for (int i = 0; i < 3; ++i) inner.values.push_back({parameter_name, parameter});
    }
    if (!parameters.empty()) head += ")";
    making_.library.definitions.push_back({head, making_.maker.make(type, inner, 2)});
    if (parameters.empty()) {
      dated.values.push_back({name, type});
      // Defined once, used often.
      if (type.sort == Sort::truth) dated.values.push_back({name, type});
    } else {
      dated.callables.push_back({name, type, parameters});
    }
  }
};

}  // namespace

std::string period(const Held& held) {
  return " from " + reference::format_day(held.first) +
         (held.last == 0 ? "" : " to " + reference::format_day(held.last));
}

Held some_period(Random& random, const std::string& place) {
  Held held{place, day(2017, 6, 1) + random.between(0, 365 * 5)};
  if (random.chance(30)) held.first = day(static_cast<int>(random.between(2017, 2022)), 4, 1);
  if (random.chance(30)) held.last = held.first + random.between(0, 700);
  return held;
}

void add_declarations(Making& making) { DeclarationMaker(making).make(); }

}  // namespace proviso::property
