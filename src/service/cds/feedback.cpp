#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "service/cds/cards.hpp"
#include "service/cds/hook_call.hpp"
#include "service/cds/hook_routes.hpp"
#include "service/cds/json_pieces.hpp"
#include "value/instant.hpp"

namespace proviso::service {
namespace {

constexpr std::size_t most_entries = 1000;

/// What became of one card, as it is kept.
struct Feedback {
  std::string card;
  std::string outcome;
  std::string detail;  ///< JSON: suggestions that were taken, the code of the reason, whether there was a comment
  std::string at;
};

/// `2026-11-22T10:05:31Z`, or with a fraction or an offset: an instant, to the second.
bool is_moment(std::string_view text) {
  constexpr std::size_t before_seconds = 16;
  constexpr std::size_t longest = 40;
  if (text.size() <= before_seconds || text.size() > longest || text[before_seconds] != ':') return false;
  const auto time = value::parse_time(text);
  return time && time->second;
}

/// The ids of suggestions that were taken; nothing where they are not given as they must be.
std::optional<Json> accepted(JsonPiece entry) {
  Json ids = Json::array();
  for (const JsonPiece each : entry.member("acceptedSuggestions").elements()) {
    const std::string id = each.text_of("id");
    if (!is_uuid(id)) return std::nullopt;
    ids.push_back(id);
  }
  if (ids.empty()) return std::nullopt;
  return Json{{"suggestions", std::move(ids)}};
}

/// The reason by its code alone, if it is one that the cards offer, and never the comment: it may say who is meant.
std::optional<Json> overridden(JsonPiece entry) {
  Json detail = Json::object();
  const JsonPiece given = entry.member("overrideReason");
  if (!given.exists() || given.is_null()) return detail;
  const JsonPiece reason = given.member("reason");
  const JsonPiece comment = given.member("userComment");
  const bool sound = given.is_object() && (!reason.exists() || reason.is_null() || reason.is_object()) &&
                     (!comment.exists() || comment.is_null() || comment.is_text());
  if (!sound) return std::nullopt;
  if (!reason.is_empty()) {
    const std::string code = known_override_reason(reason.text_of("system"), reason.text_of("code"));
    detail["reason"] = code.empty() ? "another" : code;
  }
  if (!comment.is_empty()) detail["comment"] = true;
  return detail;
}

/// One entry; nothing where it is not as the specification asks.
std::optional<Feedback> read_entry(JsonPiece entry) {
  if (entry.repeats_a_name()) return std::nullopt;
  Feedback made{entry.text_of("card"), entry.text_of("outcome"), {}, entry.text_of("outcomeTimestamp")};
  if (!is_uuid(made.card) || !is_moment(made.at)) return std::nullopt;
  std::optional<Json> detail;
  if (made.outcome == "accepted") detail = accepted(entry);
  if (made.outcome == "overridden") detail = overridden(entry);
  if (!detail) return std::nullopt;
  made.detail = detail->dump();
  return made;
}

}  // namespace

void answer_feedback(const Hooks& hooks, Call&& call) {
  const std::string& service = call.parts.front();
  if (!is_service(service)) return call.respond(outcome(404, "not-found", "there is no such service"));
  if (!is_sound_json(call.request.body)) {
    return call.respond(outcome(400, "invalid", "the body is not JSON, or is nested too deep"));
  }
  const JsonPiece body = json_piece(call.request.body);
  if (body.repeats_a_name()) return call.respond(outcome(400, "invalid", "the body has a member twice"));
  const std::vector<JsonPiece> entries = body.member("feedback").elements();
  if (entries.empty() || entries.size() > most_entries) {
    return call.respond(outcome(400, "invalid", fmt::format("`feedback` is a list of 1 to {} entries", most_entries)));
  }
  std::vector<Feedback> all;
  for (const JsonPiece entry : entries) {
    auto read = read_entry(entry);
    if (!read) {
      return call.respond(
          outcome(400, "invalid",
                  fmt::format("entry {} of `feedback` is not as it should be: `card` a UUID, `outcome` accepted with "
                              "`acceptedSuggestions`, or overridden, and `outcomeTimestamp` an instant such as "
                              "2026-11-22T10:05:31Z; and no member twice",
                              all.size() + 1)));
    }
    all.push_back(std::move(*read));
  }
  for (const Feedback& each : all) {
    const auto kept = hooks.service.keeper().add_feedback(service, each.card, each.outcome, each.detail, each.at);
    if (kept) continue;
    hooks.service.metrics().count_register_failure();
    hooks.service.log("feedback could not be kept: " + kept.error());
    return call.respond(outcome(503, "transient", "the feedback could not be kept; send it again"));
  }
  Response response;
  response.content_type.clear();
  call.respond(std::move(response));
}

}  // namespace proviso::service
