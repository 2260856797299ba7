#include "input/fhir_searches.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace proviso::input::fhir {
namespace {

/// The address of the Bundle's link of that relation; empty where it has none.
std::string_view link_of(dom::object bundle, std::string_view relation) {
  std::string_view url;
  for_each_object(bundle, "link", [&](dom::object link) {
    if (text_of(link, "relation") == relation) url = text_of(link, "url");
  });
  return url;
}

/// What says how the results are given, and not which. `_count=0` asks for none of them.
bool shapes_results(std::string_view name, std::string_view value) {
  constexpr std::array<std::string_view, 4> names = {"_sort", "_format", "_pretty", "_total"};
  return std::find(names.begin(), names.end(), name) != names.end() || (name == "_count" && value != "0");
}

std::string patient_at(std::string_view base, std::string_view patient) {
  const bool bare = patient.find('/') == std::string_view::npos;
  const bool is_address = patient.find("://") != std::string_view::npos;
  return (is_address ? std::string() : std::string(base)) + (bare ? "Patient/" : "") + std::string(patient);
}

/// `https://example.org/fhir/Condition?patient=1`: of which type, and about whom. No other search is of all there are.
std::optional<Search> search_at(std::string_view address) {
  constexpr auto nowhere = std::string_view::npos;
  const std::size_t question = address.find('?');
  if (question == nowhere || address.find('%') != nowhere) return std::nullopt;
  const std::size_t slash = address.substr(0, question).rfind('/');
  const std::size_t start = slash == nowhere ? 0 : slash + 1;
  Search search;
  search.type = address.substr(start, question - start);
  std::string_view rest = address.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view parameter = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
    const std::string_view name = parameter.substr(0, parameter.find('='));
    const std::string_view value = parameter.substr(std::min(name.size() + 1, parameter.size()));
    const bool by_patient = name == "patient" || name == "subject";
    if (by_patient && !value.empty() && search.patient.empty()) {
      search.patient = patient_at(address.substr(0, start), value);
    } else if (!shapes_results(name, value)) {
      return std::nullopt;
    }
  }
  if (search.type.empty() || search.patient.empty()) return std::nullopt;
  return search;
}

/// How many entries of the Bundle were searched for; nothing where one is neither that nor included with one that was.
std::optional<std::int64_t> count_matches(dom::object bundle, std::string_view type) {
  std::int64_t matches = 0;
  bool sound = true;
  const auto entries = member(bundle, "entry");
  if (!entries) return matches;
  for_each(*entries, [&](dom::element each) {
    const auto entry = as_object(each);
    const auto resource = entry ? object_of(*entry, "resource") : std::nullopt;
    if (!resource) {
      sound = false;
      return;
    }
    const auto search = object_of(*entry, "search");
    const std::string_view mode = search ? text_of(*search, "mode") : std::string_view();
    if (mode == "include") return;
    sound = sound && (mode.empty() || mode == "match") && text_of(*resource, "resourceType") == type;
    ++matches;
  });
  if (!sound) return std::nullopt;
  return matches;
}

}  // namespace

std::optional<Search> whole_search(dom::object bundle) {
  if (text_of(bundle, "type") != "searchset" || !link_of(bundle, "next").empty()) return std::nullopt;
  auto search = search_at(link_of(bundle, "self"));
  if (!search) return std::nullopt;
  const auto matches = count_matches(bundle, search->type);
  if (!matches) return std::nullopt;
  const auto total = member(bundle, "total");
  if (total && !(total->is_int64() && std::int64_t(*total) == *matches)) return std::nullopt;
  return search;
}

}  // namespace proviso::input::fhir
