#pragma once

#include <string>
#include <vector>

#include "syntax/parse.hpp"
#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

/// Reading text in the tests, and what came of it as something to compare.
namespace reading {

using Lines = std::vector<std::string>;

struct File {
  proviso::syntax::Tree tree;
  Lines complaints;  ///< `2:14 P0112 message`, in the order of the text
  std::vector<proviso::text::Diagnostic> diagnostics;
};

File read_file(const std::string& content);

struct Lone {
  proviso::syntax::Tree tree;
  proviso::syntax::ExpressionId root;
  Lines complaints;
  std::vector<proviso::text::Diagnostic> diagnostics;
};

/// What is said about declarations behind a library line; so the first line is line 2.
Lines said(const std::string& declarations);
/// The help that comes with the one complaint about them.
std::string help_of(const std::string& declarations);

Lone read_expression(const std::string& content);

/// `(add (number 1) (name a))`: everything but the spans.
std::string shape(const proviso::syntax::Tree& tree, proviso::syntax::ExpressionId id);
/// The whole tree likewise, with its comments.
std::string shape(const proviso::syntax::Tree& tree);
/// The shape of a lone expression, or its complaints.
std::string shape_of(const std::string& expression);
/// That of declarations behind a library line.
std::string shape_of_file(const std::string& declarations);

}  // namespace reading
