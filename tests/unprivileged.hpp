#pragma once

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace proviso {

/// While it lives the program may do what anybody may, also where the tests are run by somebody who may do all.
class Unprivileged {
 public:
  Unprivileged() : was_(geteuid()) {
    if (was_ == 0 && seteuid(nobody) != 0) throw std::runtime_error("privileges cannot be given up");
  }
  ~Unprivileged() {
    if (was_ == 0 && seteuid(was_) != 0) std::abort();
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

 private:
  static constexpr uid_t nobody = 65534;
  uid_t was_;
};

}  // namespace proviso
