#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/api/drafts.hpp"
#include "service/cds/explanation.hpp"
#include "service/cds/hook_call.hpp"
#include "service/register/register.hpp"
#include "service/submission/rulebook.hpp"

namespace proviso::service {

/// What came of one order.
struct CheckedOrder {
  bool checked = false;            ///< its record could be read and decided
  bool understood = false;         ///< and it is known what was ordered, as far as any policy asks
  std::string unused;              ///< as "is `cancelled`": why nothing of the order was used; empty: it was
  Decided decided;                 ///< where it was checked
  Json result;                     ///< the result that `decide` prints of it; where it was checked
  std::optional<Receipt> receipt;  ///< where it was kept
  std::string record;              ///< what a person may go on with on the pages, as JSON; empty: nothing
  std::vector<std::string> notes;  ///< on what could not be used
};

/// Makes the cards of a call. Each links to the pages, with a draft of the order's record where there is one to go on
/// with.
class Cards {
 public:
  Cards(const HookCall& call, const model::Library& library, const model::Record& record, const Pages& pages,
        Drafts& drafts, std::string today)
      : call_(call), pages_(pages), drafts_(drafts), explanation_(library, record, pages_), today_(std::move(today)) {}

  /// Of one order, by the outcome of its record: a card for each policy that refuses it, or one for all that is needed,
  /// or one for each policy that leaves it to a person, or one for each approval. What policies say that are less
  /// strict stands in the detail. None where no policy applies.
  void add(const FocusOrder& order, const CheckedOrder& checked);
  /// As many as the client wants, what needs most attention first.
  OrderedJson finish() &&;

 private:
  struct Card {
    int urgency = 0;  ///< smaller is more urgent
    OrderedJson json;
  };
  const HookCall& call_;
  const Pages& pages_;
  Drafts& drafts_;
  Explanation explanation_;
  std::string today_;
  std::optional<std::string> check_;  ///< where the order's check goes on, once a card of it needs to know
  std::vector<Card> cards_;

  void add_unchecked(const FocusOrder& order, const CheckedOrder& checked);
  void add_not_funded(const FocusOrder& order, const CheckedOrder& checked, const Json& decision);
  void add_needed(const FocusOrder& order, const CheckedOrder& checked);
  void add_approved(const FocusOrder& order, const CheckedOrder& checked, const Json& decision);
  void add_spent(const FocusOrder& order, const CheckedOrder& checked, const Json& decision,
                 const Authorisation& authorisation);
  OrderedJson card(const FocusOrder& order, const CheckedOrder& checked, std::string summary, const char* indicator,
                   std::string detail, const Json* decision);
  OrderedJson questions_as_task(const FocusOrder& order, const CheckedOrder& checked);
  const std::string& check_of(const CheckedOrder& checked);
};

/// The codes by which a clinician may say why a card was not followed.
OrderedJson override_reasons();
/// The list of those codes, wherever the service runs.
inline constexpr std::string_view override_reasons_system = "urn:uuid:2f6d1c1e-52a7-4c0b-9a6e-0f3c9e7b8d14";
/// The same code with nothing else; empty for what is none of them, such as a reason of the client's own.
std::string known_override_reason(std::string_view system, std::string_view code);

/// Cards and suggestions are named by such: `3f0b2a5e-...`.
std::string random_uuid();
bool is_uuid(std::string_view text);

}  // namespace proviso::service
