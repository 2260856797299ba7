#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/api/access.hpp"
#include "service/api/drafts.hpp"
#include "service/api/metrics.hpp"
#include "service/api/waiting_room.hpp"
#include "service/http/message.hpp"
#include "service/http/server.hpp"
#include "service/register/register.hpp"
#include "service/submission/rulebook.hpp"

/// What the service answers: a table of routes over the library in use and the register.
namespace proviso::service {

/// One request on its way to its answer.
struct Call {
  Request request;
  std::vector<std::string> parts;  ///< of the path, where the pattern has `{...}`, in their order
  Caller caller;
  std::shared_ptr<const Rulebook> book;
  Respond respond;
  std::vector<std::string> notes = {};  ///< what a body of FHIR had and could not be used, without any value
};

using Handling = std::function<void(Call&& call)>;

struct Route {
  std::string method;   ///< `GET`; HEAD is answered as GET
  std::string pattern;  ///< `/v1/authorisations/{code}/use`
  Role role = Role::anyone;
  Handling answer;
  /// It never waits for the register: it is answered on the thread that read the request, unless that is large.
  bool at_once = false;
};

struct ServiceOptions {
  std::string record = "Referral";  ///< what is decided where a request names no record
  bool keep_identifiers = false;
  Key key;                           ///< for digests of identifiers
  unsigned waiting_threads = 0;      ///< for routes that wait for the register; 0: they wait where they are called
  std::vector<std::string> origins;  ///< web pages that may call from a browser; `*`: any
  std::function<std::string()> today = {};           ///< `2026-11-22`; empty: the day by the clock of the machine
  std::function<void(const std::string&)> log = {};  ///< what an operator should know; never with data of a patient
};

/// Finds the route of each request, holds it to its role, and counts it. The register and the rulebooks must outlive
/// it.
class Service {
 public:
  Service(Rulebooks& rulebooks, Register& keeper, Access access, ServiceOptions options);

  /// Adds routes; before the first request.
  void add(std::vector<Route> routes);
  void answer(Request&& request, Respond respond);

  Rulebooks& rulebooks() { return rulebooks_; }
  Register& keeper() { return keeper_; }
  const ServiceOptions& options() const { return options_; }
  Metrics& metrics() { return metrics_; }
  Drafts& drafts() { return drafts_; }
  const std::vector<Route>& routes() const { return routes_; }
  const Access& access() const { return access_; }
  /// As numbers and as text.
  std::int32_t today() const;
  /// Of an identifier: itself where they are kept, else its keyed digest; empty for an empty one.
  std::string kept(std::string_view identifier) const;
  void log(const std::string& what) const;

 private:
  Rulebooks& rulebooks_;
  Register& keeper_;
  Access access_;
  ServiceOptions options_;
  Metrics metrics_;
  Drafts drafts_;
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> segments_;  ///< of each route's pattern

  std::optional<WaitingRoom> waiting_;  ///< last: what waits there needs all of the above

  class Counted;

  /// Null where there is none: `allowed` then has the methods of that address, each with a comma behind it.
  const Route* find(const Request& request, std::vector<std::string>& parts, std::string& allowed) const;
  Response options(const Request& request) const;
  void allow_origin(std::string_view origin, Response& response) const;
};

/// `{"error": {"code": "not_found", "message": "..."}}`, and details after the message where there are any (JSON).
Response error(int status, std::string_view code, std::string_view message, std::string_view details = {});
Response json(std::string body, int status = 200);

/// Decides the record, keeps it in the register, and hands both on when they are on disk, on the thread of the call's
/// connection: not at all where that was closed meanwhile. One that cannot be read is handed on at once, with an empty
/// receipt, and is not kept. Where the register cannot keep it, `failed` is called instead.
void submit(Service& service, const Call& call, const Desk& desk, std::string_view record_json,
            std::function<void(const Decided&, const Receipt&)> done, std::function<void()> failed);

/// The routes of the JSON interface, a group a file.
std::vector<Route> decision_routes(Service& service);
std::vector<Route> authorisation_routes(Service& service);
std::vector<Route> policy_routes(Service& service);
std::vector<Route> operation_routes(Service& service);

/// As JSON, with its events where asked for.
void append_authorisation(std::string& out, const Authorisation& authorisation, std::string_view today,
                          bool with_events);

}  // namespace proviso::service
