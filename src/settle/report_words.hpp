#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "settle/statement.hpp"

/// What statements of every form say alike.
namespace proviso::settle {

/// Money for programs, as output::append_amount writes it.
std::string plain_pounds(std::int64_t money);

/// A value as another program expects it, of one that the language writes: a text out of its quotes, a code without
/// its system, money without its pound sign.
std::string plain_value(std::string_view written);

/// A value for people, of one that the language writes: money with commas, all else as it is.
std::string shown_value(const std::string& written);

/// Whether the label of a fact or a record is more than its name over again: `Unit price` of `unit_price` is not.
bool says_more(std::string_view label, std::string_view name);

/// Who a party is, for people: `South Sefton (01T)`, `RXA01`. `written` as Settlement::parties has it.
std::string organisation(const model::Library& library, const model::Agreement& agreement, std::size_t party,
                         const std::string& written);
/// What a party is called in a sentence: what the record calls its fact, where that is another word than the
/// agreement's own; else that.
const std::string& party_word(const model::Library& library, const model::Agreement& agreement, std::size_t party);
/// `commissioner South Sefton (01T) and provider RXA01`.
std::string spell_parties(const model::Library& library, const model::Agreement& agreement,
                          const std::vector<std::string>& parties);

/// The other way: as the language writes it, of a plain value, and of a place also by its ODS code. Nothing where the
/// party's fact has no such value.
std::optional<std::string> written_party(const model::Library& library, const model::Agreement& agreement,
                                         std::size_t party, const std::string& plain);

/// `December` for 12.
std::string_view month_name(std::int32_t month);
/// `1 December 2018`.
std::string long_date(std::int32_t day);
/// `1 December 2018 to 31 May 2020`.
std::string long_period(const model::Period& days);
/// `December 2018`, `October to December 2018`, `2018`; of a part of one `December 2018, from 15` and so on.
std::string spell_days(const Settlement& settlement, model::Agreement::Interval interval);
/// `month`, `quarter`, `year`.
std::string_view spelling(model::Agreement::Interval interval);
/// Of the settlement: those after the period are of months, whatever the agreement's are.
model::Agreement::Interval interval_of(const model::Agreement& agreement, const Settlement& settlement);

/// Whether it could be settled: where a sum is beyond all bounds it could not, and has no amounts.
bool is_settled(const Settlement& settlement);
/// The saving, or the excess, over that of the earlier settlement, where there is one.
std::optional<std::int64_t> difference_of(const Settlement& settlement);

/// Whether what a settlement shares depends on what its year had saved before: there are tiers or caps.
bool runs_over_years(const model::Agreement& agreement);
/// Of one party, as its settlement shared the saving: `50%`; over several tiers `50%, 70%`. Where there was nothing to
/// share, of the tier that the year has come to.
std::string spell_share(const model::Agreement& agreement, const Settlement& settlement, const Share& share);
/// The first party without a cap, which gets what caps take from others; as many as there are where all have one.
std::size_t party_without_cap(const model::Agreement& agreement);
/// The agreement's label, or else its name.
const std::string& title_of(const model::Agreement& agreement);

/// One point of how a statement was worked out. What is written in the language stands in backquotes.
struct Explained {
  std::string heading;
  std::string text;
};
std::vector<Explained> explained(const model::Library& library, const model::Agreement& agreement);

/// ``2 lines do not say `quantity`, which is assumed to be 1``.
std::string spell_assumed(const AssumedFact& assumed);
/// Remarks on a settlement: what was assumed, its notes, how tiers shared it, and what caps did. Not those of single
/// lines.
std::vector<std::string> remarks_on(const model::Library& library, const model::Agreement& agreement,
                                    const Settlement& settlement);
/// What was read, and what of it no settlement has: of the whole ledger.
std::vector<std::string> remarks_on_ledger(const Statement& statement);

}  // namespace proviso::settle
