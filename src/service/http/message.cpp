#include "service/http/message.hpp"

#include <algorithm>

#include "service/http/address.hpp"
#include "value/characters.hpp"

namespace proviso::service {

bool HeaderOrder::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char one, char other) {
    return value::small_letter(one) < value::small_letter(other);
  });
}

std::string_view Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Request::parameter(std::string_view name) const {
  const auto found = std::find_if(query.begin(), query.end(), [&](const auto& field) { return field.first == name; });
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

std::string Request::media_type() const {
  const std::string_view type = header("content-type");
  return value::small_letters(value::trimmed(type.substr(0, type.find(';'))));
}

std::optional<std::vector<std::pair<std::string, std::string>>> Request::form() const {
  if (media_type() != "application/x-www-form-urlencoded") return std::nullopt;
  return read_fields(body);
}

std::string encode_for_address(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(digits[byte / 16]);
      out.push_back(digits[byte % 16]);
    }
  }
  return out;
}

}  // namespace proviso::service
