#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "service/api/reload.hpp"
#include "service/api/service.hpp"
#include "service/cds/cds.hpp"
#include "service/http/address.hpp"
#include "service/http/server.hpp"
#include "service/pages/pages.hpp"
#include "service/register/register.hpp"
#include "text/file.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> libraries;
  std::string listen = "127.0.0.1:8080";
  std::string keeper;
  std::string key_file;
  std::string tokens;
  std::string certificate;
  std::string private_key;
  std::string record = "Referral";
  std::string base_url;
  std::string issuers;
  std::vector<std::string> origins;
  std::string today;
  unsigned threads = 2;
  std::size_t connections = service::Limits{}.connections;
  std::size_t body_kilobytes = service::Limits{}.body_bytes / 1024;
  bool open = false;
  bool keep_identifiers = false;
};

int complain(const std::string& what) {
  fmt::print(stderr, "proviso: {}\n", what);
  return wrong_command_line;
}

/// One line an event, without a date: whoever collects the lines knows it.
void log_line(const std::string& what) {
  fmt::print(stderr, "proviso: {}\n", what);
  std::fflush(stderr);
}

/// The signals that end the service or make it read its library anew, taken by the main thread alone.
sigset_t wanted_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// Only whoever is on the machine reaches it.
bool is_loopback(const std::string& address) {
  return address.rfind("127.", 0) == 0 || address == "::1" || address == "localhost";
}

/// `::1` of `[::1]`.
std::string without_brackets(const std::string& host) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return bracketed && host.find(':') != std::string::npos ? host.substr(1, host.size() - 2) : host;
}

class Serving {
 public:
  explicit Serving(const Arguments& arguments) : arguments_(arguments) {}

  int run() {
    // Before any thread is begun, so that none of them takes a signal.
    const sigset_t signals = wanted_signals();
    if (const int wrong = read_arguments(); wrong != all_well) return wrong;
    auto book = service::Rulebook::load(arguments_.libraries);
    if (!book) {
      fmt::print(stderr, "{}nothing is decided by a library with errors\n", book.error());
      return answer_is_no;
    }
    if ((*book)->desk(arguments_.record) == nullptr) {
      return complain(fmt::format("no policy is on a record `{}`: say --record", arguments_.record));
    }
    rulebooks_.emplace(arguments_.libraries, *book);
    auto keeper = service::open_register(arguments_.keeper);
    if (!keeper) return complain(keeper.error());
    keeper_ = std::move(*keeper);
    if (const int wrong = make_service(); wrong != all_well) return wrong;
    auto server = service::serve(server_options_, [this](service::Request&& request, service::Respond respond) {
      service_->answer(std::move(request), std::move(respond));
    });
    if (!server) return complain(server.error());
    announce((*server)->port());
    wait(signals);
    log_line("stopping: no new connections, what was asked is answered");
    (*server)->stop(std::chrono::seconds(20));
    return all_well;
  }

 private:
  const Arguments& arguments_;
  service::ServerOptions server_options_;
  service::Access access_ = service::Access::open();
  service::ServiceOptions service_options_;
  service::CdsOptions cds_options_;
  std::optional<service::Rulebooks> rulebooks_;
  std::unique_ptr<service::Register> keeper_;
  std::unique_ptr<service::Service> service_;

  int read_arguments() {
    const std::size_t colon = arguments_.listen.rfind(':');
    const std::string port = colon == std::string::npos ? "" : arguments_.listen.substr(colon + 1);
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
        std::stoul(port) > 65535) {
      return complain(
          fmt::format("`{}` is not an address and port such as 127.0.0.1:8080 or [::1]:8080", arguments_.listen));
    }
    server_options_.address = without_brackets(arguments_.listen.substr(0, colon));
    server_options_.port = static_cast<std::uint16_t>(std::stoul(port));
    server_options_.threads = arguments_.threads;
    server_options_.limits.connections = arguments_.connections;
    server_options_.limits.body_bytes = arguments_.body_kilobytes * 1024;
    server_options_.certificate = arguments_.certificate;
    server_options_.key = arguments_.private_key;
    if (arguments_.certificate.empty() != arguments_.private_key.empty()) {
      return complain("--certificate and --certificate-key go together");
    }
    if (const int wrong = check_addresses(); wrong != all_well) return wrong;
    return read_access();
  }

  int check_addresses() const {
    const std::string& base = arguments_.base_url;
    if (!base.empty() && !service::is_base_url(base)) {
      return complain(
          fmt::format("`{}` is not where others reach the service: say --base-url with http:// or https://, "
                      "a host and a path or none, such as https://checks.example.org/funding",
                      base));
    }
    for (const std::string& origin : arguments_.origins) {
      if (origin == "*" || service::is_origin(origin)) continue;
      return complain(
          fmt::format("`{}` is not the origin of a web page: say --origin as browsers do, in small letters "
                      "and without a path, such as https://records.example.org, or `*` for any",
                      origin));
    }
    return all_well;
  }

  int read_access() {
    if (arguments_.tokens.empty()) {
      if (arguments_.open || is_loopback(server_options_.address)) return all_well;
      return complain("others can reach that address: say --tokens FILE, or --open for a service that anyone may use");
    }
    const auto text = text::read_file(arguments_.tokens);
    if (!text) return complain(fmt::format("`{}` cannot be read: {}", arguments_.tokens, text.error()));
    auto access = service::Access::read(*text);
    if (!access) return complain(fmt::format("`{}`: {}", arguments_.tokens, access.error()));
    access_ = std::move(*access);
    return all_well;
  }

  /// A new key for a register of before would give whoever asks again another code.
  int look_for_key(const std::string& file) {
    std::error_code problem;
    if (arguments_.keep_identifiers || std::filesystem::exists(file, problem)) return all_well;
    const auto empty = keeper_->is_empty();
    if (!empty) return complain(empty.error());
    if (*empty) return all_well;
    return complain(fmt::format(
        "the key `{}` is not there, though the register has decisions made with it: bring it back, for with "
        "another key the same referral gets another code. Where it is lost, `openssl rand -hex 32` makes one",
        file));
  }

  int make_service() {
    const std::string key_file = arguments_.key_file.empty() ? arguments_.keeper + ".key" : arguments_.key_file;
    if (service::names_postgres(arguments_.keeper) && arguments_.key_file.empty()) {
      return complain("say --key FILE: the services of one database share the key of its identifiers");
    }
    if (const int lost = look_for_key(key_file); lost != all_well) return lost;
    auto key = service::read_or_make_key(key_file);
    if (!key) return complain(key.error());
    service_options_.key = std::move(*key);
    service_options_.record = arguments_.record;
    service_options_.keep_identifiers = arguments_.keep_identifiers;
    service_options_.origins = arguments_.origins;
    service_options_.log = log_line;
    service_options_.waiting_threads = 4;
    if (!arguments_.today.empty()) service_options_.today = [today = arguments_.today] { return today; };
    service_ = std::make_unique<service::Service>(*rulebooks_, *keeper_, std::move(access_), service_options_);
    for (auto* routes :
         {service::decision_routes, service::authorisation_routes, service::policy_routes, service::operation_routes}) {
      service_->add(routes(*service_));
    }
    service_->add(service::page_routes(*service_, arguments_.base_url));
    return add_cds();
  }

  int add_cds() {
    cds_options_.base_url = arguments_.base_url;
    if (!arguments_.issuers.empty()) {
      const auto text = text::read_file(arguments_.issuers);
      if (!text) return complain(fmt::format("`{}` cannot be read: {}", arguments_.issuers, text.error()));
      if (arguments_.base_url.empty()) return complain("--issuers needs --base-url: tokens are made for an address");
      cds_options_.issuers = *text;
    }
    auto routes = service::cds_routes(*service_, cds_options_);
    if (!routes) return complain(routes.error());
    service_->add(std::move(*routes));
    return all_well;
  }

  /// Where it listens goes to standard output, for whoever started it at a port of the system's choice.
  void announce(std::uint16_t port) const {
    const std::string scheme = arguments_.certificate.empty() ? "http" : "https";
    fmt::print("listening on {}://{}\n", scheme, service::with_port(server_options_.address, port));
    std::fflush(stdout);
    log_line(fmt::format("decides by {}", rulebooks_->current()->library().digest));
  }

  void wait(const sigset_t& signals) {
    for (;;) {
      int signal = 0;
      if (sigwait(&signals, &signal) != 0 || signal != SIGHUP) return;
      static_cast<void>(service::reload_library(*service_));  // what came of it is in the log
    }
  }
};

}  // namespace

void add_serve(CLI::App& program, int& exit_code) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand(
      "serve",
      "Decide referrals as they are submitted: HTTP with JSON, CDS Hooks and pages. SIGHUP reads the library anew, "
      "SIGTERM ends it when all that was asked is answered");
  command->add_option("LIBRARY", arguments->libraries, "Folders or files of policies")->required();
  command->add_option("--listen", arguments->listen, "Address and port; port 0: one that is free")
      ->capture_default_str();
  command
      ->add_option("--register", arguments->keeper,
                   "Where decisions and authorisations are kept: a file, or postgres://...")
      ->required();
  command->add_option(
      "--key", arguments->key_file,
      "The key for digests of identifiers; made where it is not there. Without: the register's name and `.key`");
  command->add_option("--record", arguments->record, "The record that is decided where a request names none")
      ->capture_default_str();
  command->add_option("--tokens", arguments->tokens, "A file of who may do what, by digests of their tokens");
  command->add_flag("--open", arguments->open, "Anyone who reaches the address may do everything");
  command->add_flag("--keep-identifiers", arguments->keep_identifiers,
                    "Keep NHS numbers and referral ids as they are, not as keyed digests");
  command->add_option("--certificate", arguments->certificate, "A PEM file of the certificate and those above it: TLS");
  command->add_option("--certificate-key", arguments->private_key, "A PEM file of its key");
  command->add_option(
      "--base-url", arguments->base_url,
      "How others reach it, with a path where a proxy puts it below one: for links, and for the audience "
      "of signed tokens");
  command->add_option("--issuers", arguments->issuers,
                      "A file of the clinical systems whose signed tokens are accepted, with their keys");
  command->add_option("--origin", arguments->origins, "A web page's origin that may call from a browser; `*`: any");
  command->add_option("--threads", arguments->threads, "Threads that answer")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  command->add_option("--connections", arguments->connections, "More are turned away")->capture_default_str();
  command->add_option("--body-limit", arguments->body_kilobytes, "Kilobytes that a request may have")
      ->capture_default_str();
  command->add_option("--today", arguments->today, "The day on which decisions are made, for trying things out");
  command->callback([arguments, &exit_code] {
    if (!arguments->today.empty()) date_argument("--today", arguments->today);
    exit_code = Serving(*arguments).run();
  });
}

}  // namespace proviso::cli
