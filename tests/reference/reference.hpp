#pragma once

#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "reference/places.hpp"
#include "reference/relations.hpp"
#include "reference/value.hpp"
#include "syntax/tree.hpp"

/// A second evaluator, as slow and as plain as it can be: it walks the syntax tree for one record at a time, looks
/// every name up when it meets it, and shares nothing with the evaluator that it holds to account but the parser and
/// the dates of the bank holidays. It expects policies that the checker accepts.
///
/// Where the language leaves a choice, this is what is taken:
/// - `between` and `within` are two comparisons joined by `and`.
/// - A sum of quantities of two units is in the smaller, in which both are exact, if they can be held in it; so are
/// what
///   is left over by `mod` and the values that `if`, `first known of`, `minimum of` and `maximum of` choose among. A
///   quotient is that of both in the smaller unit. Comparisons are exact.
/// - A parameter keeps the unit of what it is given where that is the smaller. What is given to a hook or a table is in
///   their unit, and unknown where it is not exact in that.
/// - `x in { a, b }` is `x = a or x = b`; `x in list` is the same over its elements, but never no where the list is not
///   there whole.
/// - A count keeps its bounds through definitions and their parameters, not through other operators. Over a list that
/// is
///   not there whole it is at least what is known of what is there.
/// - A duration of the other kind than is needed (a fact may be of either) is unknown.
/// - `months from A to B` with B before A is minus `months from B to A`; likewise for the other units.
/// - `measured` without `valid`: however old, but not after the deciding date.
/// - Needs: what is known asks for nothing (`first known of a, b` with b known does not ask for a); `and`, `or`, `not`,
///   groups, definitions and the list forms ask what their unknown parts ask; `if` asks for the branch taken, for both
///   where its condition is unknown; any other unknown expression asks for every unknown fact that it reads. Elements
///   whose condition is no are not read. Of an unknown list the list is asked for, and
///   what is unknown in the elements that are there; it is out of date where all is that is asked for in its name.
/// - `because`: the criteria of the clause that decided; where that is `otherwise`, those that made the clauses before
/// it
///   fail, exemptions apart. Of a group, those that are themselves of the value that made it so.
/// - A place matters to a policy that holds in some places, that has a variation, or that reads something of which a
/// place
///   has its own. Without its place, a record is decided for every declared place, its place unknown to expressions; a
///   place in which the policy does not hold counts as `not applicable`. If all come to one outcome other than
///   `information needed`, that is the outcome; if not, the place alone is asked for, and with the deciding date, where
///   that is missing too, after it.
/// - An exemption that is added stands behind the others. A criterion that a hook tightens or loosens is that criterion
///   `and` or `or` the hook's answer, in this order.
/// - Hooks are given as functions in C++. One that fails is unknown, and asks for its unknown arguments.
/// - Clauses of a payment give the same if their outcomes are written with the same words, brackets apart; literals are
///   the same that are of one value. A clause that decides, but whose amount or code is not known, asks for what these
///   lack, the amount first; where they lack nothing, it is a `query`. While several clauses may decide, the amounts
///   and codes of all of them are asked for after their conditions.
/// - What a payment allows is the least of its amount and the price, be the price below zero. Without a price there is
///   no amount, unless the line is withheld, which is £0 then.
/// - Places give one outcome where also amount, strength and code are the same; without a price, what is allowed.
/// - The elements of a relation have the facts of their line, those that are assumed too, and those that are measured
///   as of the deciding day of the line that is decided. A key that is assumed took part; what is assumed of another
///   line is not listed.
/// - The list of a relation is unknown where the line lacks one of its keys, which are then asked for; so is a rank.
///   Where there was no such register, the list itself is asked for.
/// - What is missing in the elements of a relation is asked for by its list, but what the line itself lacks, which is
/// in
///   its own groups, is asked for by its own name.
/// - Lines of a group are ranked by the order that it names, the least first, and then by their ids. Where a missing
///   fact of the order may tell which of two is the first, the ranks of both are unknown: the line that lacks it is
///   asked for it, the other for the rank. Which of two comes first that are alike in all this, it does not know.
namespace proviso::reference {

struct Need {
  std::string fact;
  bool out_of_date = false;
  friend bool operator==(const Need&, const Need&) = default;
};

struct CriterionResult {
  std::string name;
  std::optional<bool> result;
  friend bool operator==(const CriterionResult&, const CriterionResult&) = default;
};

/// What one policy says of one record.
struct Answer {
  std::string policy;   ///< `england.ebi.tonsillectomy`
  std::string outcome;  ///< `not applicable` too where no version holds
  // What follows is empty where the policy is not applicable.
  std::string version;  ///< first day of the version
  std::string clause;   ///< name, or word, of the clause that decided; empty where none did
  std::vector<Need> needs;
  std::vector<CriterionResult> criteria;  ///< clauses and what is inside them, in the order of the policy
  std::vector<std::string> because;       ///< where one clause decided by being yes
  bool has_because = false;
  std::vector<std::string> assumed;  ///< sorted
  std::vector<std::string> divided;  ///< of a policy: where something was divided by nought, sorted
  std::string place;                 ///< the record's, where a place matters to the policy and it is known
  bool undated = false;              ///< the deciding date, or the place, is missing: no criterion is worked out
  // Of a payment that was decided.
  std::optional<Integer> amount;   ///< at most this is paid by it
  std::optional<Integer> allowed;  ///< the same, but for the price; none: whatever the price is
  std::string strength;            ///< `must`
  std::string recount;             ///< the code that the line counts as, as it is compared
};

struct File {
  const syntax::Tree* tree = nullptr;
  std::vector<std::string> used;  ///< the libraries whose names it sees: its own first
};

/// Does what a hook's script does: the arguments are of the types of its parameters, and so is the answer of its own;
/// an unknown one where the script says nil, or fails.
using NativeHook = std::function<Value(const std::vector<Value>& arguments)>;
/// By the hook's name: `luton.smoking`.
using NativeHooks = std::map<std::string, NativeHook>;

/// All files together.
class World {
 public:
  explicit World(const std::vector<const syntax::Tree*>& trees, NativeHooks hooks = {});
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const std::vector<File>& files() const { return files_; }
  const Places& places() const { return places_; }
  const NativeHooks& hooks() const { return hooks_; }
  /// All relations and groups.
  const std::deque<Related>& relations() const { return relations_; }

  /// The declaration that a file means by a name, which may have its library before it. `file` becomes where it is.
  template <typename Declaration>
  const Declaration* find(const File*& file, const std::string& name) const {
    for (const std::string& library : file->used) {
      for (const File& other : files_) {
        if (other.tree->library.text != library) continue;
        for (const syntax::Declaration& declaration : other.tree->declarations) {
          const auto* candidate = std::get_if<Declaration>(&declaration);
          if (candidate == nullptr) continue;
          if (candidate->name.text != name && library + '.' + candidate->name.text != name) continue;
          file = &other;
          return candidate;
        }
      }
    }
    return nullptr;
  }

 private:
  std::vector<File> files_;
  Places places_;
  NativeHooks hooks_;
  std::deque<Related> relations_;
};

/// The answers of all policies on records of that name that decide, each policy once, in the order written.
std::vector<Answer> decide(const World& world, const std::string& record_name, const Json& record);
/// The strictest outcome of the answers.
std::string strictest(const std::vector<Answer>& answers);
/// What is paid for a record with these answers; nothing while that is open, or where the record has no price.
std::optional<Integer> paid(const World& world, const std::string& record_name, const Json& record,
                            const std::vector<Answer>& answers);

/// The answers of each line of the ledger, in its order.
std::vector<std::vector<Answer>> decide(const World& world, const std::string& record_name, const Ledger& ledger);

/// A value given by name: a literal, or a list of literals, or nothing.
struct Given {
  const syntax::Tree* tree = nullptr;
  syntax::ExpressionId literal = syntax::no_expression;
  bool is_list = false;
  std::vector<Given> elements;
};
/// The value of an expression that reads no record, but values by name.
Value evaluate_alone(const syntax::Tree& tree, syntax::ExpressionId root, const std::map<std::string, Given>& given);

}  // namespace proviso::reference
