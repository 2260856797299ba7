#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace proviso::service::pages {

/// `name="value"`. A value of nothing at all (`std::string_view()`) leaves the attribute out; an empty text does not.
struct Attribute {
  std::string_view name;
  std::string_view value;
};
using Attributes = std::initializer_list<Attribute>;

/// For an attribute that is there or not, such as `checked`.
inline std::string_view present(bool is) { return is ? std::string_view("") : std::string_view(); }

/// HTML that is put together piece by piece. Whatever is given as text or as the value of an attribute is escaped, so
/// that nothing that a person typed can become markup.
class Html {
 public:
  Html& open(std::string_view tag, Attributes attributes = {});
  Html& close(std::string_view tag);
  Html& text(std::string_view text);
  /// `<tag ...>text</tag>`
  Html& element(std::string_view tag, std::string_view text, Attributes attributes = {});
  /// Of a tag that is never closed, such as `input`.
  Html& single(std::string_view tag, Attributes attributes);
  Html& hidden(std::string_view name, std::string_view value);
  /// A name and its value in a `dl`; nothing where the value is empty.
  Html& pair(std::string_view name, std::string_view value);
  Html& link(std::string_view address, std::string_view text);
  Html& append(const Html& other);
  const std::string& str() const { return out_; }
  bool empty() const { return out_.empty(); }

 private:
  std::string out_;
};

}  // namespace proviso::service::pages
