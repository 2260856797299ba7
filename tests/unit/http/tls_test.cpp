#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <thread>

#include "client.hpp"
#include "folder.hpp"
#include "service/http/server.hpp"

using namespace proviso::service;
using namespace proviso::service::testing;

namespace {

/// A key and a certificate that it signed itself, in files that go with it.
class Identity {
 public:
  Identity() {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    const std::array<unsigned char, 10> host = {'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0};
    X509_NAME* const subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, host.data(), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_sign(certificate, key, EVP_sha256());
    write(this->certificate(), [&](std::FILE* file) { PEM_write_X509(file, certificate); });
    write(this->key(),
          [&](std::FILE* file) { PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr); });
    write(locked_key(), [&](std::FILE* file) {
      PEM_write_PrivateKey(file, key, EVP_aes_128_cbc(), host.data(), 9, nullptr, nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  std::string certificate() const { return folder_.path() + "/certificate.pem"; }
  std::string key() const { return folder_.path() + "/key.pem"; }
  std::string locked_key() const { return folder_.path() + "/locked_key.pem"; }
  Settings settings() const {
    Settings settings;
    settings.certificate = certificate();
    settings.key = key();
    return settings;
  }

 private:
  template <typename Write>
  static void write(const std::string& path, Write act) {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    act(file);
    std::fclose(file);
  }

  proviso::Folder folder_;
};

/// OpenSSL's client over a blocking socket.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int newest = TLS1_3_VERSION, std::string_view protocols = {})
      : context_(SSL_CTX_new(TLS_client_method())), socket_(open_socket()) {
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_, newest);
    SSL_CTX_set_security_level(context_, 0);
    tls_ = SSL_new(context_);
    if (!protocols.empty()) {
      const std::string names(protocols);
      SSL_set_alpn_protos(tls_, reinterpret_cast<const unsigned char*>(names.data()),
                          static_cast<unsigned>(names.size()));
    }
    connected_ = connect_to(socket_, port) && SSL_set_fd(tls_, socket_) == 1 && SSL_connect(tls_) == 1;
    ERR_clear_error();
  }
  ~TlsClient() {
    SSL_free(tls_);
    SSL_CTX_free(context_);
    close(socket_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(tls_); }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(tls_, &name, &size);
    return {name, name + size};
  }
  void send(std::string_view bytes) { SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())); }
  /// Until so much has come, or the connection ends.
  std::string receive(std::size_t size) {
    std::string out;
    std::array<char, 16 * 1024> bytes{};
    while (out.size() < size) {
      const int count = SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()));
      if (count <= 0) {
        ended_well_ = SSL_get_error(tls_, count) == SSL_ERROR_ZERO_RETURN;
        break;
      }
      out.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return out;
  }
  std::string receive_all() { return receive(std::string::npos); }
  /// Whether the server said that the connection ends, rather than that it was cut.
  bool ended_well() const { return ended_well_; }

 private:
  SSL_CTX* context_;
  SSL* tls_ = nullptr;
  int socket_;
  bool connected_ = false;
  bool ended_well_ = false;
};

bool ends_in(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

TEST_CASE("requests are answered over TLS, of both versions, and the end is said") {
  const Identity identity;
  const auto server = start(
      [](Request&& request, const Respond& respond) {
        if (!request.tls) return respond(text("in clear"));
        tell_back(std::move(request), respond);
      },
      identity.settings());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server->port(), version);
    REQUIRE(client.connected());
    CHECK(client.version() == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
    client.send(get("/a") + get("/b"));
    client.send(get("/c", "Connection: close\r\n"));
    const std::string all = client.receive_all();
    CHECK(all.find("GET /a; ") < all.find("GET /b; "));
    CHECK(ends_in(all, "GET /c; "));
    CHECK(client.ended_well());
  }
  CHECK(comes_true([&] { return server->connections() == 0; }));
}

TEST_CASE("large bodies come and go whole over TLS") {
  const Identity identity;
  const auto server = start([](Request&& request, const Respond& respond) { respond(text(std::move(request.body))); },
                            identity.settings());
  TlsClient client(server->port());
  REQUIRE(client.connected());
  std::string body(1'000'000, 'a');
  for (std::size_t i = 0; i < body.size(); i += 7) body[i] = static_cast<char>('a' + i % 26);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n");
  client.send(body);
  CHECK(ends_in(client.receive_all(), body));
  CHECK(client.ended_well());
}

TEST_CASE("older versions of TLS, and other protocols in it, are refused") {
  const Identity identity;
  const auto server = start(tell_back, identity.settings());
  CHECK_FALSE(TlsClient(server->port(), TLS1_1_VERSION).connected());
  CHECK_FALSE(TlsClient(server->port(), TLS1_3_VERSION, "\x02h2").connected());
  const TlsClient both(server->port(), TLS1_3_VERSION, "\x02h2\x08http/1.1");
  CHECK(both.connected());
  CHECK(both.protocol() == "http/1.1");
  CHECK(comes_true([&] { return server->connections() == 1; }));
}

TEST_CASE("a client that does not speak TLS, or says nothing, is cut off") {
  const Identity identity;
  Settings settings = identity.settings();
  settings.limits.request_time = 80ms;
  const auto server = start(tell_back, settings);
  Client clear(server->port());
  clear.send(get("/"));
  CHECK(clear.ends());
  Client silent(server->port());
  const Stopwatch watch;
  CHECK(silent.ends());
  CHECK(silent.rest().empty());
  CHECK(watch.elapsed() < patience);
  CHECK(comes_true([&] { return server->connections() == 0; }));
}

TEST_CASE("limits hold over TLS, and what they say arrives") {
  const Identity identity;
  Settings settings = identity.settings();
  settings.limits.body_bytes = 1000;
  settings.limits.connections = 2;
  const auto server = start(tell_back, settings);
  {
    TlsClient large(server->port());
    large.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + std::string(20'000, 'a'));
    CHECK(large.receive_all().substr(0, 12) == "HTTP/1.1 413");
  }
  REQUIRE(comes_true([&] { return server->connections() == 0; }));
  const TlsClient first(server->port());
  const TlsClient second(server->port());
  TlsClient third(server->port());
  CHECK(third.receive_all().substr(0, 12) == "HTTP/1.1 503");
  CHECK(third.ended_well());
}

TEST_CASE("time limits hold over TLS, and the end is said") {
  const Identity identity;
  Settings settings = identity.settings();
  settings.limits.request_time = 200ms;
  settings.limits.idle_time = 200ms;
  const auto server = start(tell_back, settings);
  TlsClient slow(server->port());
  slow.send("GET / HT");
  CHECK(slow.receive_all().substr(0, 12) == "HTTP/1.1 408");
  CHECK(slow.ended_well());
  TlsClient idle(server->port());
  CHECK(idle.receive_all().empty());
  CHECK(idle.ended_well());
}

TEST_CASE("a server stops under TLS as without it") {
  const Identity identity;
  std::atomic<bool> asked = false;
  Respond kept;
  const auto server = start(
      [&](Request&&, const Respond& respond) {
        kept = respond;
        asked = true;
      },
      identity.settings());
  TlsClient idle(server->port());
  REQUIRE(idle.connected());
  auto busy = std::make_unique<TlsClient>(server->port());
  busy->send(get("/"));
  REQUIRE(comes_true([&] { return asked.load(); }));
  std::thread stop([&] { server->stop(1h); });
  const std::string nothing = idle.receive_all();
  kept(text("in time"));
  const std::string all = busy->receive_all();
  const bool well = busy->ended_well();
  busy.reset();
  stop.join();
  CHECK(nothing.empty());
  CHECK(idle.ended_well());
  CHECK(all.find("Connection: close\r\n") != std::string::npos);
  CHECK(ends_in(all, "in time"));
  CHECK(well);
}

TEST_CASE("what is wrong with a certificate or a key is said at the start") {
  const Identity one;
  const Identity other;
  const auto error_of = [](const std::string& certificate, const std::string& key) {
    ServerOptions options;
    options.port = 0;
    options.certificate = certificate;
    options.key = key;
    const auto server = serve(options, tell_back);
    return server ? std::string() : server.error();
  };
  CHECK(error_of(one.certificate(), one.key()).empty());
  CHECK(error_of(one.certificate(), "") == "TLS needs both a certificate and a key");
  CHECK(error_of("", one.key()) == "TLS needs both a certificate and a key");
  CHECK(error_of("/nowhere.pem", one.key()) ==
        "the certificate /nowhere.pem cannot be used: No such file or directory");
  CHECK(error_of(one.certificate(), "/nowhere.pem") ==
        "the key /nowhere.pem cannot be used: No such file or directory");
  CHECK(error_of(one.key(), one.key()).find("the certificate " + one.key() + " cannot be used: ") == 0);
  CHECK(error_of(one.certificate(), one.certificate()).find("the key " + one.certificate() + " cannot be used: ") == 0);
  CHECK(error_of(one.certificate(), one.locked_key()).find("the key " + one.locked_key() + " cannot be used: ") == 0);
  CHECK(error_of(one.certificate(), other.key()) ==
        "the key " + other.key() + " is not that of the certificate " + one.certificate());
}
