#pragma once

#include "policies.hpp"

/// Agreements: what is saved against a baseline, and who has which share of it.
namespace proviso::grammar {

// clang-format off

// amount      = [ "-" ] "£" NUMBER | [ "-" ] NUMBER "p"
// percentage  = NUMBER "%"
struct amount_ahead     : peg::seq<peg::opt<dash>, peg::sor<pound_sign, peg::seq<digits, pence_sign>>> {};
struct amount           : peg::seq<peg::at<amount_ahead>, unary> {};
struct percentage       : peg::seq<peg::at<peg::seq<digits, percent_sign>>, numeric> {};
struct fact_paths       : peg::list_must<fact_path, comma> {};

// between     = "between" PATH { "," PATH } "and" PATH
// covers      = "covers" expression
// lasting     = "period" ( DATE [ "to" DATE ] | unary "from" DATE )
struct parties          : peg::seq<fact_path, peg::star<comma, peg::must<fact_path>>, peg::must<word_and, fact_path>> {};
struct between          : peg::if_must<word_between, parties> {};
struct covers           : peg::if_must<word_covers, expression> {};
struct length_from      : peg::seq<unary, peg::must<word_from, date>> {};
struct lasting_period   : peg::sor<period, length_from> {};
struct lasting          : peg::if_must<word_period, lasting_period> {};

// baseline    = "baseline" expression [ "per" WORD ]
// saving      = "saving" expression { bound }
// bound       = "floor" amount | "cap" amount               `cap` before a name is a line of its own
struct baseline_word    : peg::seq<peg::not_at<after_a_mistake<agreement_line>>, any_word> {};
struct per_word         : peg::if_must<word_per, baseline_word> {};
struct baseline         : peg::if_must<word_baseline, expression, peg::opt<per_word>> {};
struct floor_bound      : peg::if_must<word_floor, amount> {};
struct cap_bound        : peg::if_must<peg::seq<word_cap, peg::not_at<name_part>>, amount> {};
struct bounds_of_amount : peg::star<peg::sor<floor_bound, cap_bound>> {};
struct saving           : peg::if_must<word_saving, expression, bounds_of_amount> {};

// share       = "share" [ "above" amount "in" "a" "year" ] PATH percentage { "," PATH percentage }
// party_cap   = "cap" PATH amount "per" "year"
// deduct      = "deduct" expression "from" PATH
struct above_ahead      : peg::seq<letters<"above">, gap, peg::not_at<peg::seq<digits, percent_sign>>> {};
struct above            : peg::if_must<peg::seq<peg::at<above_ahead>, word_above>, amount, word_in, word_a, word_year> {};
struct party_share      : peg::seq<fact_path, peg::must<percentage>> {};
struct share_and        : misplaced<share_and, word_and> {};
struct share_comma      : peg::sor<comma, share_and> {};
struct party_shares     : peg::list_must<party_share, share_comma> {};
struct share            : peg::if_must<word_share, peg::opt<above>, party_shares> {};
struct capped_party     : fact_path {};
struct party_cap        : peg::if_must<word_cap, capped_party, amount, word_per, word_year> {};
struct deduct           : peg::if_must<word_deduct, expression, word_from, fact_path> {};

// settle      = "settle" ( "monthly" | "quarterly" | "yearly" ) [ "rounded" "to" unary mode ] { bound }
// after_pay   = "after" "pay" "lowest" PATH [ "by" PATH { "," PATH } ]
// corrected   = "corrected" "by" PATH
struct interval         : peg::sor<word_monthly, word_quarterly, word_yearly> {};
struct settle           : peg::if_must<word_settle, interval, peg::opt<rounding>, bounds_of_amount> {};
struct same_by          : peg::if_must<word_by, fact_paths> {};
struct after_pay        : peg::if_must<word_after, word_pay, word_lowest, fact_path, peg::opt<same_by>> {};
struct corrected_by     : peg::if_must<word_corrected, word_by, fact_path> {};

// target      = "target" NAME [ TEXT ] "among" PATH [ where ] "met" expression "at" "least" percentage "by" day
// day         = DATE | unary "from" DATE
struct target_where     : where {};
struct target_met       : peg::if_must<word_met, expression> {};
struct target_day       : peg::sor<date, length_from> {};
struct target           : peg::if_must<word_target, name, peg::opt<label>, word_among, fact_path, peg::opt<target_where>,
                                       target_met, word_at, word_least, percentage, word_by, target_day> {};

// agreement   = "agreement" NAME [ TEXT ] "on" NAME "{" { line } "}"
struct agreement_item   : peg::sor<status, citation, between, in_places, covers, dated_by, placed_by, lasting, baseline, saving,
                                   share, party_cap, deduct, settle, after_pay, target, corrected_by, note, unverified> {};
struct agreement_block  : inside_agreement<block<agreement_item, peg::failure, skip_to<agreement_start, Closing::last>>> {};
struct agreement        : peg::if_must<word_agreement, name, peg::opt<label>, word_on, name, agreement_block> {};
// clang-format on

}  // namespace proviso::grammar
