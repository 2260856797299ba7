#include <atomic>
#include <memory>
#include <mutex>
#include <sstream>
#include <utility>

#include "input/source.hpp"
#include "output/json_text.hpp"
#include "service/api/service.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

constexpr std::size_t largest_batch = 1000;
constexpr std::string_view lines_type = "application/x-ndjson";

Response not_kept() { return error(503, "not_kept", "the decision could not be kept, so it is none; ask again"); }

/// The desk for the record that the request names; where there is none, the answer was given.
const Desk* desk_for(const Service& service, const Call& call) {
  const std::string_view named = call.request.parameter("record");
  const std::string record = named.empty() ? service.options().record : std::string(named);
  const Desk* desk = call.book->desk(record);
  if (desk != nullptr) return desk;
  std::string known;
  for (const std::string& each : call.book->records()) {
    known += known.empty() ? ", \"records\": [" : ", ";
    known += output::as_json(each);
  }
  call.respond(error(400, "unknown_record", "no policy is on such a record", known.empty() ? known : known + "]"));
  return nullptr;
}

/// As `decide` prints it, with what the register gave.
std::string result_of(const Service& service, const Decided& decided, const Receipt& receipt) {
  std::string out = "{\"id\": ";
  output::append_json_or_null(out, decided.id);
  out += ", ";
  out += decided.rest;
  if (!decided.readable) return out;
  out.pop_back();
  out += ", \"decision\": ";
  output::append_json(out, receipt.entry.id);
  out += ", \"authorisations\": [";
  const std::string today = value::format_date(service.today());
  for (std::size_t i = 0; i < receipt.authorisations.size(); ++i) {
    if (i != 0) out += ", ";
    append_authorisation(out, receipt.authorisations[i], today, false);
  }
  out += "]}";
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

bool is_lines(const Request& request) {
  return request.header("content-type").substr(0, lines_type.size()) == lines_type;
}

bool is_batch(const Request& request) {
  const std::size_t start = request.body.find_first_not_of(" \t\r\n");
  return is_lines(request) || (start != std::string::npos && request.body[start] == '[');
}

/// The texts of the records; what is no record of JSON becomes a text that cannot be read either.
std::vector<std::string> records_of(const Request& request) {
  std::istringstream stream(request.body);
  input::RecordSource source(input::bytes_of(stream), is_lines(request) ? input::Format::ndjson : input::Format::json);
  std::vector<std::string> texts;
  input::Block block;
  while (texts.size() <= largest_batch && source.next(block)) {
    for (const input::RawRecord& record : block.records) texts.emplace_back(block.text(record));
  }
  return texts;
}

void decide_batch(Service& service, Call&& call, const Desk& desk) {
  const auto shared = std::make_shared<Call>(std::move(call));
  const auto batch = std::make_shared<Batch>();
  const std::vector<std::string> texts = records_of(shared->request);
  if (texts.empty()) {
    Response nothing = json(is_lines(shared->request) ? "" : "[]");
    if (is_lines(shared->request)) nothing.content_type = lines_type;
    return shared->respond(std::move(nothing));
  }
  if (texts.size() > largest_batch) {
    return shared->respond(error(413, "batch_too_large", "a request takes at most 1000 records"));
  }
  batch->results.resize(texts.size());
  batch->left = texts.size();
  batch->lines = is_lines(shared->request);
  batch->respond = shared->respond;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    submit(
        service, *shared, desk, texts[i],
        [&service, batch, i](const Decided& decided, const Receipt& receipt) {
          batch->results[i] = result_of(service, decided, receipt);
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
  const Desk* desk = desk_for(service, call);
  if (desk == nullptr) return;
  if (is_batch(call.request)) return decide_batch(service, std::move(call), *desk);
  submit(
      service, call, *desk, call.request.body,
      [&service, respond = call.respond](const Decided& decided, const Receipt& receipt) {
        respond(json(result_of(service, decided, receipt), decided.readable ? 200 : 422));
      },
      [respond = call.respond] { respond(not_kept()); });
}

void append_need(std::string& out, const Desk& desk, const Needed& need) {
  const model::Fact& fact = desk.engine().record().facts[need.fact];
  out += "{\"fact\": ";
  output::append_json(out, fact.name);
  out += ", \"ask\": ";
  output::append_json(out, fact.ask);
  out += ", \"type\": ";
  output::append_json(out, model::format(desk.engine().library(), fact.type));
  out += ", \"measured\": ";
  out += fact.measured ? "true" : "false";
  const auto list = [&](std::string_view name, const std::vector<std::string>& texts) {
    out += ", \"" + std::string(name) + "\": [";
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (i != 0) out += ", ";
      output::append_json(out, texts[i]);
    }
    out += ']';
  };
  list("why", need.why);
  list("policies", need.policy);
  out += need.out_of_date ? ", \"state\": \"out of date\"}" : ", \"state\": \"missing\"}";
}

/// What the outcome is so far, and what to ask next. Nothing is kept of it: no decision was asked for.
void answer_needs(const Service& service, Call&& call) {
  const Desk* desk = desk_for(service, call);
  if (desk == nullptr) return;
  const Decided decided = desk->decide(call.request.body, {service.options().keep_identifiers, service.today()});
  if (!decided.readable) return call.respond(json("{\"id\": null, " + decided.rest, 422));
  std::string out = "{\"id\": ";
  output::append_json_or_null(out, decided.id);
  out += ", \"outcome\": ";
  output::append_json(out, model::spelling(decided.outcome));
  out += ", \"needs\": [";
  for (std::size_t i = 0; i < decided.needs.size(); ++i) {
    if (i != 0) out += ", ";
    append_need(out, *desk, decided.needs[i]);
  }
  out += "], \"undeclared\": [";
  for (std::size_t i = 0; i < decided.undeclared.size(); ++i) {
    if (i != 0) out += ", ";
    output::append_json(out, decided.undeclared[i]);
  }
  out += "], \"result\": {" + decided.rest + "}";
  call.respond(json(std::move(out)));
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
  out += ", \"facts\": " + entry.facts + ", \"result\": " + entry.result + ", \"authorisations\": [";
  for (std::size_t i = 0; i < entry.codes.size(); ++i) {
    if (i != 0) out += ", ";
    output::append_json(out, entry.codes[i]);
  }
  out += ']';
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
      {"GET", "/v1/decisions/{decision}", Role::administer,
       [&](Call&& call) { show_decision(service, std::move(call)); }},
  };
}

}  // namespace proviso::service
