#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/library.hpp"

/// Clauses and criteria one by one, for comparing them.
namespace proviso::output {

/// Whether two expressions say the same, whatever their numbers. Those once found the same are not looked into again:
/// what they have in common may be reached on many ways.
class Sameness {
 public:
  explicit Sameness(const model::Library& library) : library_(library) {}

  bool operator()(model::NodeId a, model::NodeId b);

 private:
  const model::Library& library_;
  std::set<std::pair<model::NodeId, model::NodeId>> found_;

  bool alike(const model::Node& a, const model::Node& b) const;
};

/// `approve when all`, `otherwise refuse`, `withhold must when all`.
std::string head(const model::Clause& clause);
/// Whether two clauses that read the same pay the same too.
bool pay_same(const model::Clause& a, const model::Clause& b, Sameness& same);
/// A criterion's own lines, without what is in it: its sentence unless that is known, and what it asks.
void add_head(std::vector<std::string>& lines, const model::Criterion& criterion, std::size_t indent, bool with_label);
/// A criterion with all in it, `indent` spaces in.
void add_lines(std::vector<std::string>& lines, const model::Criterion& criterion, std::size_t indent);
/// What a criterion asks: its expression, or a group's word.
std::string head(const model::Criterion& criterion);

}  // namespace proviso::output
