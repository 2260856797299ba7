#include "service/http/request_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "service/http/address.hpp"
#include "service/http/chunk_reader.hpp"
#include "value/characters.hpp"

// The one place that sees Beast, which reads headers. What it lets pass that others read otherwise is looked at here.
// Bodies in chunks it does not get: it takes bare line feeds in them, and a debug build of it ends the program for some
// that are well formed, where they come in small pieces.
namespace proviso::service {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

/// What a body may have reserved before its bytes have come: a length is only a claim.
constexpr std::size_t most_reserved = 256 * 1024;

constexpr std::string_view too_large = "the body is too large";

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

/// Where the numbers of `HTTP/1.1` stand at the end of the request line; npos where it does not end so.
std::size_t find_version(std::string_view header) {
  constexpr std::string_view form = " HTTP/d.d";
  const std::string_view line = header.substr(0, header.find('\r'));
  if (line.size() < form.size()) return std::string_view::npos;
  const std::string_view end = line.substr(line.size() - form.size());
  const bool fits = end.substr(0, form.size() - 3) == form.substr(0, form.size() - 3) && value::is_digit(end[6]) &&
                    end[7] == '.' && value::is_digit(end[8]);
  return fits ? line.size() - 3 : std::string_view::npos;
}

std::string_view message_of(const beast::error_code& error) {
  constexpr std::array<std::pair<http::error, std::string_view>, 7> messages = {{
      {http::error::bad_method, "the request line does not begin with a method"},
      {http::error::bad_target, "the request line has no address"},
      {http::error::bad_version, "the request line does not end in HTTP/1.1 or HTTP/1.0"},
      {http::error::bad_field, "the name of a header is malformed"},
      {http::error::bad_value, "the value of a header is malformed"},
      {http::error::bad_content_length, "the content length is malformed, or contradicts another header"},
      {http::error::bad_transfer_encoding, "the transfer encoding is malformed, or contradicts another header"},
  }};
  for (const auto& [known, message] : messages) {
    if (error == known) return message;
  }
  return "the request is malformed";
}

}  // namespace

/// Fills a request from what Beast finds, and keeps what the checks ask for.
class RequestReader::Parser final : public http::basic_parser<true> {
 public:
  explicit Parser(const Limits& limits) : chunks(limits.header_bytes, limits.body_bytes) {
    skip(true);
    // The header's size is looked at before it comes here.
    header_limit(std::numeric_limits<std::uint32_t>::max());
  }

  /// Gives it a header, and says how much of it was taken.
  std::size_t give(std::string_view bytes, beast::error_code& error) {
    return put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  }

  Request request;
  std::string target;
  int version = 11;
  unsigned hosts = 0;
  unsigned lengths = 0;
  unsigned encodings = 0;
  std::size_t left = 0;  ///< of a body whose length is known
  ChunkReader chunks;

 private:
  void on_request_impl(http::verb, beast::string_view method, beast::string_view address, int number,
                       beast::error_code&) override {
    request.method = view(method);
    target = view(address);
    version = number;
  }
  void on_field_impl(http::field field, beast::string_view name, beast::string_view value,
                     beast::error_code&) override {
    hosts += field == http::field::host ? 1U : 0U;
    lengths += field == http::field::content_length ? 1U : 0U;
    encodings += field == http::field::transfer_encoding ? 1U : 0U;
    const auto [place, fresh] = request.headers.try_emplace(std::string(view(name)), view(value));
    if (!fresh) place->second.append(", ").append(view(value));
  }
  // What it would call for a response, and for a body.
  void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
  void on_header_impl(beast::error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
  std::size_t on_body_impl(beast::string_view, beast::error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, beast::error_code&) override { return 0; }
  void on_finish_impl(beast::error_code&) override {}
};

RequestReader::RequestReader(const Limits& limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;

std::size_t RequestReader::take(std::string_view bytes) {
  std::size_t taken = 0;
  // Some clients end a body with a line end that no length counts.
  while (stage_ == Stage::start && bytes.substr(taken, 2) == "\r\n") taken += 2;
  const std::string_view rest = bytes.substr(taken);
  if (stage_ == Stage::start && !rest.empty() && rest != "\r") stage_ = Stage::header;
  if (stage_ == Stage::header && !rest.empty()) taken += take_header(rest);
  if (stage_ == Stage::body && taken < bytes.size()) taken += take_body(bytes.substr(taken));
  return taken;
}

std::size_t RequestReader::find_header_end(std::string_view bytes) {
  for (;;) {
    const std::size_t end = bytes.find('\n', scanned_);
    scanned_ = std::min(end, bytes.size());
    if (std::min(end, bytes.size() - 1) >= limits_.header_bytes) {
      if (line_ == 0) {
        refuse(414, "the address is too long");
      } else {
        refuse(431, "the header is too large");
      }
      return 0;
    }
    if (end == std::string_view::npos) return 0;
    if (end == line_ || bytes[end - 1] != '\r') {
      refuse(400, "a line of the header does not end in a carriage return and a line feed");
      return 0;
    }
    if (end == line_ + 1) return end + 1;
    if (line_ != 0 && (bytes[line_] == ' ' || bytes[line_] == '\t')) {
      refuse(400, "a header goes on in a second line");
      return 0;
    }
    line_ = scanned_ = end + 1;
  }
}

std::size_t RequestReader::take_header(std::string_view bytes) {
  const std::size_t size = find_header_end(bytes);
  if (size == 0) return 0;
  std::string_view header = bytes.substr(0, size);
  std::string rewritten;
  if (const std::size_t version = find_version(header); version != std::string_view::npos) {
    if (header[version] != '1') {
      refuse(505, "the version of HTTP is none of 1.1 and 1.0");
      return 0;
    }
    // Whoever speaks a later one of the kind understands the last that is known here.
    if (header[version + 2] > '1') {
      rewritten = header;
      rewritten[version + 2] = '1';
      header = rewritten;
    }
  }
  parser_ = std::make_unique<Parser>(limits_);
  beast::error_code error;
  const std::size_t taken = parser_->give(header, error);
  if (error || taken != size) {
    refuse(400, message_of(error));
  } else {
    check_header();
  }
  if (stage_ == Stage::refused) return 0;
  stage_ = Stage::body;
  if (!parser_->chunked() && parser_->left == 0) stage_ = Stage::complete;
  return size;
}

void RequestReader::check_header() {
  const bool old = is_old();
  Request& request = parser_->request;
  if (parser_->hosts > 1 || (parser_->hosts == 0 && !old)) return refuse(400, "there is not exactly one host");
  const std::string_view host = request.header("host");
  if (!host.empty() && !is_host(host)) return refuse(400, "the host is malformed");
  if (parser_->lengths > 1 || request.header("content-length").find(',') != std::string_view::npos) {
    return refuse(400, "there is more than one content length");
  }
  if (parser_->encodings > 0) {
    if (parser_->lengths > 0) return refuse(400, "there are both a content length and a transfer encoding");
    if (parser_->encodings > 1 || old) return refuse(400, "the transfer encoding is malformed");
    if (value::small_letters(request.header("transfer-encoding")) != "chunked") {
      return refuse(501, "the only transfer encoding is chunked");
    }
  }
  const std::uint64_t length = parser_->content_length().value_or(0);
  if (length > limits_.body_bytes) return refuse(413, too_large);
  parser_->left = static_cast<std::size_t>(length);
  request.body.reserve(std::min(parser_->left, most_reserved));
  const std::string_view expectation = request.header("expect");
  if (!expectation.empty() && value::small_letters(expectation) != "100-continue") {
    return refuse(417, "the only expectation is 100-continue");
  }
  if (request.method == "OPTIONS" && parser_->target == "*") {
    request.path = parser_->target;
    return;
  }
  auto address = read_target(parser_->target);
  if (!address) return refuse(400, address.error());
  request.path = std::move(address->path);
  request.query = std::move(address->query);
}

std::size_t RequestReader::take_body(std::string_view bytes) {
  std::string& body = parser_->request.body;
  if (!parser_->chunked()) {
    const std::string_view part = bytes.substr(0, parser_->left);
    body.append(part);
    parser_->left -= part.size();
    if (parser_->left == 0) stage_ = Stage::complete;
    return part.size();
  }
  const std::size_t taken = parser_->chunks.take(bytes, body);
  const ChunkReader::Stage stage = parser_->chunks.stage();
  if (stage == ChunkReader::Stage::complete) stage_ = Stage::complete;
  if (stage == ChunkReader::Stage::malformed) refuse(400, "a chunk of the body is malformed");
  if (stage == ChunkReader::Stage::line_too_long) refuse(431, "a line among the chunks of the body is too long");
  if (stage == ChunkReader::Stage::body_too_large) refuse(413, too_large);
  return taken;
}

void RequestReader::refuse(int status, std::string_view message) {
  stage_ = Stage::refused;
  refusal_ = {status, message};
}

Request& RequestReader::request() { return parser_->request; }
bool RequestReader::keep_alive() const { return parser_->keep_alive(); }
bool RequestReader::is_old() const { return parser_ && parser_->version < 11; }
bool RequestReader::is_head() const { return parser_ && parser_->request.method == "HEAD"; }

bool RequestReader::take_expectation() {
  if (stage_ != Stage::body || is_old()) return false;
  return parser_->request.headers.erase("expect") > 0;
}

void RequestReader::next() {
  stage_ = Stage::start;
  line_ = scanned_ = 0;
  parser_.reset();
}

}  // namespace proviso::service
