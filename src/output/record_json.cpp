#include "output/record_json.hpp"

#include <algorithm>

#include "output/json_text.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::output {

using program::Chunk;
using program::Column;
using value::Kind;

namespace {

/// `12.5` of `12.5%`.
std::string without_sign(std::string percent) {
  percent.pop_back();
  return percent;
}

}  // namespace

/// One record on its way: members are written one by one, and an object is open for each part of the path that the last
/// fact had too.
class RecordJsonText {
 public:
  RecordJsonText(std::string& out, const RecordJson& json, const Chunk& chunk, const std::vector<bool>& wanted)
      : out_(out), json_(json), chunk_(chunk), wanted_(wanted) {}

  void object(model::LevelId level, std::size_t row, std::string_view id) {
    out_ += '{';
    bool first = true;
    if (!id.empty()) {
      member("\"id\":", first);
      append_json(out_, id);
    }
    std::vector<model::FactId> facts;
    facts.reserve(json_.by_path_[level].size());
    for (const model::FactId fact : json_.by_path_[level]) {
      if (is_given(fact, row) && !(fact == json_.record_.identifier && !id.empty())) facts.push_back(fact);
    }
    members(facts, 0, facts.size(), 0, row, first);
    out_ += '}';
  }

 private:
  std::string& out_;
  const RecordJson& json_;
  const Chunk& chunk_;
  const std::vector<bool>& wanted_;

  const model::Fact& declared(model::FactId fact) const { return json_.record_.facts[fact]; }
  bool is_wanted(model::FactId fact) const { return wanted_.empty() || wanted_[fact]; }
  bool is_given(model::FactId fact, std::size_t row) const {
    if (!is_wanted(fact)) return false;
    const Column& column = chunk_.column(fact);
    if (!program::bit(column.known, row)) return is_known_in_part(fact, row);
    return column.assumed.empty() || !program::bit(column.assumed, row);
  }

  /// A list of which only some elements are known.
  bool is_known_in_part(model::FactId fact, std::size_t row) const {
    const Column& column = chunk_.column(fact);
    return !column.offsets.empty() && !program::bit(column.known, row) &&
           column.offsets[row] != column.offsets[row + 1];
  }

  void member(std::string_view name, bool& first) {
    if (!first) out_ += ',';
    first = false;
    out_ += name;
  }

  /// Those of [begin, end), which agree in the first `depth` names of their paths.
  void members(const std::vector<model::FactId>& facts, std::size_t begin, std::size_t end, std::size_t depth,
               std::size_t row, bool& first) {
    while (begin < end) {
      const std::vector<std::string>& names = json_.names_[facts[begin]];
      member(names[depth], first);
      if (depth + 1 == names.size()) {
        value(facts[begin++], row);
        continue;
      }
      std::size_t last = begin + 1;
      while (last < end && json_.names_[facts[last]].size() > depth + 1 &&
             json_.names_[facts[last]][depth] == names[depth]) {
        ++last;
      }
      out_ += '{';
      bool inner = true;
      members(facts, begin, last, depth + 1, row, inner);
      out_ += '}';
      begin = last;
    }
  }

  void value(model::FactId fact, std::size_t row) {
    if (declared(fact).type.kind == Kind::list) return list(fact, row);
    const Column& column = chunk_.column(fact);
    if (column.has_date.empty() || !program::bit(column.has_date, row)) return single(fact, row);
    out_ += "{\"value\":";
    single(fact, row);
    out_ += ",\"on\":\"";
    value::append_date(out_, column.measured_on[row]);
    out_ += "\"}";
  }

  void list(model::FactId fact, std::size_t row) {
    const model::Level& level = json_.record_.levels[declared(fact).elements];
    const Column& column = chunk_.column(fact);
    const bool in_part = is_known_in_part(fact, row);
    out_ += in_part ? "{\"some\":[" : "[";
    for (std::uint32_t element = column.offsets[row]; element < column.offsets[row + 1]; ++element) {
      if (element != column.offsets[row]) out_ += ',';
      if (!level.plain) {
        object(declared(fact).elements, element, {});
      } else if (program::bit(chunk_.column(level.facts.front()).known, element)) {
        single(level.facts.front(), element);
      } else {
        out_ += "null";
      }
    }
    out_ += in_part ? "]}" : "]";
  }

  void single(model::FactId fact, std::size_t row) {
    const Column& column = chunk_.column(fact);
    const value::Type type = declared(fact).type;
    std::int64_t bits = 0;
    if (type.kind == Kind::truth) {
      bits = program::bit(column.yes, row) ? 1 : 0;
    } else {
      bits = column.wide.empty() ? column.narrow[row] : column.wide[row];
    }
    switch (type.kind) {
      case Kind::truth:
        out_ += bits != 0 ? "true" : "false";
        return;
      case Kind::number:
      case Kind::money:
      case Kind::quantity:
        out_ += value::format_decimal(bits);
        return;
      case Kind::percent:
        out_ += declared(fact).in_percent ? without_sign(value::format_percent(bits)) : value::format_decimal(bits);
        return;
      case Kind::text:
        return append_json(out_, chunk_.text_of(static_cast<std::int32_t>(bits)));
      case Kind::enumeration:
      case Kind::scale:
        return append_json(out_, json_.library_.enumerations[type.id].values[static_cast<std::size_t>(bits)]);
      case Kind::place:
        return append_json(out_, json_.library_.places[static_cast<std::size_t>(bits)].name);
      case Kind::code: {
        const std::string written = model::format(json_.library_, {type, true, bits});
        return append_json(out_, std::string_view(written).substr(written.find(':') + 1));
      }
      default:
        append_json(out_, model::format(json_.library_, {type, true, bits}));
    }
  }
};

RecordJson::RecordJson(const model::Library& library, std::uint32_t record)
    : library_(library), record_(library.records[record]), by_path_(record_.levels.size()) {
  for (const model::Fact& fact : record_.facts) {
    std::vector<std::string>& names = names_.emplace_back();
    std::string_view path = fact.path;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
      names.push_back(as_json(path.substr(0, dot)) + ":");
      path.remove_prefix(dot + 1);
    }
    names.push_back(as_json(path) + ":");
  }
  for (std::size_t level = 0; level < by_path_.size(); ++level) {
    by_path_[level] = record_.levels[level].facts;
    std::sort(by_path_[level].begin(), by_path_[level].end(),
              [&](model::FactId a, model::FactId b) { return record_.facts[a].path < record_.facts[b].path; });
  }
}

void RecordJson::append(std::string& out, const Chunk& chunk, std::size_t row, const std::vector<bool>& wanted,
                        std::string_view id) const {
  RecordJsonText(out, *this, chunk, wanted).object(0, row, id);
}

}  // namespace proviso::output
