#pragma once

#include <string>
#include <utility>
#include <vector>

namespace proviso::property {

enum class Sort {
  truth,
  number,
  quantity,
  money,
  percent,
  date,
  months,
  days,
  duration,
  text,
  code,
  enumeration,
  place
};

/// The type of a generated expression.
struct Type {
  Sort sort = Sort::truth;
  std::string unit = {};        ///< quantity
  std::string system = {};      ///< code
  std::size_t enumeration = 0;  ///< which of the vocabulary's
  friend bool operator==(const Type&, const Type&) = default;
};

/// A generated expression: text in which each `hole` stands for the next child. It is kept as a tree so that a failing
/// policy can be made smaller.
struct Expression {
  static constexpr char hole = '\x01';
  Type type = {};
  std::string text = {};
  std::vector<Expression> children = {};

  std::string render() const {
    std::string out;
    std::size_t next = 0;
    for (const char c : text) {
      if (c == hole) {
        out += children[next++].render();
      } else {
        out += c;
      }
    }
    return out;
  }
};

}  // namespace proviso::property
