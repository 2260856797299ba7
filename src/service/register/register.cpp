#include "service/register/register.hpp"

#include <chrono>
#include <ctime>
#include <future>
#include <utility>

#include "service/register/cursors.hpp"
#include "service/register/readers.hpp"
#include "service/register/records.hpp"
#include "service/register/rules.hpp"
#include "service/register/verify.hpp"
#include "service/register/write_queue.hpp"
#include "value/digest.hpp"

namespace proviso::service {
namespace {

class SubmissionJob final : public WriteQueue::Job {
 public:
  using Done = std::function<void(Register::Result<Receipt>)>;
  SubmissionJob(Submission submission, std::shared_ptr<const Exemplar> exemplar, Done done)
      : submission_(std::move(submission)), exemplar_(std::move(exemplar)), done_(std::move(done)) {}

  Answer<void> write(Writing& writing) override {
    return writing.add(submission_.entry, exemplar_.get(), submission_.approvals)
        .map([this](std::vector<Authorisation>&& given) { given_ = std::move(given); });
  }
  void done() override { done_(Receipt{std::move(submission_.entry), std::move(given_)}); }
  void failed(const std::string& why) override { done_(tl::unexpected(why)); }

 private:
  Submission submission_;
  std::shared_ptr<const Exemplar> exemplar_;
  Done done_;
  std::vector<Authorisation> given_;
};

/// What somebody waits for.
template <typename Value>
class AwaitedJob final : public WriteQueue::Job {
 public:
  using Write = std::function<Answer<Value>(Writing&)>;
  explicit AwaitedJob(Write write) : write_(std::move(write)) {}

  std::future<Register::Result<Value>> result() { return promise_.get_future(); }
  Answer<void> write(Writing& writing) override {
    return write_(writing).map([this](Value value) { value_ = value; });
  }
  void done() override { promise_.set_value(value_); }
  void failed(const std::string& why) override { promise_.set_value(tl::unexpected(why)); }

 private:
  Write write_;
  Value value_{};
  std::promise<Register::Result<Value>> promise_;
};

/// The same for what is the same in every field.
std::string mark_of(std::initializer_list<std::string_view> fields) {
  std::string text;
  for (const std::string_view field : fields) value::append_field(text, field);
  return value::sha256(text);
}

template <typename Value>
Register::Result<Value> told(Answer<Value> answer) {
  return std::move(answer).map_error([](DatabaseError&& error) { return std::move(error.text); });
}

class DatabaseRegister final : public Register {
 public:
  DatabaseRegister(std::unique_ptr<Database> database, const OpenDatabase& open)
      : readers_(open), queue_(std::move(database), open) {}

  void submit(Submission submission, std::function<void(Result<Receipt>)> done) override {
    // Here, and not by the thread that writes: many may bring something at once.
    auto exemplar = pack(packer_, submission.likeness, submission.entry);
    queue_.add(std::make_unique<SubmissionJob>(std::move(submission), std::move(exemplar), std::move(done)));
  }

  Result<std::optional<Authorisation>> authorisation(std::string_view code) override;
  Result<bool> each_authorisation(const std::function<void(const Authorisation&)>& take) override;
  Result<Change> use(std::string_view code, std::string_view reference, std::string_view by,
                     std::string_view today) override;
  Result<Change> withdraw(std::string_view code, std::string_view reason, std::string_view by) override;

  Result<bool> is_empty() override;
  Result<std::optional<LogEntry>> entry(std::string_view id) override;
  Result<bool> each_entry(const std::function<void(const LogEntry&)>& take) override;
  Result<Found> verify() override { return told(verify_register(readers_)); }

  Result<bool> add_feedback(std::string_view service, std::string_view card, std::string_view outcome,
                            std::string_view detail, std::string_view at) override;
  Result<bool> first_use(std::string_view issuer, std::string_view identifier, std::int64_t until) override;
  std::string trouble() override;

 private:
  template <typename Value>
  std::future<Result<Value>> start(std::function<Answer<Value>(Writing&)> write) {
    auto job = std::make_unique<AwaitedJob<Value>>(std::move(write));
    auto result = job->result();
    queue_.add(std::move(job));
    return result;
  }

  Packer packer_;
  Readers readers_;
  WriteQueue queue_;
};

Register::Result<std::optional<Authorisation>> DatabaseRegister::authorisation(std::string_view code) {
  std::optional<Authorisation> found;
  return told(readers_
                  .read([&](Database& database) {
                    return find_authorisation(database, Statement::authorisation_by_code, code)
                        .map([&](std::optional<Authorisation>&& read) { found = std::move(read); });
                  })
                  .map([&] { return std::move(found); }));
}

Register::Result<bool> DatabaseRegister::is_empty() {
  bool empty = true;
  return told(readers_
                  .read([&](Database& database) {
                    return database.run(Statement::head, {}, [&](Database::Row row) { empty = number_of(row[0]) == 0; })
                        .map([](std::size_t) {});
                  })
                  .map([&] { return empty; }));
}

Register::Result<std::optional<LogEntry>> DatabaseRegister::entry(std::string_view id) {
  std::optional<LogEntry> found;
  return told(
      readers_
          .read([&](Database& database) {
            return find_entry(database, id).map([&](std::optional<LogEntry>&& read) { found = std::move(read); });
          })
          .map([&] { return std::move(found); }));
}

Register::Result<bool> DatabaseRegister::each_authorisation(const std::function<void(const Authorisation&)>& take) {
  AuthorisationCursor authorisations(readers_);
  while (true) {
    const auto next = authorisations.next();
    if (!next) return tl::unexpected(next.error().text);
    if (*next == nullptr) return true;
    take((*next)->authorisation);
  }
}

Register::Result<bool> DatabaseRegister::each_entry(const std::function<void(const LogEntry&)>& take) {
  EntryCursor entries(readers_);
  while (true) {
    const auto next = entries.next();
    if (!next) return tl::unexpected(next.error().text);
    if (*next == nullptr) return true;
    take(**next);
  }
}

Register::Result<Change> DatabaseRegister::use(std::string_view code, std::string_view reference, std::string_view by,
                                               std::string_view today) {
  const AuthorisationEvent event{AuthorisationEvent::Kind::used, time_now(), std::string(by), std::string(reference)};
  return start<Change>([&](Writing& writing) { return writing.use(code, event, today); }).get();
}

Register::Result<Change> DatabaseRegister::withdraw(std::string_view code, std::string_view reason,
                                                    std::string_view by) {
  const AuthorisationEvent event{AuthorisationEvent::Kind::withdrawn, time_now(), std::string(by), std::string(reason)};
  return start<Change>([&](Writing& writing) { return writing.withdraw(code, event); }).get();
}

Register::Result<bool> DatabaseRegister::add_feedback(std::string_view service, std::string_view card,
                                                      std::string_view outcome, std::string_view detail,
                                                      std::string_view at) {
  const std::string mark = mark_of({service, card, outcome, detail});
  return start<bool>([&](Writing& writing) {
           return writing.database()
               .run(Statement::add_feedback, {mark, service, card, outcome, detail, at})
               .map([](std::size_t added) { return added > 0; });
         })
      .get();
}

Register::Result<bool> DatabaseRegister::first_use(std::string_view issuer, std::string_view identifier,
                                                   std::int64_t until) {
  const std::string mark = mark_of({issuer, identifier});
  const std::string now = std::to_string(std::time(nullptr));
  return start<bool>([&](Writing& writing) {
           return writing.database().run_later(Statement::forget, {now}).and_then([&] {
             return writing.database()
                 .run(Statement::first_use, {mark, std::to_string(until), now})
                 .map([](std::size_t added) { return added > 0; });
           });
         })
      .get();
}

std::string DatabaseRegister::trouble() {
  constexpr std::chrono::seconds patience(5);
  auto beat = start<bool>([](Writing& writing) {
    return writing.database().run(Statement::pulse, {}).map([](std::size_t) { return true; });
  });
  // Nothing of this call is used by the job: it may still be waiting when the call has returned.
  if (beat.wait_for(patience) != std::future_status::ready) return "nothing was written for five seconds";
  const auto written = beat.get();
  return written ? "" : written.error();
}

}  // namespace

bool names_postgres(std::string_view where) {
  return where.starts_with("postgres://") || where.starts_with("postgresql://");
}

tl::expected<std::unique_ptr<Register>, std::string> open_register(const std::string& where) {
  const OpenDatabase open = [where] { return names_postgres(where) ? open_postgres(where) : open_sqlite(where); };
  auto database = open();
  if (!database) return tl::unexpected(database.error().text);
  return std::make_unique<DatabaseRegister>(std::move(*database), open);
}

}  // namespace proviso::service
