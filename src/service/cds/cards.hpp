#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "service/cds/explanation.hpp"
#include "service/cds/hook_call.hpp"
#include "service/register/register.hpp"
#include "service/submission/rulebook.hpp"

namespace proviso::service {

/// What came of one order.
struct CheckedOrder {
  bool checked = false;            ///< its record could be read and decided
  bool understood = false;         ///< and it is known what was ordered, as far as any policy asks
  Decided decided;                 ///< where it was checked
  nlohmann::json result;           ///< the result that `decide` prints of it; where it was checked
  std::optional<Receipt> receipt;  ///< where it was kept
  std::vector<std::string> notes;  ///< on what could not be used
};

/// Makes the cards of a call.
class Cards {
 public:
  Cards(const HookCall& call, const model::Library& library, const model::Record& record, const Pages& pages,
        std::string today)
      : call_(call), pages_(pages), explanation_(library, record, pages_), today_(std::move(today)) {}

  /// Of one order: a card for each policy that does not fund it, one for all that is needed, one for each approval.
  /// None where no policy applies.
  void add(const FocusOrder& order, const CheckedOrder& checked);
  /// As many as the client wants, what needs most attention first.
  nlohmann::ordered_json finish() &&;

 private:
  using Json = nlohmann::ordered_json;
  struct Card {
    int urgency = 0;  ///< smaller is more urgent
    Json json;
  };
  const HookCall& call_;
  const Pages& pages_;
  Explanation explanation_;
  std::string today_;
  std::vector<Card> cards_;

  void add_unchecked(const FocusOrder& order, const CheckedOrder& checked);
  void add_not_funded(const FocusOrder& order, const CheckedOrder& checked, const nlohmann::json& decision);
  void add_needed(const FocusOrder& order, const CheckedOrder& checked);
  void add_approved(const FocusOrder& order, const CheckedOrder& checked, const nlohmann::json& decision);
  Json card(const FocusOrder& order, const CheckedOrder& checked, std::string summary, const char* indicator,
            std::string detail, const nlohmann::json* decision) const;
  Json questions_as_task(const FocusOrder& order) const;
};

/// The codes by which a clinician may say why a card was not followed; the system is the service's own.
nlohmann::ordered_json override_reasons(const Pages& pages);
/// The same code with nothing else; empty for what is none of them.
std::string known_override_reason(std::string_view code);

/// Cards and suggestions are named by such: `3f0b2a5e-...`.
std::string random_uuid();
bool is_uuid(std::string_view text);

}  // namespace proviso::service
