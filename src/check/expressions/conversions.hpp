#pragma once

#include "check/part.hpp"

namespace proviso::check {

/// Values of one type as another, and complaints where two do not go together.
class Conversions : Part {
 public:
  explicit Conversions(Workspace& workspace) : Part(workspace) {}

  /// The node as a value of `type`, converted where it must be; nothing where it cannot be. What may be of any type is
  /// of that one.
  std::optional<NodeId> as(NodeId node, const Type& type);
  /// The type both can be brought to; nothing where there is none.
  std::optional<Type> common(const Type& a, const Type& b) const;
  /// What a duration of known kind is as a quantity; any other type as it is.
  static Type quantity_type(const Type& type);
  /// Durations of months and of days.
  static bool two_kinds(const Type& a, const Type& b);
  /// A quantity in another unit of its dimension.
  NodeId rescaled(NodeId node, value::Unit to);
  /// Whether what stands right behind a number could not be read.
  bool unread_behind(const syntax::Expression& written) const;
  /// Complains that two values do not go together, in the words that fit; always false.
  bool mismatch(const Context& context, Span span, ExpressionId a, NodeId left, ExpressionId b, NodeId right);

 private:
  NodeId settled(NodeId node, const Type& type);
  std::optional<std::int64_t> counted(NodeId duration) const;
  std::optional<NodeId> as_either(NodeId duration, const Type& type);
};

}  // namespace proviso::check
