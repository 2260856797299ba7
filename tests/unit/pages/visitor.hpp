#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../service_support/service_under_test.hpp"

namespace proviso::service {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Button {
  std::string label;
  std::string name;
  std::string value;
};

/// A form as a browser without scripts sees it.
struct Form {
  std::string method;
  std::string action;
  Fields fields;  ///< what it sends as it stands; of radios and selects what is chosen
  std::map<std::string, std::vector<std::string>> choices;  ///< of radios and selects, by name
  std::vector<std::string> controls;                        ///< names of what a person fills in, in order
  std::vector<Button> buttons;

  std::string field(std::string_view name) const;
  bool has_button(std::string_view value) const;
  /// Puts a value in place of what the form sends by that name.
  void fill(const std::string& name, const std::string& value);
};

struct Seen {
  Response response;
  std::vector<Form> forms;

  const std::string& html() const { return response.body; }
  bool shows(std::string_view text) const;
  std::string title() const;
  /// `patient.bmi`: the fact that the page asks for; empty where it asks for none.
  std::string asked() const;
  std::string header(std::string_view name) const;
};

/// Someone with a browser, who knows nothing of a page but what it shows. Every page is held to what all pages must be.
class Visitor {
 public:
  explicit Visitor(Access access = Access::open(), const std::string& policies = PROVISO_SOURCE_DIR "/policies");
  ServiceUnderTest test;
  std::string cookie;

  Seen get(const std::string& path, Fields query = {});
  Seen post(const std::string& path, const Fields& fields);
  /// Presses the form's button of that value; its first, where none is named.
  Seen press(const Form& form, const std::string& value = "");

  /// How a question is answered: the parts behind the fact's field, as `:day`, or nothing for the value itself. A fact
  /// that is not there is not known.
  using Known = std::map<std::string, Fields>;
  /// Answers what is asked until nothing is asked any more. `each` sees every question.
  Seen walk(const Known& known, const std::function<void(const Seen&)>& each = {});
  /// The same from a page on.
  Seen walk_on(Seen page, const Known& known, const std::function<void(const Seen&)>& each = {});
  Seen answer(const Seen& question, const Known& known);

 private:
  Seen see(Response response) const;
};

/// `<`, `&amp;` and the like in a page, as text.
std::string unescape(std::string text);
std::string encode(const Fields& fields);

}  // namespace proviso::service
