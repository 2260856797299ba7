#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "trial/comparison/changes.hpp"
#include "trial/comparison/changes_filter.hpp"
#include "trial/comparison/changes_meaning.hpp"
#include "trial/comparison/changes_readers.hpp"

/// The parts of comparing two libraries: a file for each kind of thing.
namespace proviso::trial {

/// What they share.
struct Compared {
  Compared(const Revision& old_revision, const Revision& new_revision, const ChangeFilter& filter)
      : olds(old_revision),
        news(new_revision),
        old_library(*old_revision.library),
        new_library(*new_revision.library),
        meanings(old_library, new_library),
        old_readers(old_library),
        new_readers(new_library),
        wanted(old_library, new_library, filter) {}

  const Revision& olds;
  const Revision& news;
  const model::Library& old_library;
  const model::Library& new_library;
  Meanings meanings;
  Readers old_readers;
  Readers new_readers;
  Wanted wanted;
};

/// The thing of that name, so far without changes, and who reads it in either library.
ChangedThing thing_of(const Compared& compared, const Matched& matched, Readers::Kind kind, std::string what);

/// The same; a name that several libraries have is told apart by the library of who reads it: `luton.max_bmi`.
ChangedThing named_thing(const Compared& compared, const Matched& matched, Readers::Kind kind, const char* what);

/// Below words that are as they were.
inline constexpr const char* same_words = "\n  (the same words now mean something else)";

/// Policies and their versions, clauses, criteria and variations.
std::vector<ChangedThing> changed_policies(Compared& compared);
/// What two versions of one policy as they are written ask otherwise.
void compare_clauses(const model::Policy& old_policy, const model::Policy& new_policy,
                     std::vector<TextChange>& changes);
void compare_variations(const Compared& compared, const std::string& policy, std::vector<TextChange>& changes);
std::vector<ChangedThing> changed_thresholds(Compared& compared);
std::vector<ChangedThing> changed_code_lists(Compared& compared);
std::vector<ChangedThing> changed_definitions(Compared& compared);
std::vector<ChangedThing> changed_tables(Compared& compared);
std::vector<ChangedThing> changed_hooks(Compared& compared);
std::vector<ChangedThing> changed_places(const Compared& compared);
std::vector<ChangedThing> changed_records(Compared& compared);
std::vector<ChangedThing> changed_relations(const Compared& compared);
std::vector<ChangedThing> changed_agreements(Compared& compared);

/// Whether one of the relations of the record, by name of their lists, is there in both libraries and not as it was.
bool reads_changed_relation(const Compared& compared, const std::string& record, const std::set<std::string>& lists);

/// Adds a change unless both are the same: `added` where nothing was before, `removed` where nothing is now.
void add_change(std::vector<TextChange>& changes, TextChange change);
/// The same for two lines of text about something of that kind.
void add_change(std::vector<TextChange>& changes, std::string what, std::string before, std::string after,
                ChangeKind kind = ChangeKind::changed);

model::Period either(const model::Period& a, const model::Period& b);
std::string lines(const std::vector<std::string>& texts);
/// The fact's name; `nothing` for none.
std::string fact_name(const model::Library& library, std::uint32_t record, model::FactId fact);
/// The place's name; nothing for none.
std::string place_name(const model::Library& library, model::PlaceId place);
/// `in Luton from 2019-10-01`, `everywhere from 2019-04-01`.
std::string whose(const std::string& place, const model::Period& days);
/// The text, its spaces and line ends made one space.
std::string one_spaced(std::string_view text);
/// The source text of an expression, its spaces made one; nothing where there is none.
std::string source_text(const Revision& revision, model::NodeId node);

}  // namespace proviso::trial
