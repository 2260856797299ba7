#include "service/cds/hook_call.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "input/fhir_mapping.hpp"

namespace proviso::service {
namespace {

/// More than a clinician signs at once. Each is a decision that is kept.
constexpr std::size_t most_orders = 100;

/// Reads a call whose JSON is sound. Where something is wrong, `problem` says so.
class CallReader {
 public:
  explicit CallReader(JsonPiece body) : body_(body) {}

  tl::expected<HookCall, std::string> read(std::string_view service) {
    if (!body_.is_object()) return tl::unexpected(std::string("the body is not a JSON object"));
    fail_where_repeated(body_, "the body");
    read_hook(service);
    if (body_.text_of("hookInstance").empty()) fail("`hookInstance` is a text, and not empty");
    const JsonPiece context = body_.member("context");
    if (!context.is_object()) fail("`context` is an object");
    fail_where_repeated(context, "`context`");
    if (context.text_of("userId").empty()) fail("`context.userId` is a text, and not empty");
    call_.patient = without_type(context.text_of("patientId"));
    if (call_.patient.empty()) fail("`context.patientId` is a text, and not empty");
    if (call_.hook == Hook::appointment_book) {
      read_appointments(context.member("appointments"));
    } else {
      read_orders(context);
    }
    read_prefetch();
    const JsonPiece extension = body_.member("extension");
    fail_where_repeated(extension, "`extension`");
    read_wishes(extension.member("davinci-crd.configuration"));
    if (call_.focus.size() > most_orders) fail(fmt::format("a call takes at most {} orders", most_orders));
    if (!problem_.empty()) return tl::unexpected(std::move(problem_));
    return std::move(call_);
  }

 private:
  JsonPiece body_;
  HookCall call_;
  std::string problem_;

  void fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  void read_hook(std::string_view service) {
    const std::string hook = body_.text_of("hook");
    const auto found = std::find_if(hook_services.begin(), hook_services.end(), [&](const HookService& each) {
      return each.id == service && spelling(each.hook) == hook;
    });
    if (found == hook_services.end()) return fail("`hook` is not one that this service is for");
    call_.hook = found->hook;
  }

  void read_orders(JsonPiece context) {
    const JsonPiece orders = context.member("draftOrders");
    if (!is_bundle(orders)) return fail("`context.draftOrders` is a Bundle");
    sort_bundle(orders);
    if (call_.hook == Hook::order_select) keep_selected(context.member("selections"));
  }

  /// A Bundle, as the specification says; a list, as its examples show; or one alone.
  void read_appointments(JsonPiece appointments) {
    if (appointments.is_array()) {
      for (const JsonPiece each : appointments.elements()) {
        if (is_bundle(each)) {
          sort_bundle(each);
        } else {
          sort_alone(each);
        }
      }
    } else if (is_bundle(appointments)) {
      sort_bundle(appointments);
    } else if (appointments.text_of("resourceType") == "Appointment") {
      sort_alone(appointments);
    } else {
      fail("`context.appointments` is a Bundle or a list of Appointments");
    }
  }

  /// Some write the reference in the place of the id.
  static std::string without_type(const std::string& id) {
    constexpr std::string_view type = "Patient/";
    return id.substr(0, type.size()) == type ? id.substr(type.size()) : id;
  }

  /// Of what is handed on to be read as FHIR the reader says so itself.
  void fail_where_repeated(JsonPiece object, std::string_view what) {
    if (object.repeats_a_name()) fail(fmt::format("{} has a member twice", what));
  }

  static bool is_bundle(JsonPiece piece) { return piece.text_of("resourceType") == "Bundle"; }

  void sort_bundle(JsonPiece bundle) {
    fail_where_repeated(bundle, "a Bundle of `context`");
    for (const JsonPiece entry : bundle.member("entry").elements()) {
      fail_where_repeated(entry, "an entry of a Bundle of `context`");
      const JsonPiece resource = entry.member("resource");
      if (is_focus(resource)) {
        add_focus(resource, entry.text_of("fullUrl"));
      } else if (comes_along(resource)) {
        call_.entries.push_back(entry);
      }
    }
  }
  void sort_alone(JsonPiece resource) {
    if (is_focus(resource)) {
      add_focus(resource, {});
    } else if (comes_along(resource)) {
      call_.resources.push_back(resource);
    }
  }

  bool is_focus(JsonPiece resource) const {
    const std::string type = resource.text_of("resourceType");
    return input::is_request(type) && (type == "Appointment") == (call_.hook == Hook::appointment_book);
  }
  void add_focus(JsonPiece resource, std::string full_url) {
    call_.focus.push_back({resource, std::move(full_url), resource.text_of("resourceType"), resource.text_of("id")});
  }
  /// No other order says anything about an order; of an appointment the order is what it is for.
  bool comes_along(JsonPiece resource) const {
    return resource.is_object() &&
           (call_.hook == Hook::appointment_book || !input::is_request(resource.text_of("resourceType")));
  }

  void keep_selected(JsonPiece selections) {
    if (!selections.is_array()) return fail("`context.selections` is a list of texts");
    std::vector<std::string> selected;
    for (const JsonPiece each : selections.elements()) {
      if (!each.is_text()) return fail("`context.selections` is a list of texts");
      selected.push_back(each.as_text());
    }
    const auto is_selected = [&](const FocusOrder& order) {
      return std::any_of(selected.begin(), selected.end(), [&](const std::string& each) {
        return !each.empty() && (each == order.reference() || each == order.id || each == order.full_url);
      });
    };
    std::vector<FocusOrder> focus;
    for (FocusOrder& order : call_.focus) {
      if (is_selected(order)) focus.push_back(std::move(order));
    }
    call_.focus = std::move(focus);
  }

  void read_prefetch() {
    const JsonPiece prefetch = body_.member("prefetch");
    if (prefetch.exists() && !prefetch.is_null() && !prefetch.is_object()) return fail("`prefetch` is an object");
    fail_where_repeated(prefetch, "`prefetch`");
    for (const auto& [key, value] : prefetch.members()) {
      if (value.is_empty() || !(value.is_object() || value.is_array())) continue;
      if (value.text_of("resourceType") == "OperationOutcome") continue;
      call_.resources.push_back(value);
      call_.prefetched = true;
    }
  }

  /// What is no value of an option leaves it as it is.
  void read_wishes(JsonPiece configuration) {
    fail_where_repeated(configuration, "`davinci-crd.configuration`");
    const auto read = [&](std::string_view code, bool& wish) {
      const JsonPiece value = configuration.member(code);
      if (value.text == "true" || value.text == "false") wish = value.text == "true";
    };
    read("coverage-info", call_.wishes.coverage);
    read("not-funded", call_.wishes.not_funded);
    read("information-needed", call_.wishes.information_needed);
    read("approved", call_.wishes.approved);
    const std::string_view most = configuration.member("max-cards").text;
    std::size_t number = 0;
    const auto end = std::from_chars(most.data(), most.data() + most.size(), number);
    if (!most.empty() && end.ec == std::errc() && end.ptr == most.data() + most.size())
      call_.wishes.most_cards = number;
  }
};

}  // namespace

std::string_view spelling(Hook hook) {
  switch (hook) {
    case Hook::order_select:
      return "order-select";
    case Hook::order_sign:
      return "order-sign";
    case Hook::appointment_book:
      return "appointment-book";
  }
  return "";
}

bool is_service(std::string_view id) {
  return std::any_of(hook_services.begin(), hook_services.end(),
                     [&](const HookService& each) { return each.id == id; });
}

tl::expected<HookCall, std::string> read_hook_call(std::string_view body, std::string_view service) {
  if (!is_sound_json(body)) return tl::unexpected(std::string("the body is not JSON, or is nested too deep"));
  return CallReader(json_piece(body)).read(service);
}

}  // namespace proviso::service
