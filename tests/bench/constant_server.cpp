// The service's own server with an answer that costs nothing, for what a decision costs beside it: prints its port, and
// ends when its standard input does.
#include <cstdio>

#include "service/http/server.hpp"

int main() {
  using namespace proviso::service;
  ServerOptions options;
  options.port = 0;
  const auto server = serve(options, [](Request&&, const Respond& respond) {
    Response response;
    response.body = "{\"outcome\": \"approve\"}";
    respond(std::move(response));
  });
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().c_str());
    return 1;
  }
  std::printf("listening on http://127.0.0.1:%u\n", static_cast<unsigned>((*server)->port()));
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  (*server)->stop(std::chrono::seconds(1));
  return 0;
}
