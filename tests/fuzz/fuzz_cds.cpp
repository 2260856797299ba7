#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "../unit/cds/small_library.hpp"
#include "../unit/service_support/memory_register.hpp"
#include "service/cds/cds.hpp"
#include "service/cds/json_pieces.hpp"

using namespace proviso::service;
using cds_test::Json;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

std::shared_ptr<const Rulebook> library() {
  const cds_test::Folder folder;
  folder.write("small.policy", cds_test::small_policies);
  folder.write("referral.fhir", cds_test::small_mapping);
  auto book = Rulebook::load({folder.path()});
  must(book.has_value());
  return *book;
}

/// What pieces are cut out of sound JSON say what a reader of the whole says.
void check_pieces(JsonPiece piece, const Json& value) {
  must(Json::parse(piece.text) == value);
  if (value.is_string()) must(piece.as_text() == value.get<std::string>());
  must(piece.is_empty() == (value.is_null() || (value.is_string() && value.get<std::string>().empty()) ||
                            (value.is_structured() && value.empty())));
  if (value.is_array()) {
    const auto elements = piece.elements();
    must(elements.size() == value.size());
    for (std::size_t i = 0; i < elements.size(); ++i) check_pieces(elements[i], value[i]);
  }
  if (!value.is_object()) return;
  must(piece.members().size() >= value.size());
  for (const auto& [name, each] : value.items()) check_pieces(piece.member(name), each);
}

void check_answer(const Response& response) {
  must(response.status == 200 || response.status == 400 || response.status == 412);
  if (response.body.empty()) return;
  const Json answer = Json::parse(response.body);
  must(cds_test::empty_in(answer).empty());
  must(answer.contains(response.status == 200 ? "cards" : "resourceType"));
  if (response.status != 200) return;
  for (const Json& card : answer["cards"]) {
    must(card["summary"].get<std::string>().size() < 140);
    must(card["indicator"] == "info" || card["indicator"] == "warning");
  }
}

}  // namespace

// The first byte chooses the address; what follows is the body. Whatever it is, the answer is one that the
// specification knows, with nothing empty in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Rulebooks books({}, library());
  constexpr std::array<const char*, 4> paths = {
      "/cds-services/proviso-policy-check", "/cds-services/proviso-appointment-check",
      "/cds-services/proviso-policy-check/feedback", "/cds-services/proviso-appointment-check/feedback"};
  if (size == 0) return 0;
  MemoryRegister keeper;
  ServiceOptions options;
  options.key.bytes = std::string(32, 'k');
  options.today = [] { return std::string("2023-06-01"); };
  Service service(books, keeper, Access::open(), options);
  service.add(*cds_routes(service, {"https://checks.example.org", ""}));
  Request request;
  request.method = "POST";
  request.path = paths[data[0] % paths.size()];
  request.body.assign(data + 1, data + size);
  // A member that stands twice is one value to some readers and two to others.
  if (is_sound_json(request.body)) check_pieces(json_piece(request.body), Json::parse(request.body));
  std::optional<Response> answer;
  service.answer(std::move(request), [&](Response response) { answer = std::move(response); });
  must(answer.has_value());
  check_answer(*answer);
  return 0;
}
