#pragma once

#include <string>
#include <vector>

#include "settle/report_tables.hpp"
#include "settle/report_words.hpp"

/// What an agreement reads of the library beside its own text, so that every figure can be worked out from the page.
namespace proviso::settle {

/// The values and codes in force on the days of the account's settlements, where its lines are.
class ValuesRead {
 public:
  ValuesRead(const model::Library& library, const Account& account);

  /// Each threshold with its values, each code list with its codes, and what the record calls the fields read.
  std::vector<Explained> explained() const;
  /// What has changed since the settlement before, or since the first day of all: `base is £90.00 from 1 January 2019`.
  std::vector<std::string> changes_in(const Settlement& settlement) const;

 private:
  /// Days on which one value is in force.
  struct Stretch {
    std::int32_t from = 0;
    std::string value;
    std::string origin;  ///< whose it is, and on what authority; may be empty
  };
  struct Read {
    std::string heading;
    std::string name;
    bool codes = false;
    std::string unverified;
    std::vector<std::vector<Stretch>> places;  ///< by place that the lines may be in
  };
  Account account_;
  std::vector<Read> reads_;
  std::vector<Explained> others_;  ///< tables, and what the fields are called

  friend class ValuesReader;
};

/// All that is to be said of a settlement: what has changed, then remarks_on.
std::vector<std::string> all_remarks(const model::Library& library, const Account& account, const ValuesRead& values,
                                     const Settlement& settlement);

}  // namespace proviso::settle
