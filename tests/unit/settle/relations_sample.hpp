#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "settle/relations.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

/// A library with relations put together by hand as the checker would, and lines for it.
namespace proviso::settle::sample {

using model::FactId;
using value::Kind;

inline std::int32_t day(std::string_view text) { return value::parse_date(text).value(); }
inline constexpr std::int64_t decimal(std::int64_t whole) { return whole * value::decimal_scale; }

inline value::Type of(Kind kind) {
  value::Type type;
  type.kind = kind;
  return type;
}

inline FactId add_fact(model::Record& record, std::string path, Kind kind, model::LevelId level = 0) {
  const auto id = static_cast<FactId>(record.facts.size());
  model::Fact fact;
  fact.path = fact.name = std::move(path);
  fact.type = of(kind);
  fact.level = level;
  record.facts.push_back(std::move(fact));
  record.levels[level].facts.push_back(id);
  return id;
}

/// `Activity`: id, patient, provider (texts), admitted, discharged (dates), order (a number), emergency (yes/no),
/// weight (a measured number), commissioner (a text, assumed "X" only where a test says so).
/// `Authorisation`, a register: id, patient, given (a date).
struct World {
  World() {
    model::Record& activity = library.records.emplace_back();
    activity.name = "Activity";
    activity.levels.emplace_back();
    activity.identifier = id = add_fact(activity, "id", Kind::text);
    patient = add_fact(activity, "patient", Kind::text);
    provider = add_fact(activity, "provider", Kind::text);
    admitted = add_fact(activity, "admitted", Kind::date);
    discharged = add_fact(activity, "discharged", Kind::date);
    order = add_fact(activity, "order", Kind::number);
    emergency = add_fact(activity, "emergency", Kind::truth);
    weight = add_fact(activity, "weight", Kind::number);
    activity.facts[weight].measured = true;
    commissioner = add_fact(activity, "commissioner", Kind::text);
    model::Record& authorisation = library.records.emplace_back();
    authorisation.name = "Authorisation";
    authorisation.levels.emplace_back();
    authorisation.identifier = add_fact(authorisation, "id", Kind::text);
    add_fact(authorisation, "patient", Kind::text);
    given = add_fact(authorisation, "given", Kind::date);
    library.record_names = {"Activity", "Authorisation"};
    model::Policy& policy = library.policies.emplace_back();
    policy.record = 0;
    policy.applies = node(model::NodeKind::conjunction);
  }

  /// Declares a relation, and asks in the policy for its list, its rank, and the facts of its elements that are named.
  std::uint32_t relate(model::Relation relation, const std::vector<std::string>& asked, bool rank = false) {
    const auto number = static_cast<std::uint32_t>(library.relations.size());
    model::Record& record = library.records[0];
    relation.record = 0;
    relation.list = add_fact(record, relation.name, Kind::list);
    const auto level = static_cast<model::LevelId>(record.levels.size());
    record.facts[relation.list].elements = level;
    record.facts[relation.list].relation = number;
    record.levels.push_back({0, relation.list, false, {}});
    const model::Record other = library.records[relation.other];
    for (const FactId fact : other.levels[0].facts) {
      if (other.facts[fact].relation != model::none) continue;
      const FactId element = add_fact(record, other.facts[fact].path, other.facts[fact].type.kind, level);
      record.facts[element].name = relation.name + '.' + other.facts[fact].path;
      record.facts[element].measured = other.facts[fact].measured;
      record.facts[element].relation = number;
      relation.elements.emplace_back(element, fact);
    }
    if (relation.group) {
      relation.rank = add_fact(record, "rank in " + relation.name, Kind::number);
      record.facts[relation.rank].relation = number;
    }
    const auto loop = static_cast<model::LoopId>(library.loops.size());
    library.loops.push_back({"e", relation.list, level, model::none, model::none, 0});
    ask(model::NodeKind::count, relation.list, loop);
    for (const std::string& path : asked) ask(model::NodeKind::fact, record.find(level, path), loop);
    if (rank) ask(model::NodeKind::fact, relation.rank, model::none);
    library.relations.push_back(std::move(relation));
    return number;
  }

  model::Library library;
  FactId id, patient, provider, admitted, discharged, order, emergency, weight, commissioner;
  FactId given;  ///< of the register

 private:
  model::NodeId node(model::NodeKind kind) {
    model::Node made;
    made.kind = kind;
    library.nodes.push_back(std::move(made));
    return static_cast<model::NodeId>(library.nodes.size() - 1);
  }
  void ask(model::NodeKind kind, FactId fact, model::LoopId loop) {
    const model::NodeId before = library.policies[0].applies;
    const model::NodeId made = node(kind);
    if (kind == model::NodeKind::fact) library.nodes[made].index = fact;
    library.nodes[made].loop = loop;
    const model::NodeId both = node(model::NodeKind::conjunction);
    library.nodes[both].operands = {before, made};
    library.policies[0].applies = both;
  }
};

/// A line: what it says of some facts, in the order of their values; facts not named are unknown.
struct Line {
  std::map<std::string, std::string> facts;
  std::map<std::string, std::string> measured = {};  ///< the days of measurements

  const std::string* find(const std::string& path) const {
    const auto found = facts.find(path);
    return found == facts.end() ? nullptr : &found->second;
  }
};

inline void add_line(program::Chunk& chunk, const Line& line) {
  const std::size_t row = chunk.add_row(0);
  for (const auto& [path, text] : line.facts) {
    const FactId fact = chunk.record().find(0, path);
    const Kind kind = chunk.record().facts.at(fact).type.kind;
    if (kind == Kind::truth) {
      chunk.set_truth(fact, row, text == "yes");
    } else if (kind == Kind::text) {
      chunk.set_value(fact, row, chunk.text_number(text));
    } else {
      chunk.set_value(fact, row, kind == Kind::date ? day(text) : decimal(std::stoll(text)));
    }
  }
  for (const auto& [path, on] : line.measured) chunk.set_measured_on(chunk.record().find(0, path), row, day(on));
}

using Lines = std::vector<Line>;

/// Lines as blocks of the input.
using Blocks = std::vector<Lines>;

inline program::Chunk chunk_of(const model::Library& library, std::uint32_t record, const Lines& lines) {
  program::Chunk chunk(library, record);
  for (const Line& line : lines) add_line(chunk, line);
  chunk.finish();
  return chunk;
}

inline void gather(Relations& relations, const model::Library& library, std::uint32_t record, const Blocks& blocks) {
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    relations.gather(chunk_of(library, record, blocks[block]), block);
  }
}

/// What was filled for one line.
struct Filled {
  bool known = false;              ///< the list
  std::vector<std::string> found;  ///< the ids of its elements, `?` where one has none
  std::optional<std::int64_t> rank;

  friend bool operator==(const Filled&, const Filled&) = default;
};

inline std::string text_at(const program::Chunk& chunk, FactId fact, std::size_t row) {
  const program::Column& column = chunk.column(fact);
  return program::bit(column.known, row) ? std::string(chunk.text_of(column.narrow[row])) : "?";
}

inline Filled filled_at(const program::Chunk& chunk, const model::Relation& relation, std::size_t row) {
  Filled filled;
  const program::Column& list = chunk.column(relation.list);
  filled.known = program::bit(list.known, row);
  const FactId id = chunk.record().find(chunk.record().facts[relation.list].elements, "id");
  for (std::size_t element = list.offsets[row]; element < list.offsets[row + 1]; ++element) {
    filled.found.push_back(text_at(chunk, id, element));
  }
  if (relation.rank == model::none) return filled;
  const program::Column& rank = chunk.column(relation.rank);
  if (program::bit(rank.known, row)) filled.rank = rank.wide[row] / value::decimal_scale;
  return filled;
}

/// Fills all blocks by complete relations, and gives what the relation filled for each line.
inline std::vector<Filled> fill(const Relations& relations, const World& world, const Blocks& blocks,
                                std::uint32_t relation = 0) {
  std::vector<Filled> all;
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    program::Chunk chunk = chunk_of(world.library, 0, blocks[block]);
    relations.fill(chunk, block);
    for (std::size_t row = 0; row < chunk.rows(); ++row) {
      all.push_back(filled_at(chunk, world.library.relations[relation], row));
    }
  }
  return all;
}

/// Gathers and fills lines that are one block.
inline std::vector<Filled> filled(const World& world, const Lines& lines, std::uint32_t relation = 0) {
  Relations relations(world.library, 0);
  gather(relations, world.library, 0, {lines});
  relations.complete();
  return fill(relations, world, {lines}, relation);
}

}  // namespace proviso::settle::sample
