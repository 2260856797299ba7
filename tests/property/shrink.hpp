#pragma once

#include <functional>

#include "property/library.hpp"

namespace proviso::property {

/// A case that fails: policies, and one record; or a ledger, as `to_json` writes it.
struct Failure {
  Library library;
  Json record;
};

/// Leaves out clauses, criteria, parts of expressions, declarations and facts for as long as `still_fails` says so.
Failure shrink(Failure failure, const std::function<bool(const Failure&)>& still_fails);

}  // namespace proviso::property
