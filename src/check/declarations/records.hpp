#pragma once

#include "check/declarations/types.hpp"
#include "check/expressions/literals.hpp"
#include "check/part.hpp"

namespace proviso::check {

/// Records as facts in levels: nested records laid flat, lists a level each.
class Records : Part {
 public:
  Records(Workspace& workspace, Types& types, Literals& literals)
      : Part(workspace), types_(types), literals_(literals) {}

  void lay_out_records();

 private:
  struct Layout;
  void lay_out(Layout& layout, const Symbol& record, model::LevelId level, const std::string& path,
               const std::string& name);
  void lay_out_field(Layout& layout, const Symbol& record, const syntax::Field& field, model::LevelId level,
                     const std::string& path, const std::string& name);
  void refuse(const syntax::Field& field, const Type& type, Span attribute, std::string_view why);
  void refuse_of_record(const Symbol& record, const syntax::Field& field, const Type& type);
  void price(Layout& layout, const syntax::Field& field, const Type& type, model::LevelId level);
  void field_attributes(const Symbol& record, const syntax::Field& field, const Type& type, model::Fact& fact);
  void check_fields(const Symbol& record);

  Types& types_;
  Literals& literals_;
};

}  // namespace proviso::check
