#include "service/http/response_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "service/http/address.hpp"
#include "value/characters.hpp"

namespace proviso::service {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 34> reasons = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

std::string_view reason_of(int status) {
  const auto found =
      std::find_if(reasons.begin(), reasons.end(), [&](const auto& reason) { return reason.first == status; });
  return found == reasons.end() ? std::string_view() : found->second;
}

bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 6> ours = {"connection", "content-length",    "date",
                                                    "keep-alive", "transfer-encoding", "server"};
  return std::find(ours.begin(), ours.end(), value::small_letters(name)) != ours.end();
}

bool fits_a_line(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= ' ' || c == '\t'; });
}

void write_header(std::string& out, std::string_view name, std::string_view value) {
  if (name.empty() || is_ours(name) || !fits_a_line(name) || !fits_a_line(value)) return;
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view DateLine::now() {
  const std::time_t second = std::time(nullptr);
  if (second != second_) {
    // Not by strftime, which writes in the language of the locale.
    constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    gmtime_r(&second, &parts);
    second_ = second;
    text_ = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(parts.tm_wday)],
                        parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], 1900 + parts.tm_year,
                        parts.tm_hour, parts.tm_min, parts.tm_sec);
  }
  return text_;
}

void write_head(std::string& out, const Response& response, std::string_view date, Afterwards afterwards) {
  const fmt::format_int status(response.status);
  out.append("HTTP/1.1 ").append(status.data(), status.size()).append(" ").append(reason_of(response.status));
  out.append("\r\nServer: proviso\r\nDate: ").append(date).append("\r\n");
  if (!response.content_type.empty() && fits_a_line(response.content_type)) {
    out.append("Content-Type: ").append(response.content_type).append("\r\n");
  }
  if (has_body(response.status)) {
    const fmt::format_int length(response.body.size());
    out.append("Content-Length: ").append(length.data(), length.size()).append("\r\n");
  }
  if (afterwards == Afterwards::close) out.append("Connection: close\r\n");
  if (afterwards == Afterwards::keep_old) out.append("Connection: keep-alive\r\n");
  for (const auto& [name, value] : response.headers) write_header(out, name, value);
  out.append("\r\n");
}

bool has_body(int status) { return status != 204 && status != 304; }

Response plain_error(int status, std::string_view message) {
  Response response;
  response.status = status;
  response.body = fmt::format(R"({{"error": {{"message": "{}"}}}})", message);
  return response;
}

}  // namespace proviso::service
