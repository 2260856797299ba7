#include <fmt/format.h>

#include "output/json_text.hpp"
#include "settle/report_words.hpp"
#include "settle/reports.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

using output::as_json;

std::string money(std::int64_t amount) { return "\"" + plain_pounds(amount) + "\""; }
std::string percent(std::int64_t share) { return as_json(value::format_percent(share)); }
std::string date(std::int32_t day) { return "\"" + value::format_date(day) + "\""; }

class JsonReport {
 public:
  JsonReport(std::string& out, const model::Library& library, const std::vector<std::string>& part, bool with_lines)
      : out_(out), library_(library), part_(part), with_lines_(with_lines) {}

  void append(const Settlement& settlement) {
    const model::Agreement& agreement = library_.agreements[settlement.agreement];
    append_start(agreement);
    member("period", as_json(settlement.label));
    member("from", date(settlement.days.first));
    member("to", date(settlement.days.last));
    append_parties(agreement, settlement.parties);
    member("lines", std::to_string(settlement.lines));
    member("left_out", std::to_string(settlement.left_out));
    member("corrected", std::to_string(settlement.corrected));
    if (!is_settled(settlement)) {
      member("saving", "null");
    } else if (settlement.excess) {
      member("excess", money(*settlement.excess));
    } else {
      member("saving", money(settlement.saving));
      member("saving_of_lines", money(settlement.saving_of_lines));
      member("saving_of_year", money(settlement.saving_of_year));
      if (settlement.of_years.size() > 1) append_years(settlement.of_years);
    }
    if (settlement.saving_before) member("before", money(*settlement.saving_before));
    if (const auto difference = difference_of(settlement)) member("difference", money(*difference));
    if (!settlement.excess) append_shares(agreement, settlement);
    append_assumed(settlement.assumed);
    append_texts("notes", settlement.notes);
    if (with_lines_) append_detail(agreement, settlement);
    append_end();
  }

  void append(const TargetResult& result) {
    const model::Agreement& agreement = library_.agreements[result.agreement];
    const model::Agreement::Target& target = agreement.targets[result.target];
    append_start(agreement);
    member("target", as_json(target.name));
    member("label", as_json(target.label));
    append_parties(agreement, result.parties);
    member("by", date(target.by));
    member("counted", std::to_string(result.counted));
    member("met", std::to_string(result.met));
    member("left_out", std::to_string(result.left_out));
    member("share", percent(result.share));
    member("at_least", percent(target.at_least));
    member("reached", result.reached ? *result.reached ? "true" : "false" : "null");
    append_texts("notes", result.notes);
    append_end();
  }

  /// Where there is neither a settlement nor a target: that a file is empty may also mean that it was not written.
  void append_nothing() {
    out_ += '{';
    member("settlements", "[]");
    append_end();
  }

 private:
  std::string& out_;
  const model::Library& library_;
  const std::vector<std::string>& part_;
  bool with_lines_;

  /// `json` is a value already.
  void member(std::string_view name, std::string_view json) {
    if (out_.back() != '{') out_ += ", ";
    out_ += '"';
    out_ += name;
    out_ += "\": ";
    out_ += json;
  }

  void append_start(const model::Agreement& agreement) {
    out_ += '{';
    member("agreement", as_json(agreement.lines.full_name()));
  }

  void append_end() {
    if (!part_.empty()) append_texts("part", part_);
    member("library", as_json(library_.digest));
    out_ += "}\n";
  }

  void append_texts(std::string_view name, const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + as_json(text);
    member(name, "[" + list + "]");
  }

  void append_parties(const model::Agreement& agreement, const std::vector<std::string>& parties) {
    member("parties", "{");
    for (std::size_t i = 0; i < parties.size(); ++i) {
      member(as_inside(agreement.parties[i].name), as_json(plain_value(parties[i])));
    }
    out_ += '}';
  }

  static std::string as_inside(std::string_view text) {
    std::string inside;
    output::append_json_inside(inside, text);
    return inside;
  }

  void append_assumed(const std::vector<AssumedFact>& facts) {
    member("assumed", "[");
    for (const AssumedFact& each : facts) {
      if (out_.back() != '[') out_ += ", ";
      out_ += fmt::format("{{\"fact\": {}, \"value\": {}, \"lines\": {}}}", as_json(each.fact.name),
                          as_json(each.fact.value), each.lines);
    }
    out_ += ']';
  }

  void append_years(const std::vector<PartOfSaving>& parts) {
    member("years", "[");
    for (const PartOfSaving& part : parts) {
      if (out_.back() != '[') out_ += ", ";
      out_ += fmt::format("{{\"from\": {}, \"saving\": {}, \"saving_of_year\": {}}}", date(part.year),
                          money(part.saving), money(part.saving_of_year));
    }
    out_ += ']';
  }

  void append_shares(const model::Agreement& agreement, const Settlement& settlement) {
    member("shares", "[");
    for (const Share& share : settlement.shares) {
      if (out_.back() != '[') out_ += ", ";
      out_ += '{';
      member("party", as_json(agreement.parties[share.party].name));
      member("share", as_json(spell_share(agreement, settlement, share)));
      member("amount", money(share.amount));
      member("deducted", money(share.deducted));
      member("net", money(share.net));
      if (share.before) member("before", money(*share.before));
      if (share.difference) member("difference", money(*share.difference));
      if (share.parts.size() > 1) append_parts(share);
      if (share.capped != 0) member("capped", money(share.capped));
      out_ += '}';
    }
    out_ += ']';
  }

  void append_parts(const Share& share) {
    member("tiers", "[");
    for (const Share::Part& part : share.parts) {
      if (out_.back() != '[') out_ += ", ";
      out_ += fmt::format("{{\"saving\": {}, \"share\": {}}}", money(part.saving), percent(part.percent));
    }
    out_ += ']';
  }

  void append_detail(const model::Agreement& agreement, const Settlement& settlement) {
    member("detail", "[");
    for (const StatementLine& line : settlement.detail) {
      if (out_.back() != '[') out_ += ", ";
      out_ += '{';
      member("id", as_json(line.id));
      if (!line.input.empty()) member("input", as_json(line.input));
      member("line", std::to_string(line.line));
      member("on", date(line.on));
      append_values("values", "name", line.values);
      if (!line.assumed.empty()) append_values("assumed", "fact", line.assumed);
      if (line.left_out.empty()) {
        member(settlement.excess ? "excess" : "saving", money(line.saving));
        append_deducted(agreement, line);
      } else {
        member("left_out", as_json(line.left_out));
      }
      if (line.corrected) member("corrected", "true");
      out_ += '}';
    }
    out_ += ']';
  }

  void append_values(std::string_view list, std::string_view name, const std::vector<NamedValue>& values) {
    member(list, "[");
    for (const NamedValue& value : values) {
      if (out_.back() != '[') out_ += ", ";
      out_ += fmt::format("{{\"{}\": {}, \"value\": {}}}", name, as_json(value.name), as_json(value.value));
    }
    out_ += ']';
  }

  void append_deducted(const model::Agreement& agreement, const StatementLine& line) {
    if (line.deducted.empty()) return;
    member("deducted", "[");
    for (std::size_t i = 0; i < line.deducted.size(); ++i) {
      if (i > 0) out_ += ", ";
      const model::Agreement::Deduction& deduction = agreement.deductions[i];
      out_ +=
          fmt::format("{{\"party\": {}, \"of\": {}, \"amount\": {}}}", as_json(agreement.parties[deduction.party].name),
                      as_json(deduction.expression), money(line.deducted[i]));
    }
    out_ += ']';
  }
};

}  // namespace

std::string statement_json(const model::Library& library, const Statement& statement, bool with_lines) {
  std::string out;
  JsonReport report(out, library, statement.part, with_lines);
  for (const Settlement& settlement : statement.settlements) report.append(settlement);
  for (const TargetResult& target : statement.targets) report.append(target);
  if (out.empty()) report.append_nothing();
  return out;
}

}  // namespace proviso::settle
