#include "service/http/tls.hpp"

#include <fmt/format.h>
#include <openssl/err.h>

#include <string_view>
#include <system_error>

namespace proviso::service {
namespace {

constexpr std::string_view protocol = "http/1.1";

/// The oldest error of OpenSSL that is waiting, in words. Forgets the others.
std::string reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (ERR_SYSTEM_ERROR(code)) return std::system_category().message(ERR_GET_REASON(code));
  const char* const text = ERR_reason_error_string(code);
  return text == nullptr ? "unknown error" : text;
}

/// A key under a password is refused, and no one is asked for it on a terminal.
int no_password(char*, int, int, void*) { return -1; }

/// Of the protocols that a client offers in its greeting only HTTP/1.1 is spoken.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  for (unsigned int i = 0; i < offered_size; i += 1U + offered[i]) {
    if (offered_size - i - 1 < offered[i]) break;
    std::string name(offered + i + 1, offered + i + 1 + offered[i]);
    if (name != protocol) continue;
    *chosen = offered + i + 1;
    *size = offered[i];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

tl::expected<TlsContext, std::string> make_tls(const std::string& certificate, const std::string& key) {
  ERR_clear_error();
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  if (!context) return tl::unexpected(fmt::format("TLS cannot be set up: {}", reason()));
  SSL_CTX* const tls = context.get();
  if (SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(tls, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
    return tl::unexpected(fmt::format("TLS cannot be set up: {}", reason()));
  }
  SSL_CTX_set_options(tls, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
  // Sessions are resumed by tickets, which the client keeps.
  SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_default_passwd_cb(tls, no_password);
  SSL_CTX_set_alpn_select_cb(tls, choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(tls, certificate.c_str()) != 1) {
    return tl::unexpected(fmt::format("the certificate {} cannot be used: {}", certificate, reason()));
  }
  if (SSL_CTX_use_PrivateKey_file(tls, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    if (ERR_GET_LIB(ERR_peek_error()) == ERR_LIB_X509) {
      return tl::unexpected(fmt::format("the key {} is not that of the certificate {}", key, certificate));
    }
    return tl::unexpected(fmt::format("the key {} cannot be used: {}", key, reason()));
  }
  return context;
}

}  // namespace proviso::service
