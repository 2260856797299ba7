#include "service/pages/home.hpp"

#include <array>
#include <set>

#include <fmt/format.h>

#include "service/pages/page.hpp"
#include "service/pages/sign_in.hpp"

namespace proviso::service::pages {
namespace {

struct Way {
  std::string_view address;
  std::string_view name;
  std::string_view what;
};

constexpr std::array<Way, 3> ways = {{
    {"/check", "Check a referral",
     "Answer only the questions that can change the outcome, and get the decision with its reasons."},
    {"/policies", "Read the policies",
     "Search by name or code. See what applies in a place on a date, and what is different there."},
    {"/authorisations", "Look up an authorisation",
     "See what a code covers, when it expires and whether it has been used."},
}};

/// Enough of the digest to tell one library from another.
std::string short_digest(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  return std::string(digest.substr(colon == std::string_view::npos ? 0 : colon + 1, 12));
}

}  // namespace

void show_home(Call&& call) {
  const model::Library& library = call.book->library();
  std::set<std::string> policies;
  std::set<std::string> payments;
  for (const model::Policy& policy : library.policies)
    (policy.payment ? payments : policies).insert(policy.full_name());
  Page page{"Check referrals against funding policies", "/", {}};
  Html& html = page.body;
  html.element("h1", page.title);
  html.element("p",
               "If a referral is urgent, or cancer is suspected, refer straight away. Do not wait for a check here.",
               {{"class", "caution"}});
  html.open("ul", {{"class", "columns"}});
  for (const Way& way : ways) {
    html.open("li").open("h2").link(way.address, way.name).close("h2").element("p", way.what).close("li");
  }
  html.close("ul").element("h2", "What this service does");
  html.element(
      "p",
      "It checks recorded facts against published funding policies. It does not diagnose or recommend treatment: the "
      "clinician decides. Missing information never counts against the patient.");
  html.element(
      "p",
      "Nothing you enter is recorded until you ask for the decision. The decision is then recorded with the facts "
      "it was based on.");
  html.element("h2", "The policies in use");
  html.open("dl", {{"class", "summary two"}});
  const auto pair = [&](std::string_view name, std::string_view value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  };
  pair("Policies",
       fmt::format("{} about referrals and treatments, {} payment rules", policies.size(), payments.size()));
  pair("Places", fmt::format("{}", library.places.size()));
  pair("Version", short_digest(library.digest));
  html.close("dl");
  if (has_token(call.request)) {
    html.open("form", {{"method", "post"}, {"action", "/sign-out"}});
    html.element("button", "Sign out", {{"class", "second"}}).close("form");
  }
  call.respond(respond(page));
}

}  // namespace proviso::service::pages
