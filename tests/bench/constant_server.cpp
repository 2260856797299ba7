// The service's own server with an answer that costs nothing, for what a decision costs beside it: the text of the file
// that is its one argument. Prints its address, and ends when its standard input does.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "service/http/server.hpp"

int main(int argument_count, char** arguments) {
  using namespace proviso::service;
  if (argument_count != 2) return 2;
  std::ifstream file(arguments[1]);
  const std::string answer{std::istreambuf_iterator<char>(file), {}};
  ServerOptions options;
  options.port = 0;
  const auto server = serve(options, [&answer](Request&&, const Respond& respond) {
    Response response;
    response.body = answer;
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
