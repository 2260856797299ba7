#include "property/library.hpp"

namespace proviso::property {
namespace {

class LibraryMaker {
 public:
  LibraryMaker(Random& random, LibraryOptions options)
      : random_(random), options_(options), maker_(random, library_.vocabulary, library_.pool, options.monotone) {}

  Library make() {
    library_.vocabulary = make_vocabulary(random_, Vocabularies{options_.monotone});
    dated_.add(library_.vocabulary.fields, "");
    undated_ = dated_;
    std::erase_if(undated_.values, [&](const Named& named) { return is_measured(named.path); });
    std::erase_if(undated_.lists, [&](const NamedList& list) { return has_measured(*list.field); });
    for (long left = random_.between(1, 4); left > 0; --left) add_threshold();
    for (long left = random_.between(1, 3); left > 0; --left) add_codes();
    for (long left = random_.between(0, 2); left > 0; --left) add_table();
    for (long left = random_.between(0, 4); left > 0; --left) add_definition();
    for (int i = 0; i < options_.policies; ++i) add_policy(i);
    library_.two_files = random_.chance(40);
    return library_;
  }

 private:
  Random& random_;
  LibraryOptions options_;
  Library library_;
  Names dated_;
  Names undated_;  ///< what may be named where there is no deciding date
  ExpressionMaker maker_;
  int number_ = 0;

  bool is_measured(const std::string& path) const {
    const std::vector<Field>* fields = &library_.vocabulary.fields;
    std::string rest = path;
    while (true) {
      const std::size_t dot = rest.find('.');
      const std::string head = rest.substr(0, dot);
      for (const Field& field : *fields) {
        if (field.name != head) continue;
        if (dot == std::string::npos) return field.measured;
        fields = &field.fields;
        break;
      }
      rest = rest.substr(dot + 1);
    }
  }
  static bool has_measured(const Field& field) {
    bool found = field.measured;
    for (const Field& inner : field.fields) found = found || has_measured(inner);
    return found;
  }

  Type constant_type() {
    Type type = maker_.any_type(dated_);
    if (type.sort == Sort::truth || type.sort == Sort::text || type.sort == Sort::code) type = {Sort::number};
    if (type.sort == Sort::duration) type = {Sort::months};
    return type;
  }

  std::string literal(const Type& type) { return make_literal(random_, library_.vocabulary, type, library_.pool); }

  std::string some_day(long year) {
    return std::to_string(year) + (random_.chance(50) ? "-04-01" : random_.chance(50) ? "-01-01" : "-10-31");
  }

  void add_threshold() {
    const Type type = constant_type();
    const std::string name = "limit_" + std::to_string(number_++);
    std::string text = "threshold " + name + ": " + library_.vocabulary.spelling(type) + " {\n";
    const bool ends = random_.chance(30);
    text += "  " + literal(type) + " from 1000-01-01" + (ends ? " to 2019-12-31" : "") + "\n";
    if (ends) text += "  " + literal(type) + " from 2020-01-01\n";
    for (long year = 2021; year < 2023 && random_.chance(40); ++year) {
      text += "  " + literal(type) + " from " + some_day(year) + " source \"Paper\" section \"7.3\"\n";
    }
    library_.declarations.push_back(text + "}\n");
    dated_.values.push_back({name, type});
  }

  std::string code_items(const std::string& system) {
    std::string text;
    for (long left = random_.between(1, 4); left > 0; --left) {
      std::string first = make_code(random_, system);
      library_.pool.codes[system].push_back(first);
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
    const std::string name = "codes_" + std::to_string(number_++);
    std::string text = "codes " + name + ' ' + system + " { ";
    const bool is_dated = random_.chance(30);
    if (is_dated) {
      text += "\n  from 1000-01-01 { " + code_items(system) + "}\n  from " + some_day(2021) + " { " +
              code_items(system) + "}\n";
    } else {
      text += code_items(system);
    }
    library_.declarations.push_back(text + "}\n");
    dated_.code_lists.push_back({name, system});
    if (!is_dated) undated_.code_lists.push_back({name, system});
  }

  void add_table() {
    const std::string name = "table_" + std::to_string(number_++);
    std::vector<Type> keys;
    for (long left = random_.between(1, 2); left > 0; --left) {
      Type type = maker_.any_type(dated_);
      if (type.sort == Sort::duration || type.sort == Sort::months || type.sort == Sort::days) type = {Sort::number};
      keys.push_back(type);
    }
    Type value = maker_.any_type(dated_);
    if (value.sort == Sort::duration) value = {Sort::months};
    if (value.sort == Sort::months || value.sort == Sort::days) value = {Sort::number};
    std::string text = "table " + name + "(";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      text += (i == 0 ? "key_" : "; key_") + std::to_string(i) + ' ' + library_.vocabulary.spelling(keys[i]);
    }
    text += ") -> " + library_.vocabulary.spelling(value) + " {\n";
    std::vector<std::string> seen;
    for (long left = random_.between(1, 5); left > 0; --left) {
      std::string row;
      for (std::size_t i = 0; i < keys.size(); ++i) row += (i == 0 ? "" : ", ") + literal(keys[i]);
      bool again = false;
      for (const std::string& other : seen) again = again || other == row;
      if (again) continue;
      seen.push_back(row);
      text += "  " + row + " -> " + literal(value) + "\n";
    }
    library_.declarations.push_back(text + "}\n");
    dated_.callables.push_back({name, value, keys});
    undated_.callables.push_back({name, value, keys});
  }

  void add_definition() {
    const std::string name = "term_" + std::to_string(number_++);
    Type type = random_.chance(60) ? Type{Sort::truth} : maker_.any_type(dated_);
    if (type.sort == Sort::enumeration && !ExpressionMaker::has(dated_, type)) type = {Sort::truth};
    std::string head = "define " + name;
    Names inner = dated_;
    std::vector<Type> parameters;
    for (long left = random_.chance(50) ? random_.between(1, 2) : 0; left > 0; --left) {
      Type parameter = maker_.any_type(dated_);
      if (parameter.sort == Sort::months || parameter.sort == Sort::days) parameter = {Sort::number};
      const std::string parameter_name = "p" + std::to_string(left) + "_" + name;
      head += (parameters.empty() ? "(" : "; ") + parameter_name + ' ' + library_.vocabulary.spelling(parameter);
      parameters.push_back(parameter);
      for (int i = 0; i < 3; ++i) inner.values.push_back({parameter_name, parameter});
    }
    if (!parameters.empty()) head += ")";
    library_.definitions.push_back({head, maker_.make(type, inner, 2)});
    if (parameters.empty()) {
      dated_.values.push_back({name, type});
      // Defined once, used often.
      if (type.sort == Sort::truth) dated_.values.push_back({name, type});
    } else {
      dated_.callables.push_back({name, type, parameters});
    }
  }

  Criterion criterion(const Names& names, int depth) {
    Criterion result;
    result.name = "c" + std::to_string(number_++);
    if (depth > 0 && random_.chance(depth == 2 ? 70 : 25)) {
      const long count = random_.between(1, 4);
      static const std::vector<std::string> heads = {"all", "any", "all", "none of"};
      result.head =
          random_.chance(25) ? "at least " + std::to_string(random_.between(1, count)) + " of" : random_.pick(heads);
      for (long i = 0; i < count; ++i) result.children.push_back(criterion(names, depth - 1));
    } else {
      result.expression = maker_.make({Sort::truth}, names, static_cast<int>(random_.between(1, 4)));
    }
    return result;
  }

  std::vector<Clause> clauses(const Names& names) {
    std::vector<Clause> result;
    static const std::vector<std::string> outcomes = {"approve", "approve", "refuse", "review"};
    for (long left = random_.between(0, 2); left > 0; --left) result.push_back({"exempt", "", criterion(names, 1)});
    for (long left = random_.between(1, 3); left > 0; --left)
      result.push_back({random_.pick(outcomes), "", criterion(names, 2)});
    for (Clause& clause : result) {
      if (random_.chance(40)) clause.name = "clause_" + std::to_string(number_++);
    }
    static const std::vector<std::string> last = {"refuse", "refuse", "review", "approve", "exempt"};
    result.push_back({"otherwise " + random_.pick(last), "", {}});
    return result;
  }

  void add_version(const std::string& name, const std::string& effective, const Names& names) {
    Policy policy;
    static const std::vector<std::string> statuses = {"adopted", "adopted", "superseded"};
    const std::string status = random_.chance(5) ? "draft" : random_.pick(statuses);
    policy.head = "policy " + name + " \"A policy\" on Case {\n  category threshold\n  status " + status +
                  "\n  source \"Paper\" section \"1\"\n" + effective;
    if (random_.chance(60)) policy.applies.push_back(maker_.make({Sort::truth}, names, 2));
    policy.clauses = clauses(names);
    library_.policies.push_back(policy);
  }

  void add_policy(int number) {
    const std::string name = "policy_" + std::to_string(number);
    const std::string dated_by = "  dated by referred\n";
    if (random_.chance(10)) {
      add_version(name, "", undated_);
    } else if (random_.chance(60)) {
      add_version(name, "  effective 2018-01-01\n" + dated_by, dated_);
    } else {
      add_version(name,
                  std::string("  effective 2018-07-01") + (random_.chance(50) ? " to 2021-03-31\n" : "\n") + dated_by,
                  dated_);
      add_version(name,
                  std::string("  effective ") + (random_.chance(50) ? "2021-04-01" : "2021-06-01 to 2022-12-31") +
                      "\n" + dated_by,
                  dated_);
    }
  }
};

void render(std::string& text, const Criterion& criterion, const std::string& indent) {
  if (criterion.head.empty()) {
    text += criterion.expression.render() + "\n";
    return;
  }
  text += criterion.head + " {\n";
  for (const Criterion& child : criterion.children) {
    text += indent + "  " + child.name + " \"" + child.name + "\": ";
    render(text, child, indent + "  ");
  }
  text += indent + "}\n";
}

}  // namespace

std::vector<std::string> Library::render() const {
  std::string shared = vocabulary.declarations();
  for (const std::string& declaration : declarations) shared += declaration;
  std::string local;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    // Definitions use those before them: the first ones in one file, the rest in the other.
    std::string& text = i < definitions.size() / 2 ? shared : local;
    text += definitions[i].head + " = " + definitions[i].body.render() + "\n";
  }
  for (const Policy& policy : policies) {
    local += policy.head;
    for (const Expression& applies : policy.applies) local += "  applies when " + applies.render() + "\n";
    for (const Clause& clause : policy.clauses) {
      local += "  " + clause.word + (clause.name.empty() ? "" : " " + clause.name);
      if (clause.word.find("otherwise") != 0) {
        local += " when ";
        property::render(local, clause.condition, "  ");
      }
      local += "    \"A sentence\"\n";
    }
    local += "}\n";
  }
  if (!two_files) return {"library local.rules\n" + shared + local};
  return {"library shared.terms\n" + shared, "library local.rules\nuse shared.terms\n" + local};
}

Library make_library(Random& random, LibraryOptions options) { return LibraryMaker(random, options).make(); }

}  // namespace proviso::property
