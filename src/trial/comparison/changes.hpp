#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "text/source.hpp"

/// What changed between two libraries, in the policies' own words.
namespace proviso::trial {

enum class ChangeKind : std::uint8_t {
  added,
  removed,
  changed,
  reworded,  ///< a sentence that decides nothing
  moved,     ///< to another group or place in the order, or to other days
};
/// `added`, `reworded`.
std::string_view spelling(ChangeKind kind);

struct TextChange {
  ChangeKind kind = ChangeKind::changed;
  /// Of a policy: `policy`, `version`, `status`, `category`, `period`, `source`, `label`, `places`, `record`, `dated
  /// by`, `placed by`, `applies when`, `notes`, `unverified`, `clause`, `criterion`, `group`, `order`, `variation`. Of
  /// a threshold, code list or table: `value`, `codes`, `rows`, `bounds`, `type`, `source`, `unverified`. `place`,
  /// `fact`, `price`, `definition`, `hook`, `script`. Of a relation or group: `keys`, `order`, `window`, `condition`,
  /// `lines`, `kind`. Of an agreement: the word of its line, as `share above £100000.00 in a year`.
  std::string what;
  std::string name;     ///< of the criterion, clause, place, fact; of a value whose it is and since when
  std::string group;    ///< that a criterion stands in
  std::string version;  ///< of the policy: its first day; empty where it has none, or where all versions are concerned
  std::string before;   ///< lines; empty: nothing was there
  std::string after;
  std::string place;        ///< whose value or variation; empty: everywhere
  model::Period days = {};  ///< that the change concerns
};

/// A policy and those of its criteria that read something.
struct Reader {
  std::string policy;                 ///< the full name
  std::vector<std::string> criteria;  ///< or clauses; `applies when`
};

/// Something of the library that is not as it was.
struct ChangedThing {
  /// `policy`, `agreement`, `threshold`, `codes`, `definition`, `table`, `hooks`, `places`, `record`, `relation`,
  /// `group`
  std::string what;
  std::string name;
  std::string label;
  std::vector<Reader> read_by;  ///< in either library; nobody reads a policy
  std::vector<TextChange> changes;
};

/// One of the two libraries.
struct Revision {
  std::string name;  ///< as the command line gives it: `policies`, `main:policies`
  const model::Library* library = nullptr;
  const text::Sources* sources = nullptr;  ///< null: definitions are told by their names alone
};

/// Which changes are asked for.
struct ChangeFilter {
  std::vector<std::string> policies;  ///< by name or full name, with all that they read; empty: all
  std::string place;                  ///< what holds there, inside it or around it; empty: everywhere
  std::optional<std::int32_t> on;     ///< what holds on that day
};

struct LibraryChanges {
  std::vector<ChangedThing> things;  ///< policies, by name; agreements, by name; then what they share

  bool differs() const { return !things.empty(); }
};

LibraryChanges compare_libraries(const Revision& old_revision, const Revision& new_revision,
                                 const ChangeFilter& filter = {});

}  // namespace proviso::trial
