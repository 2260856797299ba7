#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "service/http/message.hpp"
#include "service/http/server.hpp"

namespace proviso::service {

/// Why a request is not served. The message holds nothing of the request.
struct Refusal {
  int status = 400;
  std::string_view message;
};

/// Reads one request after the other from the bytes of a connection, within the limits. Stricter than the standard
/// asks: whatever two readers could take for two different requests is refused.
class RequestReader {
 public:
  enum class Stage : unsigned char { start, header, body, complete, refused };

  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Takes what it can from the beginning of the bytes, up to the end of a request, and says how many they are. What it
  /// leaves must be given again, with more after it.
  std::size_t take(std::string_view bytes);
  Stage stage() const { return stage_; }

  /// Complete: the request, to be moved away.
  Request& request();
  /// Refused: why.
  const Refusal& refusal() const { return refusal_; }
  /// Once the header was read: whether another request may follow on the connection.
  bool keep_alive() const;
  /// Whether it is of HTTP/1.0, or asks for no body.
  bool is_old() const;
  bool is_head() const;
  /// Whether the client waits for a word before it sends the body. It holds once.
  bool take_expectation();

  /// Forgets the request and begins with the next.
  void next();

 private:
  class Parser;

  std::size_t take_header(std::string_view bytes);
  std::size_t take_body(std::string_view bytes);
  /// How long the header is, with the empty line at its end; 0 if that has not come, or if it is refused.
  std::size_t find_header_end(std::string_view bytes);
  void check_header();
  void refuse(int status, std::string_view message);

  const Limits& limits_;
  Stage stage_ = Stage::start;
  std::size_t line_ = 0;     ///< where the line begins that is being looked at
  std::size_t scanned_ = 0;  ///< of the header, without finding the end of that line
  Refusal refusal_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace proviso::service
