#include "service/api/service.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

constexpr std::size_t large_body = std::size_t{64} * 1024;

/// `/v1/policies` and `/v1/policies/` are one path.
std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    if (!part.empty() || !path.empty()) parts.emplace_back(part);
  }
  return parts;
}

bool is_open_part(const std::string& part) { return !part.empty() && part.front() == '{'; }

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                    [](const auto& a, const auto& b) { return is_open_part(a) ? !b.empty() : a == b; });
}

/// Whether it is a method that HTTP knows. Of those an address is asked which are for it.
bool is_method(std::string_view name) {
  constexpr std::array<std::string_view, 9> methods = {"GET",    "HEAD",    "POST",    "PUT",  "PATCH",
                                                       "DELETE", "OPTIONS", "CONNECT", "TRACE"};
  return std::find(methods.begin(), methods.end(), name) != methods.end();
}

Response nothing_here() { return error(404, "not_found", "there is nothing at this address"); }

std::string_view as_method(const Request& request) {
  return request.method == "HEAD" ? "GET" : std::string_view(request.method);
}

}  // namespace

Service::Service(Rulebooks& rulebooks, Register& keeper, Access access, ServiceOptions options)
    : rulebooks_(rulebooks), keeper_(keeper), access_(std::move(access)), options_(std::move(options)) {
  if (options_.waiting_threads > 0) waiting_.emplace(options_.waiting_threads);
}

void Service::add(std::vector<Route> routes) {
  for (Route& route : routes) {
    segments_.push_back(split(route.pattern));
    routes_.push_back(std::move(route));
  }
}

const Route* Service::find(const Request& request, std::vector<std::string>& parts, std::string& allowed) const {
  const std::vector<std::string> path = split(request.path);
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!matches(segments_[i], path)) continue;
    if (routes_[i].method != as_method(request)) {
      allowed += routes_[i].method == "GET" ? "GET, HEAD, " : routes_[i].method + ", ";
      continue;
    }
    for (std::size_t part = 0; part < path.size(); ++part) {
      if (is_open_part(segments_[i][part])) parts.push_back(path[part]);
    }
    return &routes_[i];
  }
  return nullptr;
}

/// The way of an answer through the service: it is counted, and may be read by the page that asked.
class Service::Counted final : public Respond::Way {
 public:
  Counted(Service& service, const Route* route, const Request& request, Respond respond)
      : service_(service), route_(route), origin_(request.header("origin")), respond_(std::move(respond)) {}
  void give(Response&& response) override {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun_;
    service_.metrics_.count_request(route_ == nullptr ? "none" : std::string_view(route_->method),
                                    route_ == nullptr ? "none" : std::string_view(route_->pattern), response.status,
                                    taken.count());
    if (!origin_.empty()) service_.allow_origin(origin_, response);
    respond_(std::move(response));
  }
  void run(std::shared_ptr<Errand> errand) override { respond_.run(std::move(errand)); }

 private:
  Service& service_;
  const Route* route_;  ///< its method is the request's; null: there is none
  std::string origin_;
  Respond respond_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

void Service::answer(Request&& request, Respond respond) {
  if (request.method == "OPTIONS") return respond(options(request));
  Call call;
  std::string allowed;
  const Route* route = find(request, call.parts, allowed);
  const Respond finish(std::make_shared<Counted>(*this, route, request, std::move(respond)));
  if (!is_method(request.method)) return finish(error(501, "not_implemented", "there is no such method here"));
  if (route == nullptr) {
    if (allowed.empty()) return finish(nothing_here());
    Response response = error(405, "method_not_allowed", "this address is not for that method");
    response.headers.emplace_back("Allow", allowed + "OPTIONS");
    return finish(std::move(response));
  }
  call.caller = access_.caller(request.header("authorization"));
  if (!call.caller.may(route->role)) {
    if (call.caller.roles != 0) return finish(error(403, "forbidden", "the token is not for this"));
    Response response = error(401, "unauthorised", "a token is needed: Authorization: Bearer ...");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return finish(std::move(response));
  }
  // Reading it takes more than milliseconds, and other connections wait for this thread.
  const bool is_large = request.body.size() > large_body;
  call.book = rulebooks_.current();
  call.request = std::move(request);
  call.respond = finish;
  if ((route->at_once && !is_large) || !waiting_) return route->answer(std::move(call));
  const auto kept = std::make_shared<Call>(std::move(call));
  const auto answer = [route, kept, finish] {
    // What it would say may hold something of a patient.
    try {
      route->answer(std::move(*kept));
    } catch (...) {
      finish(error(500, "failed", "the request could not be answered"));
    }
  };
  if (!waiting_->add(answer)) {
    finish(error(503, "busy", "more is being asked than is answered; ask again"));
  }
}

/// What a browser asks before it lets a page call: the token comes in a header, so every call is asked about. `*` asks
/// about all addresses.
Response Service::options(const Request& request) const {
  std::vector<std::string> parts;
  std::string allowed = request.path == "*" ? "GET, HEAD, POST, " : "";
  find(request, parts, allowed);
  if (allowed.empty()) return nothing_here();
  Response response;
  response.status = 204;
  response.content_type.clear();
  allow_origin(request.header("origin"), response);
  if (!response.headers.empty()) {
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    response.headers.emplace_back("Access-Control-Allow-Headers", "authorization, content-type");
    response.headers.emplace_back("Access-Control-Max-Age", "600");
  }
  response.headers.emplace_back("Allow", allowed + "OPTIONS");
  return response;
}

void Service::allow_origin(std::string_view origin, Response& response) const {
  if (origin.empty()) return;
  const bool allowed = std::any_of(options_.origins.begin(), options_.origins.end(),
                                   [&](const std::string& each) { return each == "*" || each == origin; });
  if (!allowed) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", std::string(origin));
  response.headers.emplace_back("Vary", "Origin");
}

std::int32_t Service::today() const {
  if (options_.today) return value::parse_date(options_.today()).value_or(0);
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return value::date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).value_or(0);
}

std::string Service::kept(std::string_view identifier) const {
  if (identifier.empty() || options_.keep_identifiers) return std::string(identifier);
  return keyed_digest(options_.key, identifier);
}

void Service::log(const std::string& what) const {
  if (options_.log) options_.log(what);
}

Response json(std::string body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response error(int status, std::string_view code, std::string_view message, std::string_view details) {
  std::string body = "{\"error\": {\"code\": " + output::as_json(code) + ", \"message\": " + output::as_json(message);
  body += details;
  body += "}}";
  return json(std::move(body), status);
}

}  // namespace proviso::service
