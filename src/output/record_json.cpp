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
  RecordJsonText(std::string& out, const RecordJson& json, const Chunk& chunk, const WrittenFacts& facts)
      : out_(out), json_(json), chunk_(chunk), facts_(facts) {}

  void object(model::LevelId level, std::size_t row, std::string_view id) {
    out_ += '{';
    if (!id.empty()) {
      out_ += "\"id\":";
      append_json(out_, id);
    }
    bool first = id.empty();
    const Names* before = nullptr;
    for_each_fact(level, [&](model::FactId fact) {
      if (!is_given(fact, row) || (fact == json_.record_.identifier && !id.empty())) return;
      const Names& names = json_.names_[fact];
      std::size_t depth = go_to(before, names);
      if (!first) out_ += ',';
      first = false;
      for (; depth + 1 < names.size(); ++depth) out_.append(names[depth]) += '{';
      out_ += names[depth];
      value(fact, row);
      before = &names;
    });
    if (before != nullptr) out_.append(before->size() - 1, '}');
    out_ += '}';
  }

 private:
  using Names = std::vector<std::string>;

  std::string& out_;
  const RecordJson& json_;
  const Chunk& chunk_;
  const WrittenFacts& facts_;

  template <typename Take>
  void for_each_fact(model::LevelId level, Take take) {
    const std::size_t begin = json_.begins_[level];
    const std::size_t end = json_.begins_[level + 1];
    for (std::size_t word = begin / 64; word * 64 < end; ++word) {
      std::uint64_t rest = facts_.words_[word];
      if (word * 64 < begin) rest &= ~std::uint64_t{0} << (begin % 64);
      if (word * 64 + 64 > end) rest &= (std::uint64_t{1} << (end % 64)) - 1;
      for (; rest != 0; rest &= rest - 1) {
        take(json_.order_[word * 64 + static_cast<std::size_t>(__builtin_ctzll(rest))]);
      }
    }
  }

  /// Closes the objects in which the fact before was, and the next one is not. How many are still open.
  std::size_t go_to(const Names* before, const Names& next) {
    if (before == nullptr) return 0;
    std::size_t open = 0;
    while (open + 1 < std::min(before->size(), next.size()) && (*before)[open] == next[open]) ++open;
    out_.append(before->size() - 1 - open, '}');
    return open;
  }

  const model::Fact& declared(model::FactId fact) const { return json_.record_.facts[fact]; }
  bool is_given(model::FactId fact, std::size_t row) const {
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
    : library_(library), record_(library.records[record]) {
  for (const model::Fact& fact : record_.facts) {
    std::vector<std::string>& names = names_.emplace_back();
    std::string_view path = fact.path;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
      names.push_back(as_json(path.substr(0, dot)) + ":");
      path.remove_prefix(dot + 1);
    }
    names.push_back(as_json(path) + ":");
  }
  for (const model::Level& level : record_.levels) {
    begins_.push_back(order_.size());
    order_.insert(order_.end(), level.facts.begin(), level.facts.end());
    std::sort(order_.begin() + static_cast<std::ptrdiff_t>(begins_.back()), order_.end(),
              [&](model::FactId a, model::FactId b) { return record_.facts[a].path < record_.facts[b].path; });
  }
  begins_.push_back(order_.size());
}

WrittenFacts RecordJson::written(const std::vector<bool>& wanted) const {
  WrittenFacts facts;
  facts.words_.resize((order_.size() + 63) / 64);
  for (std::size_t place = 0; place < order_.size(); ++place) {
    if (wanted[order_[place]]) facts.words_[place / 64] |= std::uint64_t{1} << (place % 64);
  }
  return facts;
}

void RecordJson::append(std::string& out, const Chunk& chunk, std::size_t row, const WrittenFacts& facts,
                        std::string_view id) const {
  RecordJsonText(out, *this, chunk, facts).object(0, row, id);
}

}  // namespace proviso::output
