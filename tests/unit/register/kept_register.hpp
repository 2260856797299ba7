#pragma once

#include <catch2/catch.hpp>

#include "sample.hpp"

/// A register with something in it, to be tampered with.
namespace proviso::service::sample {

using Faults = std::vector<std::string>;

/// A table without its constraints, as it would be after somebody rebuilt it.
inline void rebuild(const Place& place, const std::string& table, const std::string& from = "SELECT *") {
  place.tamper("CREATE TABLE rebuilt AS " + from + " FROM " + table + "; DROP TABLE " + table +
               (place.where().starts_with("postgres") ? " CASCADE" : "") + "; ALTER TABLE rebuilt RENAME TO " + table);
}

/// A register of twelve entries, of which those with an even number issued an authorisation each.
class Kept {
 public:
  explicit Kept(const std::string& kind) : place_(kind) {
    const auto kept = place_.open();
    for (int i = 1; i <= 12; ++i) {
      const std::string referral = "R" + std::to_string(i);
      const Receipt receipt = write(*kept, i % 2 == 0 ? approved(referral) : decision(referral));
      codes_.push_back(i % 2 == 0 ? receipt.entry.codes[0] : "");
      last_ = receipt.entry.digest;
    }
    REQUIRE(kept->use(code(2), "spell 1", "", "2026-12-01").value() == Change::done);
    REQUIRE(kept->withdraw(code(4), "", "").value() == Change::done);
    REQUIRE(found(*kept).faults.empty());
  }

  const std::string& code(std::size_t entry) const { return codes_[entry - 1]; }
  const std::string& last() const { return last_; }
  std::vector<std::string> tamper(const std::string& script) const { return place_.tamper(script); }
  Faults faults() const { return found(*place_.open()).faults; }
  Faults faults_after(const std::string& script) const {
    tamper(script);
    return faults();
  }
  std::unique_ptr<Register> open() const { return place_.open(); }

  void without_constraints(const std::string& table) const { rebuild(place_, table); }

 private:
  Place place_;
  std::vector<std::string> codes_;
  std::string last_;
};

inline Kept kept_somewhere() { return Kept(GENERATE(from_range(kinds()))); }

}  // namespace proviso::service::sample
