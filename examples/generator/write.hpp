#pragma once

#include <iosfwd>

#include "referral.hpp"

namespace referrals {

enum class Format { ndjson, csv, csv_sore_throats, csv_other_diagnoses };

/// The first line of a CSV file; nothing for NDJSON.
void write_heading(std::ostream& output, Format format);

/// One line, or one for each element of the list that the format is of.
void write(std::ostream& output, const Referral& referral, Format format);

}  // namespace referrals
