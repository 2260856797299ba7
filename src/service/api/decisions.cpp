#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "output/json_text.hpp"
#include "service/api/given_record.hpp"
#include "service/api/needs.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

Response not_kept() { return error(503, "not_kept", "the decision could not be kept, so it is none; ask again"); }

/// As `decide` prints it, with what the register gave and what was not understood. `line` is where the record stood.
std::string result_of(const Service& service, const Decided& decided, const Receipt& receipt, const Call& call,
                      std::uint64_t line = 1) {
  constexpr std::size_t room_for_ids = 256;
  std::string out;
  out.reserve(decided.result.size() + room_for_ids);
  append_result(out, decided, line);
  if (!decided.readable) return out;
  out.pop_back();
  out += ", \"decision\": ";
  output::append_json(out, receipt.entry.id);
  out += ", \"authorisations\": [";
  for (std::size_t i = 0; i < receipt.authorisations.size(); ++i) {
    if (i != 0) out += ", ";
    append_authorisation(out, receipt.authorisations[i], value::format_date(service.today()), false);
  }
  out += ']';
  if (!decided.undeclared.empty()) output::append_json_list(out += ", \"undeclared\": ", decided.undeclared);
  append_notes(out, call);
  out += '}';
  return out;
}

/// Records of one request, which are decided one by one and answered together, in their order.
struct Batch {
  std::mutex mutex;
  std::vector<std::string> results;
  std::size_t left = 0;
  bool failed = false;
  bool lines = false;
  Respond respond;

  void finish_one() {
    {
      const std::lock_guard lock(mutex);
      if (--left > 0) return;
    }
    if (failed) return respond(not_kept());
    Response response = json({});
    if (lines) response.content_type = lines_type;
    std::string& out = response.body;
    if (!lines) out += '[';
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (i != 0 && !lines) out += ",\n";
      out += results[i];
      if (lines) out += '\n';
    }
    if (!lines) out += ']';
    respond(std::move(response));
  }
};

void decide_batch(Service& service, Call&& call, const Desk& desk) {
  const auto shared = std::make_shared<Call>(std::move(call));
  const auto batch = std::make_shared<Batch>();
  const std::vector<GivenRecord> records = given_records(shared->request, largest_batch + 1);
  if (records.empty()) {
    Response nothing = json(is_lines(shared->request) ? "" : "[]");
    if (is_lines(shared->request)) nothing.content_type = lines_type;
    return shared->respond(std::move(nothing));
  }
  if (records.size() > largest_batch) {
    return shared->respond(error(413, "batch_too_large", "a request takes at most 1000 records"));
  }
  batch->results.resize(records.size());
  batch->left = records.size();
  batch->lines = is_lines(shared->request);
  batch->respond = shared->respond;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].flaw != input::Flaw::none) {
      batch->results[i] = result_of(service, refused(records[i].flaw), {}, *shared, records[i].line);
      batch->finish_one();
      continue;
    }
    submit(
        service, *shared, desk, records[i].text,
        [&service, shared, batch, i, line = records[i].line](const Decided& decided, const Receipt& receipt) {
          batch->results[i] = result_of(service, decided, receipt, *shared, line);
          batch->finish_one();
        },
        [batch] {
          {
            const std::lock_guard lock(batch->mutex);
            batch->failed = true;
          }
          batch->finish_one();
        });
  }
}

void decide(Service& service, Call&& call) {
  const Desk* desk = take_record(service, call);
  if (desk == nullptr) return;
  if (is_batch(call.request)) return decide_batch(service, std::move(call), *desk);
  const auto kept = std::make_shared<const Call>(std::move(call));
  submit(
      service, *kept, *desk, kept->request.body,
      [&service, kept](const Decided& decided, const Receipt& receipt) {
        kept->respond(json(result_of(service, decided, receipt, *kept), decided.readable ? 200 : 422));
      },
      [kept] { kept->respond(not_kept()); });
}

std::string entry_json(const LogEntry& entry) {
  std::string out = "{\"decision\": " + output::as_json(entry.id) + ", \"number\": " + std::to_string(entry.number);
  const auto member = [&](std::string_view name, std::string_view text) {
    out += ", \"" + std::string(name) + "\": ";
    output::append_json_or_null(out, text);
  };
  member("at", entry.at);
  member("by", entry.by);
  member("library", entry.library);
  member("record", entry.record);
  member("referral", entry.referral);
  member("outcome", entry.outcome);
  out += ", \"facts\": " + entry.facts + ", \"result\": " + entry.result;
  output::append_json_list(out += ", \"authorisations\": ", entry.codes);
  member("previous", entry.previous);
  member("digest", entry.digest);
  return out + "}";
}

void show_decision(Service& service, Call&& call) {
  const auto entry = service.keeper().entry(call.parts.front());
  if (!entry) {
    service.metrics().count_register_failure();
    service.log("a decision could not be looked up: " + entry.error());
    return call.respond(error(503, "register", "the register does not answer"));
  }
  if (!*entry) return call.respond(error(404, "not_found", "there is no such decision"));
  call.respond(json(entry_json(**entry)));
}

}  // namespace

std::vector<Route> decision_routes(Service& service) {
  return {
      {"POST", "/v1/decide", Role::submit, [&](Call&& call) { decide(service, std::move(call)); }, true},
      {"POST", "/v1/needs", Role::submit, [&](Call&& call) { answer_needs(service, std::move(call)); }, true},
      {"POST", "/v1/questionnaire", Role::submit, [&](Call&& call) { answer_questionnaire(service, std::move(call)); },
       true},
      {"GET", "/v1/decisions/{decision}", Role::administer,
       [&](Call&& call) { show_decision(service, std::move(call)); }},
  };
}

}  // namespace proviso::service
