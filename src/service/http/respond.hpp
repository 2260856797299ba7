#pragma once

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "service/http/message.hpp"

namespace proviso::service {

/// Work on its way to the thread that has a request's connection.
class Errand {
 public:
  Errand() = default;
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;
  virtual ~Errand() = default;
  virtual void run() = 0;
};

/// Gives the answer to one request, once, from any thread, now or later. A connection that is closed meanwhile drops
/// it. A request whose last copy of this is gone without an answer gets 500.
class Respond {
 public:
  /// Where the answer goes.
  class Way {
   public:
    Way() = default;
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;
    virtual ~Way() = default;
    virtual void give(Response&& response) = 0;
    /// On the thread of the connection; not at all where that was closed. What the errand throws is dropped with it.
    virtual void run(std::shared_ptr<Errand> errand) = 0;
  };

  Respond() = default;
  explicit Respond(std::shared_ptr<Way> way) : way_(std::move(way)) {}
  /// To a function, and errands are run where they are brought.
  template <typename Take, typename = std::enable_if_t<std::is_invocable_v<Take&, Response>>>
  Respond(Take take) : way_(std::make_shared<Function>(std::move(take))) {}  // NOLINT(google-explicit-constructor)

  void operator()(Response response) const { way_->give(std::move(response)); }
  /// For what must not be done where it became known that the answer can be given.
  void run(std::shared_ptr<Errand> errand) const { way_->run(std::move(errand)); }

 private:
  class Function final : public Way {
   public:
    explicit Function(std::function<void(Response)> take) : take_(std::move(take)) {}
    void give(Response&& response) override { take_(std::move(response)); }
    void run(std::shared_ptr<Errand> errand) override { errand->run(); }

   private:
    std::function<void(Response)> take_;
  };

  std::shared_ptr<Way> way_;
};

}  // namespace proviso::service
