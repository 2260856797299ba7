#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/fhir.hpp"
#include "service/cds/hook_call.hpp"

namespace proviso::service {

/// The record that is decided for one order.
struct OrderRecord {
  std::string json;
  std::vector<std::string> notes;  ///< what was sent and could not be used, without any value of the patient's
  std::string unused = {};         ///< as "is `cancelled`": why the order itself was not; empty: it was
};

/// Makes records of the orders of one call. The call and the mapping must outlive it.
class OrderRecords {
 public:
  /// An order without a date is written `today`, such as `2026-11-22`.
  OrderRecords(const input::FhirMapping& mapping, const HookCall& call, std::string_view today);

  /// The record of one order, by its number, out of itself, what came along and the prefetch. What another order says
  /// is not used, nor what is said of another patient. Its id, where the mapping does not bring one such as a booking
  /// reference, is made of the client's name, the patient and the order: so the same order asked about twice is one
  /// referral, and those of two patients are two. An appointment has that of the request that it is for. Nothing where
  /// the order cannot be read.
  std::optional<OrderRecord> read(std::size_t number, std::string_view client);

 private:
  const input::FhirMapping& mapping_;
  const HookCall& call_;
  input::FhirReader reader_;
  std::vector<std::string> ids_;    ///< by which each order is found; of the call's own, or made
  std::vector<std::string> notes_;  ///< on the whole call
  bool open_ = false;

  void name_orders();
  void open(std::string_view today);
};

/// In one sentence, where the call speaks of two patients as if they were one: an order says that it is for somebody
/// else than the patient of the call, or the patient that was sent along is somebody else. Empty where it does not.
std::string mixed_patients(const HookCall& call);

}  // namespace proviso::service
