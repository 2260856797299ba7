#include "service/pages/html.hpp"

#include "output/html.hpp"

namespace proviso::service::pages {

Html& Html::open(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const Attribute& attribute : attributes) {
    if (attribute.value.data() == nullptr) continue;
    out_ += ' ';
    out_ += attribute.name;
    out_ += "=\"";
    output::append_html(out_, attribute.value);
    out_ += '"';
  }
  out_ += '>';
  return *this;
}

Html& Html::close(std::string_view tag) {
  out_ += "</";
  out_ += tag;
  out_ += ">\n";
  return *this;
}

Html& Html::text(std::string_view text) {
  output::append_html(out_, text);
  return *this;
}

Html& Html::element(std::string_view tag, std::string_view text, Attributes attributes) {
  return open(tag, attributes).text(text).close(tag);
}

Html& Html::single(std::string_view tag, Attributes attributes) {
  open(tag, attributes);
  out_ += '\n';
  return *this;
}

Html& Html::hidden(std::string_view name, std::string_view value) {
  return single("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html& Html::pair(std::string_view name, std::string_view value) {
  return value.empty() ? *this : open("div").element("dt", name).element("dd", value).close("div");
}

Html& Html::link(std::string_view address, std::string_view text) {
  open("a", {{"href", address}}).text(text);
  out_ += "</a>";
  return *this;
}

Html& Html::append(const Html& other) {
  out_ += other.out_;
  return *this;
}

}  // namespace proviso::service::pages
