#include "input/fhir_object.hpp"

#include "input/record_errors.hpp"

namespace proviso::input::fhir {

std::string object_json(const Layout& layout, const Shape& shape,
                        const std::function<std::optional<std::string>(model::FactId)>& value) {
  std::string out;
  for (const Field& field : shape.fields) {
    const std::string inner = field.shape == model::none ? value(field.fact).value_or("")
                                                         : object_json(layout, layout.shape(field.shape), value);
    if (inner.empty()) continue;
    out += out.empty() ? "{" : ", ";
    append_json(out, field.name);
    out += ": " + inner;
  }
  if (!out.empty()) out += '}';
  return out;
}

}  // namespace proviso::input::fhir
