#include "check/policies/policy_words.hpp"

#include <fmt/format.h>

// The words of which a policy takes one.
namespace proviso::check {

namespace {

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<model::Category> categories[] = {{"threshold", model::Category::threshold},
                                                {"prior_approval", model::Category::prior_approval},
                                                {"ifr_only", model::Category::ifr_only},
                                                {"not_commissioned", model::Category::not_commissioned},
                                                {"notice", model::Category::notice}};
constexpr Word<model::Status> statuses[] = {{"draft", model::Status::draft},
                                            {"adopted", model::Status::adopted},
                                            {"superseded", model::Status::superseded},
                                            {"retired", model::Status::retired}};
constexpr Word<model::Outcome> outcomes[] = {{"exempt", model::Outcome::exempt},
                                             {"approve", model::Outcome::approve},
                                             {"refuse", model::Outcome::refuse},
                                             {"review", model::Outcome::review}};

template <class Value, std::size_t size>
std::optional<Value> find(const Word<Value> (&words)[size], std::string_view word) {
  for (const auto& entry : words) {
    if (entry.word == word) return entry.value;
  }
  return {};
}

template <class Value, std::size_t size>
std::vector<std::string> all(const Word<Value> (&words)[size]) {
  std::vector<std::string> result;
  for (const auto& entry : words) result.emplace_back(entry.word);
  return result;
}

}  // namespace

template <class Words, class Value>
bool PolicyWords::word_of(const syntax::Name& name, const Words& words, Value& target, std::string_view what) {
  if (name.text.empty()) return false;
  if (const auto found = find(words, name.text)) {
    target = *found;
    return true;
  }
  const auto choices = all(words);
  auto& diagnostic = complain(Code::not_a_value_of, name.span, fmt::format("`{}` is not a {}", name.text, what));
  if (const auto close = text::closest(name.text, choices)) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  } else {
    diagnostic.help = fmt::format("one of {}", fmt::join(choices, ", "));
  }
  return false;
}

std::optional<model::Category> PolicyWords::category(const syntax::Name& name) {
  model::Category result{};
  if (!word_of(name, categories, result, "category")) return {};
  return result;
}

std::optional<model::Status> PolicyWords::status(const syntax::Name& name) {
  model::Status result{};
  if (!word_of(name, statuses, result, "status")) return {};
  return result;
}

std::optional<model::Outcome> PolicyWords::outcome(std::string_view word) { return find(outcomes, word); }

}  // namespace proviso::check
