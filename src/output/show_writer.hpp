#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "output/json_text.hpp"
#include "value/calendar.hpp"

namespace proviso::output {

/// Appends `"name": value` pairs and items, with the commas that they need.
class ShowWriter {
 public:
  explicit ShowWriter(std::string& out) : out_(out) {}

  void open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
  }
  void close(char bracket) {
    out_ += bracket;
    fresh_ = false;
  }
  void name(std::string_view name) {
    separate();
    append_json(out_, name);
    out_ += ": ";
    fresh_ = true;
  }
  void text(std::string_view text) {
    separate();
    append_json_or_null(out_, text);
  }
  void field(std::string_view label, std::string_view value) {
    name(label);
    text(value);
  }
  void field(std::string_view label, bool value) {
    name(label);
    separate();
    out_ += value ? "true" : "false";
  }
  // A literal would rather be a truth than a view.
  void field(std::string_view label, const char* value) { field(label, std::string_view(value)); }
  /// A value that is JSON already, such as a number.
  void raw(std::string_view label, std::string_view json) {
    name(label);
    separate();
    out_ += json;
  }
  void texts(std::string_view label, const std::vector<std::string>& values) {
    name(label);
    open('[');
    for (const std::string& value : values) text(value);
    close(']');
  }
  /// The first and the last day, null where there is none.
  void period(const model::Period& period) {
    field("from", day(period.first, INT32_MIN));
    field("to", day(period.last, INT32_MAX));
  }
  static std::string day(std::int32_t date, std::int32_t open) {
    return date == open ? std::string() : value::format_date(date);
  }

 private:
  std::string& out_;
  bool fresh_ = true;

  void separate() {
    if (!fresh_) out_ += ", ";
    fresh_ = false;
  }
};

}  // namespace proviso::output
