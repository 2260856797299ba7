#include "service/cds/jwt.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "service/cds/base64url.hpp"
#include "signer.hpp"

using namespace proviso::service;
using cds_test::issuers_file;
using cds_test::Json;
using cds_test::Signer;
using cds_test::to_base64url;

namespace {

constexpr std::int64_t now = 1'795'000'000;
const std::string issuer = "https://ehr.example.org";
const std::string address = "https://checks.example.org/cds-services/policy-check";

Json claims() { return {{"iss", issuer}, {"aud", address}, {"iat", now - 5}, {"exp", now + 295}, {"jti", "a1"}}; }

Json with(Json object, const std::string& name, const Json& value) {
  object[name] = value;
  return object;
}

Json without(Json object, const std::string& name) {
  object.erase(name);
  return object;
}

/// Empty where the token is good.
std::string fault(const Issuers& issuers, const std::string& token) {
  const auto verified = verify_token(issuers, token, address, now);
  return verified ? std::string() : std::string(verified.error());
}

const Signer& elliptic() {
  static const Signer made = Signer::elliptic("e1");
  return made;
}
const Signer& rsa() {
  static const Signer made = Signer::rsa("r1");
  return made;
}
const Issuers& trusted() {
  static const Issuers read = *Issuers::read(issuers_file(issuer, {&elliptic(), &rsa()}));
  return read;
}

constexpr const char* not_trusted = "the token is not signed by a client that is trusted here";
constexpr const char* wrong_kind = "the token is not a JWT signed with ES384 or RS384 by a key that it names";
constexpr const char* malformed = "the token is not three parts of base64url with a dot between each";

}  // namespace

TEST_CASE("a token that a trusted client signed for this address is good") {
  for (const Signer* signer : {&elliptic(), &rsa()}) {
    const auto verified = verify_token(trusted(), signer->token(claims()), address, now);
    REQUIRE(verified);
    CHECK(verified->issuer == issuer);
    CHECK(verified->identifier == "a1");
    CHECK(verified->expires == now + 295);
  }
  CHECK(fault(trusted(), elliptic().token(with(claims(), "aud", Json::array({"https://other.example.org", address}))))
            .empty());
  CHECK(fault(trusted(), elliptic().token(with(claims(), "exp", now + 295.5))).empty());
  CHECK(fault(trusted(), elliptic().token(with(claims(), "tenant", "practice 1"))).empty());
  CHECK(fault(trusted(), elliptic().token(with(elliptic().header(), "typ", "jwt"), claims())).empty());
  // The address of a key set is not asked: the keys are those of the file.
  CHECK(fault(trusted(), elliptic().token(with(elliptic().header(), "jku", "https://evil.example/keys"), claims()))
            .empty());
}

TEST_CASE("a clock may be a minute off, and no more") {
  const auto fault_with = [](const char* name, std::int64_t value) {
    return fault(trusted(), elliptic().token(with(claims(), name, value)));
  };
  CHECK(fault_with("exp", now - 59).empty());
  CHECK(fault_with("exp", now - 60) == "the token has expired, or does not say when it does");
  CHECK(fault_with("iat", now + 60).empty());
  CHECK(fault_with("iat", now + 61) == "the token is not good yet, or does not say when it was made");
  CHECK(fault_with("nbf", now + 60).empty());
  CHECK(fault_with("nbf", now + 61) == "the token is not good yet, or does not say when it was made");
  CHECK(fault_with("exp", now - 5 + 3600).empty());
  CHECK(fault_with("exp", now - 5 + 3601) == "the token is good for longer than an hour");
}

TEST_CASE("every forged token is refused") {
  const Signer stranger = Signer::elliptic("e1");
  const Signer stranger_rsa = Signer::rsa("r1");
  const std::string good = elliptic().token(claims());
  const std::string good_rsa = rsa().token(claims());
  const std::string message = good.substr(0, good.rfind('.'));
  const std::string none =
      to_base64url(R"({"alg":"none","kid":"e1","typ":"JWT"})") + "." + to_base64url(claims().dump()) + ".";
  const auto header = [](const char* name, const Json& value) { return with(elliptic().header(), name, value); };
  const auto hmac = [&](const char* algorithm) {
    // The public key taken as the secret of an HMAC: the oldest confusion.
    const std::string text = to_base64url(header("alg", algorithm).dump()) + "." + to_base64url(claims().dump());
    const std::string secret = elliptic().public_key().dump();
    std::string digest(48, '\0');
    HMAC(EVP_sha384(), secret.data(), static_cast<int>(secret.size()), cds_test::bytes_of(text), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    return text + "." + to_base64url(digest);
  };
  struct Forgery {
    const char* what;
    std::string token;
    std::string fault;
  };
  const std::vector<Forgery> forgeries = {
      {"no token", "", malformed},
      {"two parts", message, malformed},
      {"four parts", good + ".e30", malformed},
      {"padding", good + "=", malformed},
      {"the other alphabet", message + "." + std::string(127, 'A') + "+", malformed},
      {"a blank in it", message + ". " + good.substr(good.rfind('.') + 1), malformed},
      {"a header that is no JSON", to_base64url("{") + good.substr(good.find('.')), malformed},
      {"claims that are a list", elliptic().token(elliptic().header(), Json::array()), malformed},
      {"too long", elliptic().token(with(claims(), "x", std::string(9000, 'x'))), malformed},
      {"no algorithm", none, wrong_kind},
      {"no algorithm, in capitals", elliptic().token(header("alg", "NONE"), claims()), wrong_kind},
      {"HMAC", hmac("HS384"), wrong_kind},
      {"HMAC in small letters", hmac("hs256"), wrong_kind},
      {"a smaller curve", elliptic().token(header("alg", "ES256"), claims()), wrong_kind},
      {"PSS", elliptic().token(header("alg", "PS384"), claims()), wrong_kind},
      {"an algorithm that is a list", elliptic().token(header("alg", Json::array({"ES384"})), claims()), wrong_kind},
      {"without a kind", elliptic().token(without(elliptic().header(), "typ"), claims()), wrong_kind},
      {"another kind", elliptic().token(header("typ", "at+jwt"), claims()), wrong_kind},
      {"no key named", elliptic().token(without(elliptic().header(), "kid"), claims()), wrong_kind},
      {"something critical", elliptic().token(header("crit", Json::array({"b64"})), claims()), wrong_kind},
      {"an HMAC under the name of ES384", message + "." + hmac("HS384").substr(hmac("HS384").rfind('.') + 1),
       not_trusted},
      {"another's key", stranger.token(claims()), not_trusted},
      {"another's RSA key", stranger_rsa.token(claims()), not_trusted},
      {"its own key along", stranger.token(with(stranger.header(), "jwk", stranger.public_key()), claims()),
       not_trusted},
      {"a key that nobody has", elliptic().token(header("kid", "e2"), claims()), not_trusted},
      {"the key of the other algorithm", elliptic().token(header("kid", "r1"), claims()), not_trusted},
      {"the other algorithm for the key", rsa().token(with(rsa().header(), "alg", "ES384"), claims()), not_trusted},
      {"an unknown issuer", elliptic().token(with(claims(), "iss", "https://evil.example")), not_trusted},
      {"an issuer with a slash more", elliptic().token(with(claims(), "iss", issuer + "/")), not_trusted},
      {"no issuer", elliptic().token(without(claims(), "iss")), not_trusted},
      {"a digest of another length", elliptic().token(elliptic().header(), claims(), EVP_sha256()), not_trusted},
      {"an RSA digest of another length", rsa().token(rsa().header(), claims(), EVP_sha256()), not_trusted},
      {"changed claims",
       good.substr(0, good.find('.') + 1) + to_base64url(with(claims(), "jti", "a2").dump()) +
           good.substr(good.rfind('.')),
       not_trusted},
      {"changed RSA claims",
       good_rsa.substr(0, good_rsa.find('.') + 1) + to_base64url(with(claims(), "jti", "a2").dump()) +
           good_rsa.substr(good_rsa.rfind('.')),
       not_trusted},
      {"no signature", message + ".", not_trusted},
      {"a signature of zeros", message + "." + to_base64url(std::string(96, '\0')), not_trusted},
      {"a signature cut short", good.substr(0, good.size() - 4), not_trusted},
      {"a signature with more", good + "AAAA", not_trusted},
      {"for another address", elliptic().token(with(claims(), "aud", address + "/feedback")),
       "the token is not for this address"},
      {"for an address with a slash more", elliptic().token(with(claims(), "aud", address + "/")),
       "the token is not for this address"},
      {"for no address", elliptic().token(without(claims(), "aud")), "the token is not for this address"},
      {"for an empty list", elliptic().token(with(claims(), "aud", Json::array())),
       "the token is not for this address"},
      {"without an end", elliptic().token(without(claims(), "exp")),
       "the token has expired, or does not say when it does"},
      {"an end in words", elliptic().token(with(claims(), "exp", std::to_string(now + 60))),
       "the token has expired, or does not say when it does"},
      {"an end beyond any clock", elliptic().token(with(claims(), "exp", 1e300)),
       "the token has expired, or does not say when it does"},
      {"without a beginning", elliptic().token(without(claims(), "iat")),
       "the token is not good yet, or does not say when it was made"},
      {"an empty nbf", elliptic().token(with(claims(), "nbf", nullptr)),
       "the token is not good yet, or does not say when it was made"},
      {"without an identifier", elliptic().token(without(claims(), "jti")), "the token has no jti"},
      {"an empty identifier", elliptic().token(with(claims(), "jti", "")), "the token has no jti"},
      {"a number as identifier", elliptic().token(with(claims(), "jti", 7)), "the token has no jti"},
      {"an identifier to fill the register", elliptic().token(with(claims(), "jti", std::string(257, 'j'))),
       "the token has no jti"},
  };
  for (const Forgery& forgery : forgeries) {
    INFO(forgery.what);
    CHECK(fault(trusted(), forgery.token) == forgery.fault);
  }
  // Every single bit of the signature counts, and every one of the message.
  for (std::size_t i = 0; i < good.size(); i += 7) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(fault(trusted(), changed).empty());
  }
}

TEST_CASE("base64url has one text for each sequence of bytes") {
  for (std::size_t size = 0; size < 70; ++size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 37 + size);
    CHECK(from_base64url(to_base64url(bytes)) == bytes);
  }
  CHECK(from_base64url("") == "");
  CHECK(from_base64url("-_-_") == std::string("\xfb\xff\xbf"));
  for (const char* bad : {"A", "AAAAA", "AA==", "AB", "AAB", "A\nA", "A A=", "+/+/", "\xc3\xa9"}) {
    INFO(bad);
    CHECK_FALSE(from_base64url(bad));
  }
}

TEST_CASE("a file of trusted clients says what is wrong with it, and quotes no key") {
  const auto problem = [](const std::string& text) {
    const auto read = Issuers::read(text);
    return read ? std::string() : read.error();
  };
  const auto of = [&](const Json& keys) {
    return problem(Json{{"issuers", {{{"issuer", "a"}, {"jwks", {{"keys", keys}}}}}}}.dump());
  };
  const Json good = elliptic().public_key();
  CHECK(of(Json::array({good})).empty());
  CHECK(of({with(good, "alg", "ES384"), rsa().public_key()}).empty());
  CHECK(of({good, {{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "o"}, {"x", "AA"}}}).empty());
  const std::string expected = "expected JSON: {\"issuers\": [{\"issuer\": ..., \"jwks\": {\"keys\": [...]}}]}";
  for (const char* text : {"", "[]", "{}", "{\"issuers\": {}}", "{\"issuers\": []}", "null"})
    CHECK(problem(text) == expected);
  CHECK(problem(R"({"issuers": [{"jwks": {"keys": []}}]})") == "an issuer has no name: expected \"issuer\"");
  CHECK(problem(R"({"issuers": [{"issuer": "a", "jku": "https://a"}]})") ==
        "the issuer `a` has no keys: expected \"jwks\": {\"keys\": [...]}");
  CHECK(of(Json::array()) == "the issuer `a` has no key for ES384 (P-384) or RS384 (RSA)");
  CHECK(of(Json::array({with(good, "use", "enc")})) == "the issuer `a` has no key for ES384 (P-384) or RS384 (RSA)");
  CHECK(of(Json::array({with(good, "crv", "P-256")})) == "the issuer `a` has no key for ES384 (P-384) or RS384 (RSA)");
  CHECK(of(Json::array({with(good, "d", "AA")})) ==
        "a key of the issuer `a` has its secret part: only public keys belong here");
  CHECK(of(Json::array({without(good, "kid")})) == "a key of the issuer `a` has no `kid`");
  CHECK(of({good, good}) == "the issuer `a` has two keys `e1`");
  const std::string unsound =
      "the key `e1` of the issuer `a` is not sound: a P-384 key has `x` and `y`, an RSA key `n` of 2048 to 8192 bits "
      "and `e`";
  CHECK(of(Json::array({with(good, "x", good["y"])})) == unsound);
  CHECK(of(Json::array({with(good, "x", "AA==")})) == unsound);
  CHECK(of(Json::array({Signer::rsa("e1", 1024).public_key()})) == unsound);
  CHECK(of(Json::array({with(with(rsa().public_key(), "kid", "e1"), "e", "AQ")})) == unsound);
  const Json issuer_twice = {{"issuer", "a"}, {"jwks", {{"keys", Json::array({good})}}}};
  CHECK(problem(Json{{"issuers", {issuer_twice, issuer_twice}}}.dump()) == "the issuer `a` stands there twice");
}
