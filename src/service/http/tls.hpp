#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>
#include <tl/expected.hpp>

namespace proviso::service {

struct FreeTls {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTls>;

/// TLS 1.2 and 1.3 for servers, with ciphers that encrypt and authenticate in one and keep what is past secret. The
/// error says which of the two PEM files is at fault, and how.
tl::expected<TlsContext, std::string> make_tls(const std::string& certificate, const std::string& key);

}  // namespace proviso::service
