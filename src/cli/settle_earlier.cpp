#include "cli/settle_earlier.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "cli/arguments.hpp"
#include "settle/ledger_text.hpp"
#include "settle/report_words.hpp"
#include "value/decimal.hpp"

namespace proviso::cli {
namespace {

/// Something that the line of an earlier statement should have and has not.
class Unexpected : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Two lines that cannot both be what was settled last.
class Contradiction : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A line of a statement that is but a part of what was settled.
class OnlyPart : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

constexpr std::string_view whole_wanted =
    "without the rest, what was settled before would be settled again: --settled wants what `settle --output json` "
    "writes without --from, --to, --party and --agreement";

std::string text_of(simdjson::dom::object object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) throw Unexpected(fmt::format("has no text `{}`", key));
  return std::string(text);
}

std::int64_t money_of(simdjson::dom::object object, std::string_view key) {
  const std::string text = text_of(object, key);
  const auto amount = value::parse_decimal(text).value;
  if (!amount) throw Unexpected(fmt::format("has `{}` for `{}`, which is no amount such as `617.28`", text, key));
  if (*amount % settle::penny != 0)
    throw Unexpected(fmt::format("has `{}` for `{}`, which is not in whole pence", text, key));
  return *amount;
}

class Reader {
 public:
  explicit Reader(const model::Library& library) : library_(library) {}

  /// `place` is where the line is, as `old.json:3`.
  void read(std::string_view line, const std::string& place) {
    simdjson::dom::object object;
    if (parser_.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) throw Unexpected("is no JSON object");
    note_part(object);
    simdjson::dom::element target;
    if (object["target"].get(target) == simdjson::SUCCESS || says_nothing(object)) return;
    settle::Settled read;
    read.agreement = text_of(object, "agreement");
    const model::Agreement* agreement = agreement_named(read.agreement);
    if (agreement == nullptr) {
      missing_.insert(read.agreement);
      return;
    }
    read.label = text_of(object, "period");
    read_parties(object, *agreement, read);
    simdjson::dom::element excess;
    read.after = object["excess"].get(excess) == simdjson::SUCCESS;
    if (!read.after && object["saving"].is_null()) return;  // it could not be settled
    read.saving = money_of(object, read.after ? "excess" : "saving");
    if (!read.after) read_nets(object, *agreement, read);
    add(std::move(read), *agreement, place);
  }

  /// The first of the agreements that the files leave out; nothing where they leave out none.
  std::optional<std::string> left_out(const std::vector<std::string>& agreements) const {
    if (whole_) return {};
    const auto found = std::find_if(agreements.begin(), agreements.end(),
                                    [this](const std::string& name) { return parts_.count(name) == 0; });
    return found == agreements.end() ? std::nullopt : std::optional(*found);
  }

  /// Names of agreements that the library does not have.
  const std::set<std::string>& missing() const { return missing_; }

  std::vector<settle::Settled> all() const {
    std::vector<settle::Settled> all;
    for (const auto& [key, each] : settled_) all.push_back(each.settled);
    return all;
  }

 private:
  using Key = std::tuple<std::string, std::vector<std::string>, std::string, bool>;

  const model::Library& library_;
  simdjson::dom::parser parser_;
  struct Found {
    settle::Settled settled;
    std::string place;
  };
  std::map<Key, Found> settled_;
  std::set<std::string> missing_;
  std::set<std::string> parts_;  ///< agreements of which there is all
  bool whole_ = false;           ///< there is all of all agreements

  /// Whether it is the one line of a statement that has neither settlements nor targets.
  static bool says_nothing(simdjson::dom::object object) {
    simdjson::dom::array settlements;
    return object["settlements"].get(settlements) == simdjson::SUCCESS && settlements.size() == 0;
  }

  /// What the line says it is a part of.
  void note_part(simdjson::dom::object object) {
    constexpr std::string_view by_agreement = "--agreement ";
    simdjson::dom::array part;
    if (object["part"].get(part) != simdjson::SUCCESS) {
      whole_ = true;
      return;
    }
    std::string others;
    for (const simdjson::dom::element each : part) {
      std::string_view text;
      if (each.get(text) != simdjson::SUCCESS) throw Unexpected("has a `part` that is no text");
      if (text.substr(0, by_agreement.size()) == by_agreement) {
        parts_.emplace(text.substr(by_agreement.size()));
      } else {
        others += (others.empty() ? "" : " ") + std::string(text);
      }
    }
    if (!others.empty()) {
      throw OnlyPart(fmt::format("is of a part of what was settled ({}): {}", others, whole_wanted));
    }
  }

  /// Nothing tells which of two runs was the later one: only that they agree.
  void add(settle::Settled read, const model::Agreement& agreement, const std::string& place) {
    const Key key{read.agreement, read.parties, read.label, read.after};
    const auto [known, is_new] = settled_.try_emplace(key, Found{read, place});
    const settle::Settled& other = known->second.settled;
    if (is_new || (other.saving == read.saving && other.nets == read.nets)) return;
    throw Contradiction(fmt::format(
        "settles {} of {} between {} otherwise than {}: each run writes the whole state, so "
        "give only what the last one wrote",
        read.label, read.agreement, settle::spell_parties(library_, agreement, read.parties), known->second.place));
  }

  const model::Agreement* agreement_named(const std::string& name) const {
    for (const model::Agreement& agreement : library_.agreements) {
      if (agreement.lines.full_name() == name) return &agreement;
    }
    return nullptr;
  }

  void read_parties(simdjson::dom::object object, const model::Agreement& agreement, settle::Settled& read) const {
    simdjson::dom::object parties;
    if (object["parties"].get(parties) != simdjson::SUCCESS) throw Unexpected("has no `parties`");
    for (std::size_t i = 0; i < agreement.parties.size(); ++i) {
      const std::string plain = text_of(parties, agreement.parties[i].name);
      const auto written = settle::written_party(library_, agreement, i, std::string(settle::told(plain)));
      if (!written)
        throw Unexpected(fmt::format("has the {} `{}`, which there is not", agreement.parties[i].name, plain));
      read.parties.push_back(*written);
    }
  }

  static void read_nets(simdjson::dom::object object, const model::Agreement& agreement, settle::Settled& read) {
    simdjson::dom::array shares;
    if (object["shares"].get(shares) != simdjson::SUCCESS) throw Unexpected("has no `shares`");
    std::map<std::string, std::int64_t> nets;
    for (const simdjson::dom::element share : shares) {
      simdjson::dom::object each;
      if (share.get(each) != simdjson::SUCCESS) throw Unexpected("has a share that is no object");
      nets[text_of(each, "party")] = money_of(each, "net");
    }
    for (const model::Agreement::Party& party : agreement.parties) {
      const auto found = nets.find(party.name);
      if (found == nets.end()) throw Unexpected(fmt::format("has no share of the {}", party.name));
      read.nets.push_back(found->second);
    }
  }
};

/// The lines of the file that are not blank; nothing, having complained, where it cannot be read or has none.
std::optional<std::vector<std::pair<std::uint64_t, std::string>>> lines_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::pair<std::uint64_t, std::string>> lines;
  std::uint64_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") != std::string::npos) lines.emplace_back(number, std::move(line));
  }
  // A folder opens, and then cannot be read.
  if (!file.is_open() || file.bad()) {
    complain(fmt::format("`{}` cannot be read", path));
    return {};
  }
  if (!lines.empty()) return lines;
  complain(fmt::format(
      "`{}` is empty: --settled wants what `settle --output json` wrote, which is never empty, even of nothing", path));
  return {};
}

}  // namespace

std::optional<std::vector<settle::Settled>> read_settled(const model::Library& library,
                                                         const std::vector<std::string>& paths,
                                                         const std::vector<std::string>& agreements) {
  Reader reader(library);
  for (const std::string& path : paths) {
    const auto lines = lines_of(path);
    if (!lines) return {};
    for (const auto& [number, line] : *lines) {
      const std::string place = fmt::format("{}:{}", path, number);
      try {
        reader.read(line, place);
      } catch (const Unexpected& unexpected) {
        complain(fmt::format("{}: the line {}: --settled wants what `settle --output json` wrote", place,
                             unexpected.what()));
        return {};
      } catch (const Contradiction& contradiction) {
        complain(fmt::format("{}: the line {}", place, contradiction.what()));
        return {};
      } catch (const OnlyPart& part) {
        complain(fmt::format("{}: the line {}", place, part.what()));
        return {};
      }
    }
  }
  if (const auto name = reader.left_out(agreements); name && !paths.empty()) {
    complain(fmt::format("`{}` was settled without `{}`: {}", fmt::join(paths, "`, `"), *name, whole_wanted));
    return {};
  }
  for (const std::string& name : reader.missing()) {
    fmt::print(stderr, "proviso: warning: the library has no agreement `{}`: what was settled by it is left out\n",
               name);
  }
  return reader.all();
}

}  // namespace proviso::cli
