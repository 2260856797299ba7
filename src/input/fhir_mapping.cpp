#include "input/fhir_mapping.hpp"

#include <algorithm>
#include <array>

#include "input/fhir_systems.hpp"
#include "input/given.hpp"
#include "input/layout.hpp"
#include "input/mapping_tokens.hpp"
#include "input/values.hpp"
#include "text/byte_order_mark.hpp"
#include "text/diagnostic.hpp"
#include "text/utf8.hpp"
#include "value/code.hpp"
#include "value/ucum.hpp"

namespace proviso::input {

namespace {

constexpr std::array<std::string_view, 3> requests = {"ServiceRequest", "MedicationRequest", "Appointment"};
/// What is known of the patient besides.
constexpr std::array<std::string_view, 8> findings = {"Observation",        "Condition",           "Procedure",
                                                      "AllergyIntolerance", "MedicationStatement", "DiagnosticReport",
                                                      "Encounter",          "Immunization"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> resources() {
  std::vector<std::string> all(requests.begin(), requests.end());
  all.emplace_back("Patient");
  all.insert(all.end(), findings.begin(), findings.end());
  return all;
}

std::vector<std::string> system_names() {
  std::vector<std::string> names;
#define PROVISO_CODE_SYSTEM(name, address) names.emplace_back(#name);
#define PROVISO_NAMED_SYSTEM(name, address) names.emplace_back(#name);
#include "input/code_systems.def"
#undef PROVISO_CODE_SYSTEM
  return names;
}

/// The code that `"http://loinc.org|39156-5"` is; nothing for a text without a bar.
std::optional<FhirCode> coded_text(std::string_view text) {
  const std::size_t bar = text.rfind('|');
  if (bar == std::string_view::npos || bar == 0 || bar + 1 == text.size()) return std::nullopt;
  return FhirCode{std::string(text.substr(0, bar)), std::string(text.substr(bar + 1))};
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

}  // namespace

bool is_request(std::string_view resource) { return contains(requests, resource); }

/// Reads a mapping line by line. After an error the rest of its line is left out.
class FhirMappingReader {
 public:
  explicit FhirMappingReader(const model::Library& library) : mapping_(library), values_(library, false) {}

  tl::expected<FhirMapping, std::vector<MappingError>> read(std::string_view text) {
    text = text::without_byte_order_mark(text);
    while (!text.empty() && !stopped_) {
      if (cut_statement(text)) read_statement();
    }
    if (errors_.empty() && mapping_.record_ == model::none) fail(Placed{"", line_ + 1, 1}, expected_record);
    if (!errors_.empty()) return tl::make_unexpected(std::move(errors_));
    return std::move(mapping_);
  }

 private:
  static constexpr const char* expected_record = "expected `record` and the name of the record that the facts are of";

  /// A word or text, with where it stands.
  struct Placed {
    std::string text;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };

  // The tokens of one statement: those of a line, and of the next where it ends in a comma.
  bool cut_statement(std::string_view& text) {
    tokens_.clear();
    lines_.clear();
    at_ = 0;
    bool good = true;
    do {
      if (!tokens_.empty()) pop();  // the end of the line
      const std::size_t feed = std::min(text.find('\n'), text.size());
      ++line_;
      good = cut_line(text.substr(0, feed)) && good;
      text.remove_prefix(std::min(feed + 1, text.size()));
    } while (goes_on() && !text.empty());
    return good;
  }
  bool goes_on() const {
    const std::size_t count = tokens_.size();
    return count >= 2 && tokens_[count - 2].kind == TokenKind::comma;
  }
  void pop() {
    tokens_.pop_back();
    lines_.pop_back();
  }

  bool cut_line(std::string_view line) {
    if (const auto bad = text::find_invalid_utf8(line)) {
      const auto column = static_cast<std::uint32_t>(text::count_characters(line.substr(0, *bad)) + 1);
      return fail(Placed{"", line_, column}, "bytes that are not UTF-8");
    }
    std::optional<MappingError> error;
    const std::vector<MappingToken> cut = cut_mapping_line(line, error, true);
    if (error) return fail(Placed{"", line_, error->column}, error->message);
    tokens_.insert(tokens_.end(), cut.begin(), cut.end());
    lines_.insert(lines_.end(), cut.size(), line_);
    return true;
  }

  const MappingToken& now() const { return tokens_[at_]; }
  const MappingToken& next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  Placed here() const { return {now().text, lines_[at_], now().column}; }
  Placed take() {
    Placed placed = here();
    if (at_ + 1 < tokens_.size()) ++at_;
    return placed;
  }
  bool take_if(TokenKind kind) {
    if (now().kind != kind) return false;
    take();
    return true;
  }
  bool fail(const Placed& where, std::string message) {
    errors_.push_back({where.line, where.column, std::move(message)});
    return false;
  }
  bool wanted(const std::string& what) { return fail(here(), "found " + describe(now()) + ", expected " + what); }
  bool take_text(Placed& placed, const char* what) {
    if (now().kind != TokenKind::text && now().kind != TokenKind::word) return wanted(what);
    placed = take();
    return true;
  }

  void read_statement() {
    if (now().kind == TokenKind::end) return;
    if (mapping_.record_ == model::none) {
      stopped_ = !read_record();
      return;
    }
    if (now().kind != TokenKind::word) {
      wanted("a fact");
      return;
    }
    FhirSource source;
    const Placed fact = take();
    source.line = fact.line;
    if (!find_fact(fact, source)) return;
    if (!take_if(TokenKind::equals)) {
      wanted("`=`");
      return;
    }
    if (!read_path(source)) return;
    while (take_if(TokenKind::comma)) {
      if (!read_option(source)) return;
    }
    if (now().kind != TokenKind::end) {
      wanted("the end of the line");
      return;
    }
    if (fits(fact, source)) mapping_.sources_.push_back(std::move(source));
  }

  bool read_record() {
    if (now().kind != TokenKind::word || now().text != "record") return fail(here(), expected_record);
    take();
    if (now().kind != TokenKind::word) return wanted("the name of a record");
    const Placed name = take();
    const std::uint32_t record = mapping_.library_->record(name.text);
    if (record == model::none) {
      return fail(name, with_help("the library has no record " + excerpt(name.text), name.text,
                                  mapping_.library_->record_names));
    }
    mapping_.record_ = record;
    chunk_.emplace(*mapping_.library_, record);
    for (const model::Fact& fact : mapping_.record().facts) {
      if (fact.level == 0 && comes_from_input(fact)) names_.push_back(fact.path);
    }
    if (mapping_.record().identifier == model::none) names_.emplace_back("id");
    return now().kind == TokenKind::end || wanted("the end of the line");
  }

  bool find_fact(const Placed& name, FhirSource& source) {
    const model::Record& record = mapping_.record();
    if (record.identifier == model::none && name.text == "id") return true;
    source.fact = record.find(0, name.text);
    if (source.fact != model::none && !comes_from_input(record.facts[source.fact])) source.fact = model::none;
    if (source.fact == model::none) {
      for (const model::Fact& fact : record.facts) {
        if (fact.level == 0 || fact.name != name.text) continue;
        return fail(name, excerpt(name.text) +
                              " is of the elements of a list: the answers of a QuestionnaireResponse alone give it");
      }
      return fail(name, with_help(excerpt(record.name) + " has no fact " + excerpt(name.text), name.text, names_));
    }
    const model::Fact& fact = record.facts[source.fact];
    if (fact.type.kind == value::Kind::list && !record.levels[fact.elements].plain) {
      return fail(name,
                  excerpt(name.text) + " is a list of records: the answers of a QuestionnaireResponse alone give it");
    }
    return true;
  }

  /// The fact that values are of: of a list, its elements.
  const model::Fact* value_fact(const FhirSource& source) const {
    if (source.fact == model::none) return nullptr;
    const model::Record& record = mapping_.record();
    const model::Fact& fact = record.facts[source.fact];
    return fact.type.kind == value::Kind::list ? &record.facts[record.levels[fact.elements].facts.front()] : &fact;
  }
  bool is_list(const FhirSource& source) const {
    return source.fact != model::none && mapping_.record().facts[source.fact].type.kind == value::Kind::list;
  }

  // `Observation(loinc:85354-9).component(loinc:8480-6).valueQuantity`.
  bool read_path(FhirSource& source) {
    if (now().kind != TokenKind::word) return wanted("a path such as `Patient.birthDate`");
    bool first = true;
    while (now().kind == TokenKind::word) {
      const Placed word = take();
      if (!read_names(word, first, source)) return false;
      first = false;
      if (now().kind != TokenKind::open) break;
      if (!read_brackets(source)) return false;
      if (now().kind == TokenKind::word && now().text.front() != '.')
        return wanted("a dot, a comma or the end of the line");
    }
    return true;
  }

  bool read_names(const Placed& word, bool first, FhirSource& source) {
    std::string_view rest = word.text;
    if (!first) rest.remove_prefix(1);
    if (first) {
      source.resource = std::string(rest.substr(0, rest.find('.')));
      if (!check_resource(word, source.resource)) return false;
      rest.remove_prefix(source.resource.size());
      if (rest.empty()) return true;
      rest.remove_prefix(1);
    }
    while (true) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      const std::string_view name = rest.substr(0, dot);
      if (!is_name(name)) return fail(word, "found " + excerpt(word.text) + ", expected names of elements with dots");
      source.path.push_back({std::string(name), {}, {}});
      if (dot == rest.size()) return true;
      rest.remove_prefix(dot + 1);
    }
  }

  bool check_resource(const Placed& word, const std::string& resource) {
    if (is_request(resource) || resource == "Patient" || contains(findings, resource)) return true;
    return fail(word, with_help("found " + excerpt(resource) +
                                    ", expected the type of a request, `Patient` or the type of "
                                    "a finding such as `Observation`",
                                resource, resources()));
  }

  bool read_brackets(FhirSource& source) {
    const Placed open = take();
    FhirStep* const step = source.path.empty() ? nullptr : &source.path.back();
    while (now().kind == TokenKind::word || now().kind == TokenKind::text) {
      const bool is_text = now().kind == TokenKind::text;
      const Placed mark = take();
      FhirCode code;
      if (is_text && mark.text.empty()) return fail(mark, "found an empty text, expected a code or an address");
      if (!is_text && mark.text.find(':') == std::string::npos && step != nullptr) {
        if (!is_system_name(mark.text)) return unknown_system(mark, mark.text);
        step->systems.push_back(mark.text);
      } else if (is_text && step != nullptr && !coded_text(mark.text)) {
        step->systems.push_back(mark.text);
      } else if (read_code(mark, is_text, code)) {
        (step == nullptr ? source.codes : step->codes).push_back(std::move(code));
      } else {
        return false;
      }
    }
    if (now().kind != TokenKind::close) return wanted(step == nullptr ? "a code or `)`" : "a code, an address or `)`");
    if (at_ > 0 && tokens_[at_ - 1].kind == TokenKind::open) return fail(open, "there is nothing between the brackets");
    take();
    return true;
  }

  bool unknown_system(const Placed& where, const std::string& name) {
    return fail(where, with_help("found " + excerpt(name) + ", expected the name of a system such as `snomed`", name,
                                 system_names()));
  }

  // `snomed:60621009`, `"https://example.org|bmi"`.
  bool read_code(const Placed& placed, bool is_text, FhirCode& code) {
    if (is_text) {
      const auto coded = coded_text(placed.text);
      if (!coded) return fail(placed, "found " + excerpt(placed.text) + ", expected an address, a bar and a code");
      code = *coded;
      return true;
    }
    const std::size_t colon = placed.text.find(':');
    if (colon == std::string::npos || colon + 1 == placed.text.size()) {
      return fail(placed, "found " + excerpt(placed.text) + ", expected a code such as `snomed:60621009`");
    }
    code = {placed.text.substr(0, colon), placed.text.substr(colon + 1)};
    if (!is_system_name(code.system)) return unknown_system(placed, code.system);
    const auto system = value::code_system_by_spelling(code.system);
    if (system && !value::parse_code(*system, code.code)) {
      return fail(placed, "found " + excerpt(placed.text) + ", expected a code of " + code.system + " such as `" +
                              code.system + ':' + std::string(value::example_code(*system)) + '`');
    }
    return true;
  }

  bool read_option(FhirSource& source) {
    if (now().kind != TokenKind::text && now().kind != TokenKind::word) {
      return wanted("`unit`, `status`, or a code with its meaning");
    }
    if (next().kind == TokenKind::equals) return read_meaning(source);
    const Placed option = here();
    if (now().kind == TokenKind::word && option.text == "unit") return take(), read_unit(option, source);
    if (now().kind == TokenKind::word && option.text == "status") return take(), read_statuses(source);
    take();
    return fail(option, with_help("found " + excerpt(option.text) +
                                      ", expected `unit`, `status`, or a code with `=` and its meaning",
                                  option.text, {"unit", "status"}));
  }

  bool read_unit(const Placed& option, FhirSource& source) {
    Placed unit;
    if (!take_text(unit, "a UCUM unit such as `kg/m2`")) return false;
    const model::Fact* fact = value_fact(source);
    const value::Kind kind = fact == nullptr ? value::Kind::text : fact->type.kind;
    if (kind != value::Kind::quantity && kind != value::Kind::number && kind != value::Kind::percent) {
      return fail(option, "the fact is no quantity and no number: it has no unit");
    }
    if (kind == value::Kind::quantity) {
      const auto spelling = value::unit_of_ucum(unit.text);
      const auto found = spelling ? value::unit_by_spelling(*spelling) : std::nullopt;
      if (!found || value::dimension(*found) != value::dimension(fact->type.unit)) {
        return fail(unit, "found the unit " + excerpt(unit.text) + ", expected one that converts to `" +
                              std::string(value::ucum_of_unit(value::spelling(fact->type.unit))) + '`');
      }
    }
    source.unit = unit.text;
    return true;
  }

  bool read_statuses(FhirSource& source) {
    if (now().kind != TokenKind::word) return wanted("a status such as `final`");
    while (now().kind == TokenKind::word) source.statuses.push_back(take().text);
    return true;
  }

  // `snomed:266919005 = never`, `asap = urgent`.
  bool read_meaning(FhirSource& source) {
    const bool is_text = now().kind == TokenKind::text;
    const Placed word = take();
    FhirMeaning meaning;
    meaning.code.code = word.text;
    const bool coded = is_text ? coded_text(word.text).has_value() : word.text.find(':') != std::string::npos;
    if (coded && !read_code(word, is_text, meaning.code)) return false;
    take();  // =
    const bool unknown = now().kind == TokenKind::word && now().text == "unknown";
    Placed value;
    if (!take_text(value, "what it means")) return false;
    if (!unknown && !check_value(source, value)) return false;
    if (!unknown) meaning.value = value.text;
    for (const FhirMeaning& before : source.meanings) {
      if (before.code == meaning.code) return fail(word, excerpt(word.text) + " has its meaning already");
    }
    source.meanings.push_back(std::move(meaning));
    return true;
  }

  // A meaning must be a value of the fact.
  bool check_value(const FhirSource& source, const Placed& given) {
    const model::Fact* fact = value_fact(source);
    if (fact == nullptr) return fail(given, "`id` is taken as it stands");
    if (fact->type.kind == value::Kind::truth) {
      if (given.text == "yes" || given.text == "no") return true;
      return fail(given, "found " + excerpt(given.text) + ", expected `yes` or `no`");
    }
    GivenParts parts;
    parts.value = {Form::text, given.text};
    chunk_->clear();
    std::size_t row = chunk_->add_row(0);
    const auto id = static_cast<model::FactId>(fact - mapping_.record().facts.data());
    if (is_list(source)) {
      chunk_->begin_list(source.fact, row);
      row = chunk_->add_row(fact->level);
    }
    return values_.fill(*chunk_, id, row, parts) == Fit::known || fail(given, values_.message());
  }

  // What can only be said of the line as a whole.
  bool fits(const Placed& fact, const FhirSource& source) {
    const std::string& resource = source.resource;
    const bool finding = !is_request(resource) && resource != "Patient";
    const model::Fact* of = value_fact(source);
    if (!finding && !source.codes.empty()) {
      return fail(fact, "there is one " + excerpt(resource) + ": no code selects it");
    }
    if (source.path.empty()) {
      if (resource != "Condition" && resource != "Procedure") {
        return fail(fact, "the presence of a Condition or of a Procedure says yes; of " + excerpt(resource) +
                              " an element must be named");
      }
      if (of == nullptr || of->type.kind != value::Kind::truth || is_list(source)) {
        return fail(fact, excerpt(fact.text) + " is not yes or no: which element of " + excerpt(resource) + " is it?");
      }
    }
    if (finding && source.codes.empty() && !is_list(source)) {
      return fail(fact, "a patient has many resources " + excerpt(resource) + ": codes in brackets must select one");
    }
    if (of != nullptr && of->measured && resource != "Observation") {
      return fail(fact, excerpt(fact.text) + " is measured: only an Observation says on which day");
    }
    return true;
  }

  FhirMapping mapping_;
  Values values_;
  std::optional<program::Chunk> chunk_;
  std::vector<std::string> names_;  ///< of the facts that a line may give
  std::vector<MappingError> errors_;
  std::uint32_t line_ = 0;
  bool stopped_ = false;
  std::vector<MappingToken> tokens_;
  std::vector<std::uint32_t> lines_;  ///< by token
  std::size_t at_ = 0;
};

tl::expected<FhirMapping, std::vector<MappingError>> FhirMapping::read(std::string_view text,
                                                                       const model::Library& library) {
  return FhirMappingReader(library).read(text);
}

}  // namespace proviso::input
