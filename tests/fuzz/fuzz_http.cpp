#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "service/http/address.hpp"
#include "service/http/request_reader.hpp"
#include "text/utf8.hpp"

using namespace proviso::service;

namespace {

/// Stops the fuzzer where something does not hold.
void must(bool holds) {
  if (!holds) std::abort();
}

void must_be_text(const std::string& text) {
  must(text.find('\0') == std::string::npos && !proviso::text::find_invalid_utf8(text));
}

void must_be_decoded(const Request& request) {
  must(!request.path.empty());
  must(request.path.front() == '/' || (request.path == "*" && request.method == "OPTIONS"));
  must_be_text(request.path);
  must(("/" + request.path + "/").find("/../") == std::string::npos);
  for (const auto& [name, value] : request.query) {
    must_be_text(name);
    must_be_text(value);
  }
}

/// Each segment for itself: an encoded slash is refused.
std::string encode_path(const std::string& path) {
  std::string out;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin + 1), path.size());
    out += "/" + encode_for_address(path.substr(begin + 1, end - begin - 1));
    begin = end;
  }
  return out;
}

/// What a form and an address are read as, they are written as, and are read again.
void read_alone(const std::string& bytes) {
  if (const auto fields = read_fields(bytes)) {
    std::string again;
    for (const auto& [name, value] : *fields) {
      again += (again.empty() ? "" : "&") + encode_for_address(name) + "=" + encode_for_address(value);
    }
    must(read_fields(again) == fields);
  }
  if (const auto address = read_target(bytes)) {
    Request request;
    request.path = address->path;
    request.query = address->query;
    must_be_decoded(request);
    const auto again = read_target(encode_path(address->path));
    must(again && again->path == address->path);
  }
}

struct Seen {
  RequestReader::Stage stage = RequestReader::Stage::start;
  int status = 0;
  std::size_t taken = 0;
  Request request;
};

/// Reads requests until the bytes end or one is refused, the bytes coming in pieces.
std::vector<Seen> read_all(const std::string& bytes, const Limits& limits, std::size_t piece) {
  using Stage = RequestReader::Stage;
  std::vector<Seen> all;
  RequestReader reader(limits);
  std::size_t taken = 0;
  std::size_t come = 0;
  while (true) {
    const std::size_t now = reader.take(std::string_view(bytes).substr(taken, come - taken));
    must(now <= come - taken);
    taken += now;
    if (reader.stage() == Stage::complete) {
      must(reader.request().body.size() <= limits.body_bytes);
      must_be_decoded(reader.request());
      all.push_back({Stage::complete, 200, taken, reader.request()});
      reader.next();
    } else if (reader.stage() == Stage::refused) {
      must(reader.refusal().status >= 400 && !reader.refusal().message.empty());
      all.push_back({Stage::refused, reader.refusal().status, 0, {}});
      return all;
    } else {
      must(come - taken <= limits.header_bytes);
      if (come == bytes.size()) return all;
      come = std::min(come + piece, bytes.size());
    }
  }
}

}  // namespace

// Any bytes at all are read as requests: the same ones, however the bytes are cut, and each of them within the limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  read_alone(bytes);
  Limits limits;
  limits.header_bytes = data[0] % 2 == 0 ? 1'000 : 60;
  limits.body_bytes = data[0] % 4 < 2 ? 1'000 : 10;
  const std::vector<Seen> whole = read_all(bytes, limits, bytes.size());
  const std::vector<Seen> cut = read_all(bytes, limits, 1 + data[0] / 4);
  must(whole.size() == cut.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    must(whole[i].stage == cut[i].stage && whole[i].status == cut[i].status && whole[i].taken == cut[i].taken);
    must(whole[i].request.path == cut[i].request.path && whole[i].request.body == cut[i].request.body);
    must(whole[i].request.headers == cut[i].request.headers);
  }
  return 0;
}
