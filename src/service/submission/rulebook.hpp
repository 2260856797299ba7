#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "check/load.hpp"
#include "input/fhir_mapping.hpp"
#include "model/library.hpp"
#include "service/submission/desk.hpp"

namespace proviso::service {

/// A checked library with what deciding by it needs. It never changes; whoever answers a request keeps the one that he
/// began with, whatever is read meanwhile.
class Rulebook {
 public:
  /// The error is what `check` prints.
  static tl::expected<std::shared_ptr<const Rulebook>, std::string> load(const std::vector<std::string>& paths);

  const model::Library& library() const { return library_; }
  /// For a record that policies are on; null for any other name.
  const Desk* desk(std::string_view record, decide::Explain explain = decide::Explain::reasons) const;
  /// The records that policies are on, in the order of the library.
  const std::vector<std::string>& records() const { return records_; }
  /// How FHIR resources give the facts of a record; null where the library has no `.fhir` file for it.
  const input::FhirMapping* fhir(std::string_view record) const;

 private:
  Rulebook() = default;
  text::Sources sources_;
  model::Library library_;
  std::vector<std::string> records_;
  std::vector<input::FhirMapping> mappings_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, decide::Explain>, std::unique_ptr<Desk>, std::less<>> desks_;
};

/// The rulebook in use, exchanged for a newer one while requests go on.
class Rulebooks {
 public:
  Rulebooks(std::vector<std::string> paths, std::shared_ptr<const Rulebook> first);
  std::shared_ptr<const Rulebook> current() const;
  /// Why a library without errors is not to be used in the place of the one in use; empty: it is.
  using Objection = std::function<std::string(const Rulebook& fresh, const Rulebook& in_use)>;
  /// Reads the library anew. With errors in it, or an objection to it, the old one stays, and they are returned; they
  /// stay readable in `trouble` until a reading succeeds. True: the library is another than before.
  tl::expected<bool, std::string> reload(const Objection& objection = {});
  std::string trouble() const;

 private:
  std::vector<std::string> paths_;
  mutable std::mutex mutex_;
  std::mutex reloading_;
  std::shared_ptr<const Rulebook> current_;
  std::string trouble_;
};

}  // namespace proviso::service
