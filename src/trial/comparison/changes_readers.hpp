#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "decide/version.hpp"
#include "model/library.hpp"
#include "trial/comparison/changes.hpp"

namespace proviso::trial {

/// One expression of a policy that decides something.
struct Leaf {
  const model::Policy* policy = nullptr;
  const model::Form* form = nullptr;
  std::string name;  ///< of the criterion or clause; `applies when`; of an agreement the word of its line
  std::string expression;
  model::NodeId node = model::none;
};
/// All of a form, `applies when` first.
std::vector<Leaf> leaves_of(const model::Policy& policy, const model::Form& form);
/// What an agreement covers, saves, deducts and aims at.
std::vector<Leaf> leaves_of(const model::Agreement& agreement);

/// Which policies and agreements read what, in any of their forms: in expressions, through relations and groups, and as
/// facts that a line names.
class Readers {
 public:
  enum class Kind : std::uint8_t { threshold, codes, table, hook, definition, fact };

  explicit Readers(const model::Library& library);

  /// By number in the library; a fact by that in its record.
  const std::vector<Reader>& of(Kind kind, std::uint32_t number, std::uint32_t record = 0) const;

  /// A fact that a line of a policy names by itself: the word of the line, and the fact, or none.
  using NamedFact = std::pair<std::string, model::FactId>;

  /// A definition as policies on a record read it.
  struct Use {
    std::uint32_t record;
    model::NodeId node;
  };
  /// Of a definition by number.
  const std::vector<Use>& uses(std::uint32_t definition) const;

 private:
  std::map<std::pair<Kind, std::uint64_t>, std::vector<Reader>> readers_;
  std::map<std::uint32_t, std::vector<Use>> uses_;

  void read(const model::Library& library, const Leaf& leaf, decide::SeenNodes& seen);
  void read_named(const model::Library& library, const model::Policy& policy, const std::vector<NamedFact>& facts);
  void read_fact(const model::Library& library, const Leaf& leaf, model::FactId fact);
  void add(Kind kind, std::uint64_t number, const Leaf& leaf);
};

/// Both together, by policy.
std::vector<Reader> together(std::vector<Reader> olds, const std::vector<Reader>& news);

/// Things of one name are one thing. Where several libraries declare the name, those that the same policies read.
struct Matched {
  std::uint32_t old_number = model::none;  ///< none: it is new
  std::uint32_t new_number = model::none;  ///< none: it is gone
  std::string name;
  bool ambiguous = false;  ///< there are several of that name
};
template <class Declared>
std::vector<Matched> match(const std::vector<Declared>& olds, const Readers& old_readers,
                           const std::vector<Declared>& news, const Readers& new_readers, Readers::Kind kind);

/// What `match` does with their names.
struct NamedThing {
  std::string name;
  std::vector<Reader> readers;
};
std::vector<Matched> match(const std::vector<NamedThing>& olds, const std::vector<NamedThing>& news);

template <class Declared>
std::vector<Matched> match(const std::vector<Declared>& olds, const Readers& old_readers,
                           const std::vector<Declared>& news, const Readers& new_readers, Readers::Kind kind) {
  const auto named = [kind](const std::vector<Declared>& all, const Readers& readers) {
    std::vector<NamedThing> things;
    for (std::uint32_t i = 0; i < all.size(); ++i) things.push_back({all[i].name, readers.of(kind, i)});
    return things;
  };
  return match(named(olds, old_readers), named(news, new_readers));
}

}  // namespace proviso::trial
