#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "service/http/message.hpp"

namespace proviso::service {

/// `Sun, 06 Nov 1994 08:49:37 GMT`, written once a second. For one thread.
class DateLine {
 public:
  std::string_view now();

 private:
  std::time_t second_ = -1;
  std::string text_;
};

enum class Afterwards : unsigned char { keep, close, keep_old };  ///< keep_old: a client of HTTP/1.0 is told of it

/// Appends a response up to the empty line before its body. What would break its form is left out: line ends inside of
/// a header, and headers that only the server gives (`Content-Length`, `Connection` and their like).
void write_head(std::string& out, const Response& response, std::string_view date, Afterwards afterwards);

/// Whether a response of this status has a body at all.
bool has_body(int status);

/// `{"error": {"message": "..."}}`. The message is plain: nothing in it needs an escape.
Response plain_error(int status, std::string_view message);

}  // namespace proviso::service
