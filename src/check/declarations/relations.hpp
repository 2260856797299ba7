#pragma once

#include "check/declarations/types.hpp"
#include "check/expressions/expressions.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Relations and groups: lists of a record, filled from other lines.
class Relations : Part {
 public:
  Relations(Workspace& workspace, Types& types, Literals& literals, Expressions& expressions)
      : Part(workspace), types_(types), literals_(literals), expressions_(expressions) {}

  void lay_out_relations();
  void check_relations();

 private:
  bool lay_out_relation(WrittenRelation& entry, const syntax::Name& name, const syntax::Name& record,
                        const syntax::Name& other, Span span);
  void add_elements(std::uint32_t relation);
  void add_rank(std::uint32_t relation);
  void check_relation(WrittenRelation& entry, const syntax::RelationDeclaration& written);
  void check_group(const WrittenRelation& entry, const syntax::GroupDeclaration& written);
  /// A term of a relation's condition: an equality of two facts is a key; anything else may be its window.
  bool relation_key(const WrittenRelation& entry, const syntax::RelationDeclaration& written, ExpressionId term);
  bool is_of_dates(const WrittenRelation& entry, const syntax::RelationDeclaration& written);
  bool no_relation_term(const WrittenRelation& entry, const syntax::RelationDeclaration& written,
                        const syntax::Expression& term);
  bool follow_in_order(model::FactId fact, std::uint32_t record, const syntax::Name& name);
  void relation_window(const WrittenRelation& entry, const syntax::RelationDeclaration& written);
  model::FactId relation_fact(const WrittenRelation& entry, std::uint32_t record, const syntax::Name& name);

  Types& types_;
  Literals& literals_;
  Expressions& expressions_;
};

}  // namespace proviso::check
