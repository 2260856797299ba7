#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace proviso::check {

/// One parsed file, and the folder from which the files that it names are read.
struct SourceTree {
  syntax::Tree tree;
  std::uint32_t file = 0;
  std::string folder;
};

/// Resolves names, types, units and periods of all files together. Whatever is wrong is said in `diagnostics`; the
/// library that comes back is fit to decide with only if there were no errors.
model::Library check(const std::vector<SourceTree>& trees, const text::Sources& sources,
                     text::Diagnostics& diagnostics);

/// A value that an expression may use by name, as `eval --facts` gives it.
struct NamedValue {
  enum class Form : std::uint8_t { missing, literal, list };
  std::string name;
  Form form = Form::missing;
  std::string literal;  ///< as the language writes it: `36 kg/m2`
  std::vector<NamedValue> elements;
};

/// An expression checked against named values and, where given, the files of a library. `record` is a made-up record of
/// the library whose facts are the values; `root` is none where the expression has errors.
struct CheckedExpression {
  model::Library library;
  std::uint32_t record = model::none;
  model::NodeId root = model::none;
  /// The values, by fact of the record: one, or those of a list.
  struct Value {
    model::FactId fact = model::none;
    std::vector<model::Constant> constants;
  };
  std::vector<Value> values;
};

/// Checks `expression` against the values and, where there are trees, all libraries in them. The expression and the
/// values' literals are added to `sources`.
CheckedExpression check_expression(const std::vector<SourceTree>& trees, text::Sources& sources,
                                   const std::string& expression, const std::vector<NamedValue>& values,
                                   text::Diagnostics& diagnostics);

}  // namespace proviso::check
