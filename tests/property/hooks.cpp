#include "property/hooks.hpp"

#include "folder.hpp"

namespace proviso::property {
namespace {

using reference::Kind;
using reference::one;
using reference::truth;
using reference::Value;
using Values = std::vector<Value>;

const Type yes_no{Sort::truth};
const Type number{Sort::number};
const Type date{Sort::date};
const Type grade{Sort::enumeration, "", "", 1};

bool all_known(const Values& values) {
  bool known = true;
  for (const Value& value : values) known = known && value.known;
  return known;
}

/// Unknown where an argument is; scripts begin with the same.
template <typename Function>
reference::NativeHook strict(Function function) {
  return [function](const Values& values) { return all_known(values) ? function(values) : Value{}; };
}

std::vector<Hook> make_hooks() {
  std::vector<Hook> all;
  all.push_back({"calc.above",
                 {number, number},
                 yes_no,
                 "",
                 true,
                 "function(a, b) if a == nil or b == nil then return nil end return a > b end",
                 strict([](const Values& v) { return truth(v[0].number > v[1].number); })});
  all.push_back({"calc.either_above",
                 {number, number},
                 yes_no,
                 "",
                 true,
                 R"(function(a, b)
    if a ~= nil and a > 10 then return true, "the first is above 10" end
    if b ~= nil and b > 10 then return true, "the second is above 10" end
    if a == nil or b == nil then return nil end
    return false
  end)",
                 [](const Values& v) {
                   for (const Value& value : v) {
                     if (value.known && value.number > 10 * one) return truth(true);
                   }
                   return all_known(v) ? truth(false) : Value{};
                 }});
  all.push_back({"calc.later",
                 {date, date},
                 yes_no,
                 "",
                 true,
                 "function(a, b) if a == nil or b == nil then return nil end return b < a end",
                 strict([](const Values& v) { return truth(v[0].day > v[1].day); })});
  all.push_back(
      {"calc.fussy",
       {number},
       yes_no,
       "",
       true,
       R"(function(a)
    if a == nil then return nil end
    if a > 20 then error("too much for me") end
    return a > 5
  end)",
       strict([](const Values& v) { return v[0].number > 20 * one ? Value{} : truth(v[0].number > 5 * one); })});
  all.push_back({"calc.points",
                 {yes_no},
                 number,
                 "",
                 true,
                 "function(flag) if flag then return 3 end return nil end",
                 strict([](const Values& v) { return v[0].yes ? reference::decimal(3 * one) : Value{}; })});
  all.push_back(
      {"calc.total",
       {number, number},
       number,
       "",
       true,
       "function(a, b) if a == nil or b == nil then return nil end return a + b end",
       strict([](const Values& v) { return reference::decimal(reference::in_range(v[0].number + v[1].number)); })});
  all.push_back({"calc.weeks_apart",
                 {date, date},
                 number,
                 "",
                 true,
                 "function(a, b) return weeks_from(a, b) end",
                 strict([](const Values& v) {
                   return reference::decimal(reference::Integer{(v[1].day - v[0].day) / 7} * one);
                 })});
  all.push_back({"calc.first_grade",
                 {grade},
                 yes_no,
                 "",
                 true,
                 "function(g) if g == nil then return nil end return string.sub(g, -1) == \"0\" end",
                 strict([](const Values& v) { return truth(v[0].text.back() == '0'); })});
  all.push_back({"calc.either_grade",
                 {grade, grade, yes_no},
                 grade,
                 "",
                 true,
                 "function(a, b, first) if first == nil then return nil end if first then return a end return b end",
                 [](const Values& v) {
                   if (!v[2].known) return Value{};
                   return v[2].yes ? v[0] : v[1];
                 }});
  all.push_back({"calc.heavy",
                 {Type{Sort::quantity, "kg"}},
                 yes_no,
                 "",
                 true,
                 "function(w) if w == nil then return nil end return w >= quantity(\"20\", \"kg\") end",
                 strict([](const Values& v) { return truth(v[0].number >= 20 * one); })});
  all.push_back({"calc.dear",
                 {Type{Sort::money}},
                 yes_no,
                 "",
                 true,
                 "function(m) if m == nil then return nil end return money(\"10.50\") < m end",
                 strict([](const Values& v) { return truth(v[0].number > 10 * one + one / 2); })});
  all.push_back({"calc.says_a",
                 {Type{Sort::text}},
                 yes_no,
                 "",
                 true,
                 "function(t) if t == nil then return nil end return t == \"a\" end",
                 strict([](const Values& v) { return truth(v[0].text == "a"); })});
  all.push_back({"calc.missing", {number}, yes_no, "", false, "function(a) return a == nil end", [](const Values& v) {
                   return truth(!v[0].known);
                 }});
  all.push_back({"calc.wrong_type",
                 {number},
                 yes_no,
                 "",
                 true,
                 "function(a) if a == nil then return nil end if a < 10 then return \"yes\" end return false end",
                 strict([](const Values& v) { return v[0].number < 10 * one ? Value{} : truth(false); })});
  all.push_back({"calc.endless",
                 {yes_no},
                 yes_no,
                 "",
                 true,
                 "function(a) if a == false then while true do end end return a end",
                 strict([](const Values& v) { return v[0].yes ? truth(true) : Value{}; })});
  all.push_back(
      {"calc.strict",
       {number},
       yes_no,
       "tighten",
       true,
       "function(a) if a == nil then return nil end if a > 40 then error(\"no\") end return a <= 15 end",
       strict([](const Values& v) { return v[0].number > 40 * one ? Value{} : truth(v[0].number <= 15 * one); })});
  all.push_back(
      {"calc.strict_flag", {yes_no}, yes_no, "tighten", true, "function(a) return a end", strict([](const Values& v) {
         return truth(v[0].yes);
       })});
  all.push_back({"calc.lenient",
                 {date},
                 yes_no,
                 "loosen",
                 true,
                 "function(d) if d == nil then return nil end return d > date(\"2019-06-30\") end",
                 strict([](const Values& v) {
                   return truth(v[0].day > reference::number_of({2019, 6, 30}));
                 })});
  return all;
}

/// A folder with the script in it.
class ScriptFolder : public Folder {
 public:
  ScriptFolder() {
    std::string script = "return {\n";
    for (const Hook& hook : hooks()) script += "  " + hook.field() + " = " + hook.lua + ",\n";
    write(script_file, script + "}\n");
  }
};

}  // namespace

const std::vector<Hook>& hooks() {
  static const std::vector<Hook> all = make_hooks();
  return all;
}

reference::NativeHooks native_hooks() {
  reference::NativeHooks natives;
  for (const Hook& hook : hooks()) natives[hook.name] = hook.native;
  return natives;
}

const std::string& script_folder() {
  static const ScriptFolder folder;
  return folder.path();
}

}  // namespace proviso::property
