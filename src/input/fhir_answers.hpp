#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/fhir_moment.hpp"
#include "input/fhir_values.hpp"
#include "input/layout.hpp"

/// The answers of QuestionnaireResponses, by linkId.
namespace proviso::input::fhir {

/// What follows the name of a measured fact in the linkId of its day, and that of a list in that of its emptiness.
inline constexpr std::string_view answer_on = ".on";
inline constexpr std::string_view answer_none = ".none";

class Answers {
 public:
  using Note = std::function<void(model::FactId, std::string)>;
  Answers(const FhirMapping& mapping, const Layout& layout, FactValues& values)
      : mapping_(mapping), layout_(layout), values_(values) {}

  /// Forgets the responses.
  void clear() { responses_.clear(); }
  void add(const Resource& response);

  /// What the newest response that answers says of a fact of level 0, as JSON; `answered` where it answers at all, even
  /// if it cannot be used.
  std::optional<std::string> json(model::FactId fact, bool& answered, const Note& note);

 private:
  using Items = std::multimap<std::string, dom::object, std::less<>>;
  struct Response {
    Moment authored;
    Items items;
  };
  static void gather(dom::object item_or_response, Items& items);
  bool answers(const Items& items, model::FactId fact) const;
  static bool is_answered(const Items& items, std::string_view link);
  static bool says_yes(const Items& items, std::string_view link);

  std::optional<std::string> read(const Items& items, model::FactId fact, const Note& note);
  std::optional<std::string> read_single(const Items& items, model::FactId fact, const Note& note);
  std::optional<std::string> read_list(const Items& items, model::FactId fact, const Note& note);
  std::optional<std::string> read_element(const Items& items, model::LevelId level, const Note& note);

  const FhirMapping& mapping_;
  const Layout& layout_;
  FactValues& values_;
  std::vector<Response> responses_;
};

}  // namespace proviso::input::fhir
