#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "../unit/cds/signer.hpp"
#include "service/cds/base64url.hpp"
#include "service/cds/jwt.hpp"

using namespace proviso::service;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// The bytes are a token, which nobody can have signed; a file of trusted clients; and, signed with the key that is
// trusted, a header and claims, divided by a line end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const cds_test::Signer signer = cds_test::Signer::elliptic("k1");
  static const Issuers issuers = *Issuers::read(cds_test::issuers_file("https://ehr.example.org", {&signer}));
  constexpr std::int64_t now = 1'795'000'000;
  const std::string address = "https://checks.example.org/cds-services";
  const std::string bytes(data, data + size);
  must(!verify_token(issuers, bytes, address, now));
  if (const auto decoded = from_base64url(bytes)) must(cds_test::to_base64url(*decoded) == bytes);
  if (const auto read = Issuers::read(bytes); !read) must(!read.error().empty());

  const std::size_t end = bytes.find('\n');
  if (end == std::string::npos) return 0;
  const std::string message =
      cds_test::to_base64url(bytes.substr(0, end)) + "." + cds_test::to_base64url(bytes.substr(end + 1));
  const std::string token = message + "." + cds_test::to_base64url(signer.signature(message));
  const auto verified = verify_token(issuers, token, address, now);
  if (!verified) return 0;
  must(verified->issuer == "https://ehr.example.org");
  must(!verified->identifier.empty() && verified->identifier.size() <= 256);
  must(verified->expires + clock_leeway > now && verified->expires <= now + longest_validity + clock_leeway);
  must(bytes.find("ES384") != std::string::npos || bytes.find('\\') != std::string::npos);
  return 0;
}
