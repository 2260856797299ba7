#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/cds/json_pieces.hpp"
#include "service/submission/rulebook.hpp"

/// What a card says of a decision, as GitHub flavoured Markdown.
namespace proviso::service {

/// The text where Markdown would take none of it for its own marks, on one line.
std::string as_markdown(std::string_view text);

/// Addresses of pages of the service; empty where nobody said how clients reach it.
struct Pages {
  std::string base_url;  ///< without a slash at its end

  /// Where a check is begun, with the draft of that name where there is one.
  std::string check(std::string_view draft) const;
  /// The policy as it holds there and then.
  std::string policy(const Json& decision) const;
};

/// Whether the criteria are met, and it is not known whether an authorisation is needed: the policy's category depends
/// on the place, which is missing.
bool may_need_authorisation(const Json& decision);

/// `Does not meet the policy criteria for routine funding`, or what the category of a policy without criteria says.
std::string refusal(const Json& decision);

/// Explains decisions of one library's policies on one record. A decision is one of the list in the result that
/// `decide` prints. Identifiers of the patient are never among what it says.
class Explanation {
 public:
  Explanation(const model::Library& library, const model::Record& record, const Pages& pages)
      : library_(library), record_(record), pages_(pages) {}

  /// `Breast reduction`.
  std::string label(const Json& decision) const;
  /// `Breast reduction, South Sefton`.
  std::string source(const Json& decision) const;

  std::string refused(const Json& decision) const;
  std::string reviewed(const Json& decision) const;
  std::string approved(const Json& decision) const;
  /// `decisions`: those that wait for what is needed.
  std::string needed(const std::vector<Needed>& needs, const std::vector<const Json*>& decisions) const;
  /// What policies say whose outcome is not that of the whole result; empty where they add nothing to it.
  std::string others(const Json& result) const;

 private:
  const model::Library& library_;
  const model::Record& record_;
  const Pages& pages_;

  const model::Policy* policy(const Json& decision) const;
  void append_criteria(std::string& out, const Json& decision) const;
  void append_values(std::string& out, const Json& criterion) const;
  static void append_change(std::string& out, const Json& decision);
  void append_assumed(std::string& out, const Json& decision) const;
  void append_sources(std::string& out, const Json& decision) const;
};

}  // namespace proviso::service
