#include "service/submission/desk.hpp"

#include <algorithm>
#include <iterator>

#include "input/record_errors.hpp"
#include "model/authorisation.hpp"
#include "output/json_text.hpp"
#include "text/diagnostic.hpp"
#include "value/calendar.hpp"

namespace proviso::service {
namespace {

/// The day that decides, where the measurement is from after it.
std::optional<std::int32_t> made_after(const program::Chunk& chunk, const decide::Decision& decision,
                                       const decide::Need& need) {
  if (!need.out_of_date || !decision.has_date) return std::nullopt;
  const program::Column& column = chunk.column(need.fact);
  const bool later = program::bit(column.has_date, 0) && column.measured_on[0] > decision.on;
  return later ? std::optional(decision.on) : std::nullopt;
}

/// What there is to say of a record that could not be read.
Decided unreadable(const input::RecordError& error) {
  Decided decided;
  const std::string code = text::code_name(error.code);
  decided.given_id = error.id;
  decided.result = '{';
  output::JsonWriter::append_members(decided.result, {{}, error.line, code, error.field, error.message});
  return decided;
}

}  // namespace

Decided refused(input::Flaw flaw) { return unreadable(input::error_of({0, 0, 1, flaw})); }

/// The memory that deciding needs, used again for each record.
struct Desk::Worker {
  explicit Worker(const decide::Engine& engine)
      : reader(input::make_json_reader(engine.library(), engine.record_index())),
        chunk(engine.library(), engine.record_index()),
        decider(engine) {}

  std::unique_ptr<input::RecordReader> reader;
  program::Chunk chunk;
  decide::Decider decider;
  decide::Decisions decisions;
  input::Block block;
  input::Results results;
  std::string text;
};

Desk::Desk(const model::Library& library, std::string_view record, decide::Explain explain)
    : engine_(library, record, {.policies = {}, .on = {}, .explain = explain}),
      json_(engine_),
      json_without_identifiers_(engine_, output::Identifiers::withheld),
      facts_(library, engine_.record_index()) {
  find_facts();
  kept_ = find_kept(true);
  kept_without_identifiers_ = find_kept(false);
  find_bound();
}

Desk::~Desk() = default;

/// What says whether a policy applies is read for every record; what its clauses ask, where it does apply.
void Desk::find_facts() {
  const model::Record& record = engine_.record();
  always_read_.assign(record.facts.size(), false);
  for (const decide::Version& version : engine_.versions()) {
    for (const model::FactId fact : version.applies_facts.all) always_read_[fact] = true;
  }
  all_read_ = always_read_;
  for (const decide::Version& version : engine_.versions()) {
    for (const decide::Facts& clause : version.clause_facts) {
      for (const model::FactId fact : clause.all) all_read_[fact] = true;
    }
  }
  for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
    if (record.facts[fact].nhs_number && record.facts[fact].level == 0 && patient_ == model::none) patient_ = fact;
  }
  treated_ = record.find(0, "treated");
}

Desk::Kept Desk::find_kept(bool identifiers) const {
  const model::Record& record = engine_.record();
  const auto kept_of = [&](std::vector<bool> read) {
    for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
      // A fact of elements is reached through its lists.
      for (model::LevelId level = record.facts[fact].level; read[fact] && level != 0;
           level = record.levels[level].parent) {
        read[record.levels[level].list] = true;
      }
    }
    for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
      // What relations bring was not given.
      const model::Fact& declared = record.facts[fact];
      const bool identifies = declared.nhs_number || fact == record.identifier;
      if (declared.relation != model::none || (identifies && !identifiers)) read[fact] = false;
    }
    return facts_.written(read);
  };
  Kept kept;
  kept.always = kept_of(always_read_);
  for (const decide::Version& version : engine_.versions()) {
    std::vector<bool> read(record.facts.size(), false);
    for (const decide::Facts& clause : version.clause_facts) {
      for (const model::FactId fact : clause.all) read[fact] = true;
    }
    for (const decide::PaymentHead& payment : version.payments) {
      for (const model::FactId fact : payment.facts.all) read[fact] = true;
    }
    kept.by_version.push_back(kept_of(std::move(read)));
  }
  return kept;
}

void Desk::find_bound() {
  const model::Library& library = engine_.library();
  for (std::uint32_t i = 0; i < library.thresholds.size(); ++i) {
    const model::Threshold& threshold = library.thresholds[i];
    if (threshold.name == model::authorisation_validity && threshold.type.kind == value::Kind::duration) validity_ = i;
  }
  std::vector<bool> bound(engine_.record().facts.size(), false);
  for (const model::FactId fact : model::bound_facts(library, engine_.record())) bound[fact] = true;
  bound_ = facts_.written(bound);
  for (model::FactId fact = 0; fact < bound.size(); ++fact) bound[fact] = bound[fact] && !is_of_patient(fact);
  bound_without_patient_ = facts_.written(bound);
}

std::unique_ptr<Desk::Worker> Desk::take() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto worker = std::move(idle_.back());
      idle_.pop_back();
      return worker;
    }
  }
  return std::make_unique<Worker>(engine_);
}

/// Not every database has texts with a NUL in them: such an id is an error wherever it would be kept.
void Desk::check_identifier(Worker& worker) const {
  const model::FactId identifier = engine_.record().identifier;
  const std::string id = text_of(worker.chunk, identifier);
  if (id.find('\0') == std::string::npos) return;
  input::RecordError& error = worker.results.errors.emplace_back();
  error.code = text::Code::mistyped_field;
  error.field = engine_.record().facts[identifier].path;
  error.message = "found a NUL character, expected text without one";
  error.id = output::as_json(id);
  error.line = 1;
}

Decided Desk::decide(std::string_view json, const ApprovalTerms& terms) const {
  auto worker = take();
  worker->chunk.clear();
  worker->results.clear();
  input::Block& block = worker->block;
  block.bytes.assign(json);
  block.bytes += '\n';
  block.bytes.append(input::block_padding, ' ');
  block.records.assign(1, {0, json.size(), 1, input::Flaw::none});
  worker->reader->forget_undeclared();
  worker->reader->read(block, worker->chunk, worker->results);
  if (worker->results.errors.empty()) put_withheld(worker->chunk, terms);
  worker->chunk.finish();
  if (worker->results.errors.empty()) check_identifier(*worker);
  Decided decided;
  if (!worker->results.errors.empty()) {
    decided = unreadable(worker->results.errors.front());
  } else {
    worker->decider.decide(worker->chunk, worker->decisions);
    describe(*worker, terms, decided);
  }
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(worker));
  return decided;
}

/// Stand-ins: that there was one is all that can have mattered, for no policy names a patient or a referral.
void Desk::put_withheld(program::Chunk& chunk, const ApprovalTerms& terms) const {
  const auto put = [&](model::FactId fact, std::string_view text) {
    if (fact == model::none || program::bit(chunk.column(fact).known, 0)) return;
    chunk.set_value(fact, 0, chunk.text_number(text));
  };
  if (terms.withheld_patient) put(patient_, "a withheld number");
  if (terms.withheld_id) put(engine_.record().identifier, "a withheld id");
}

std::string Desk::text_of(const program::Chunk& chunk, model::FactId fact) const {
  if (fact == model::none || !program::bit(chunk.column(fact).known, 0)) return {};
  return std::string(chunk.text_of(chunk.column(fact).narrow[0]));
}

void Desk::describe(Worker& worker, const ApprovalTerms& terms, Decided& decided) const {
  const program::Chunk& chunk = worker.chunk;
  decided.readable = true;
  decided.id = text_of(chunk, engine_.record().identifier);
  decided.patient = text_of(chunk, patient_);
  decided.outcome = worker.decisions.records.front().outcome;
  std::string& text = worker.text;
  text = '{';
  const bool keeps = terms.keep_identifiers;
  (keeps ? json_ : json_without_identifiers_).append_members(text, chunk, worker.decisions, 0, 1);
  decided.result = text;
  text.clear();
  facts_.append(text, chunk, 0, facts_read(keeps ? kept_ : kept_without_identifiers_, worker.decisions));
  decided.facts = text;
  decided.undeclared.assign(worker.reader->undeclared_fields().begin(), worker.reader->undeclared_fields().end());
  decided.likeness = likeness(worker.decisions);
  add_needs(worker, decided);
  // What one policy approves is not approved while another refuses, asks for more, or leaves it to a person.
  if (decided.outcome == model::Outcome::approve) add_approvals(worker, terms, decided);
}

std::uint64_t Desk::likeness(const decide::Decisions& decisions) {
  std::uint64_t mixed = 1;
  const auto mix = [&](std::uint64_t value) { mixed = (mixed ^ value) * 0x9e3779b97f4a7c15; };
  for (const decide::Decision& decision : decisions.decisions) {
    mix(decision.version);
    mix(static_cast<std::uint64_t>(decision.outcome));
  }
  return mixed == 0 ? 1 : mixed;
}

output::WrittenFacts Desk::facts_read(const Kept& kept, const decide::Decisions& decisions) {
  output::WrittenFacts read = kept.always;
  for (const decide::Decision& decision : decisions.decisions) read.add(kept.by_version[decision.version]);
  return read;
}

/// Whether it is what identifies the patient, or stands beside that: `patient.nhs_number`, `patient.born`.
bool Desk::is_of_patient(model::FactId fact) const {
  if (patient_ == model::none) return false;
  const std::string& number = engine_.record().facts[patient_].path;
  const std::size_t dot = number.rfind('.');
  if (dot == std::string::npos) return fact == patient_;
  return engine_.record().facts[fact].path.rfind(number.substr(0, dot + 1), 0) == 0;
}

/// What says where and when comes first, for on that depends which policies there are; then what most decisions wait
/// for; then the order of the policies.
void Desk::add_needs(const Worker& worker, Decided& decided) const {
  const decide::Decisions& decisions = worker.decisions;
  const auto add_once = [](std::vector<std::string>& texts, std::string_view text) {
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.emplace_back(text);
  };
  for (std::uint32_t each = decisions.records.front().first; each != model::none;
       each = decisions.decisions[each].next) {
    const decide::Decision& decision = decisions.decisions[each];
    const decide::Version& version = engine_.versions()[decision.version];
    for (std::uint32_t i = 0; i < decision.needs.count; ++i) {
      const decide::Need& need = decisions.needs[decision.needs.first + i];
      auto place = std::find_if(decided.needs.begin(), decided.needs.end(),
                                [&](const Needed& needed) { return needed.fact == need.fact; });
      if (place == decided.needs.end()) {
        const auto after = made_after(worker.chunk, decision, need);
        place = decided.needs.insert(place, Needed{need.fact, need.out_of_date, {}, {}, after});
      }
      for (std::uint32_t why = need.first_why; why != model::none; why = decisions.whys[why].next) {
        add_once(place->why, version.items[decisions.whys[why].item].label);
      }
      add_once(place->policy, version.policy->label);
    }
  }
  const auto urgency = [&](const Needed& needed) {
    return std::pair(!always_read_[needed.fact], -static_cast<int>(needed.policy.size()));
  };
  std::stable_sort(decided.needs.begin(), decided.needs.end(),
                   [&](const Needed& a, const Needed& b) { return urgency(a) < urgency(b); });
}

void Desk::add_approvals(const Worker& worker, const ApprovalTerms& terms, Decided& decided) const {
  const decide::Decisions& decisions = worker.decisions;
  const program::Chunk& chunk = worker.chunk;
  for (std::uint32_t each = decisions.records.front().first; each != model::none;
       each = decisions.decisions[each].next) {
    const decide::Decision& decision = decisions.decisions[each];
    const decide::Version& version = engine_.versions()[decision.version];
    const bool authorises = version.form->category == model::Category::prior_approval && !decision.category_is_open;
    if (decision.outcome != model::Outcome::approve || !authorises) continue;
    Authorisation approval;
    approval.record = engine_.record().name;
    approval.policy = version.policy->full_name();
    if (version.policy->has_start) approval.version = value::format_date(version.policy->effective.first);
    if (decision.place != model::none) approval.place = engine_.library().places[decision.place].name;
    approval.bound.clear();
    facts_.append(approval.bound, chunk, 0, terms.keep_identifiers ? bound_ : bound_without_patient_);
    approval.decided = value::format_date(terms.today);
    std::int32_t first = terms.today;
    if (treated_ != model::none && program::bit(chunk.column(treated_).known, 0)) {
      const std::int32_t treated = chunk.column(treated_).narrow[0];
      approval.retrospective = treated < terms.today;
      first = std::min(first, treated);
    }
    approval.valid_from = value::format_date(first);
    approval.valid_to = last_day(decision, terms.today);
    decided.approvals.push_back(std::move(approval));
  }
}

/// The last day on which an authorisation of today is good: the day before as many months, or days, have passed.
std::string Desk::last_day(const decide::Decision& decision, std::int32_t first) const {
  if (validity_ == model::none) return {};
  const model::Library& library = engine_.library();
  const model::ThresholdValue* validity = library.in_force(library.thresholds[validity_], decision.place, first);
  if (validity == nullptr || !validity->constant.known) return {};
  std::int32_t last = 0;
  const bool reached = validity->constant.type.duration == value::DurationKind::months
                           ? value::add_months(first, validity->constant.bits, last)
                           : value::add_days(first, validity->constant.bits, last);
  return reached ? value::format_date(last - 1) : std::string();
}

void append_result(std::string& out, const Decided& decided, std::uint64_t line) {
  out += "{\"id\": ";
  if (decided.readable) {
    output::append_json_or_null(out, decided.id);
  } else {
    out += decided.given_id;
  }
  out += ", ";
  // Each is decided, and kept, as if it stood alone: so the same record is kept alike wherever it stood.
  constexpr std::string_view alone = "\"line\": 1";
  const std::size_t at = decided.result.find(alone);
  out.append(decided.result, 1, at + alone.size() - 2);
  out += std::to_string(line);
  out.append(decided.result, at + alone.size());
}

}  // namespace proviso::service
