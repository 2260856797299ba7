#include "cli/settle_earlier.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "cli/arguments.hpp"
#include "settle/report_words.hpp"
#include "value/decimal.hpp"

namespace proviso::cli {
namespace {

/// Something that the line of an earlier statement should have and has not.
class Unexpected : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string text_of(simdjson::dom::object object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) throw Unexpected(fmt::format("has no text `{}`", key));
  return std::string(text);
}

std::int64_t money_of(simdjson::dom::object object, std::string_view key) {
  const std::string text = text_of(object, key);
  const auto amount = value::parse_decimal(text).value;
  if (!amount) throw Unexpected(fmt::format("has `{}` for `{}`, which is no amount such as `617.28`", text, key));
  return *amount;
}

class Reader {
 public:
  explicit Reader(const model::Library& library) : library_(library) {}

  void read(std::string_view line) {
    simdjson::dom::object object;
    if (parser_.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) throw Unexpected("is no JSON object");
    simdjson::dom::element target;
    if (object["target"].get(target) == simdjson::SUCCESS) return;
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
    read.saving = money_of(object, read.after ? "excess" : "saving");
    if (!read.after) read_nets(object, *agreement, read);
    settled_[{read.agreement, read.parties, read.label, read.after}] = std::move(read);
  }

  /// Names of agreements that the library does not have.
  const std::set<std::string>& missing() const { return missing_; }

  std::vector<settle::Settled> all() const {
    std::vector<settle::Settled> all;
    for (const auto& [key, each] : settled_) all.push_back(each);
    return all;
  }

 private:
  using Key = std::tuple<std::string, std::vector<std::string>, std::string, bool>;

  const model::Library& library_;
  simdjson::dom::parser parser_;
  std::map<Key, settle::Settled> settled_;
  std::set<std::string> missing_;

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
      const auto written = settle::written_party(library_, agreement, i, plain);
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

}  // namespace

std::optional<std::vector<settle::Settled>> read_settled(const model::Library& library,
                                                         const std::vector<std::string>& paths) {
  Reader reader(library);
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      complain(fmt::format("`{}` cannot be read", path));
      return {};
    }
    std::uint64_t number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      try {
        reader.read(line);
      } catch (const Unexpected& unexpected) {
        complain(fmt::format("{}:{}: the line {}: --settled wants what `settle --output json` wrote", path, number,
                             unexpected.what()));
        return {};
      }
    }
  }
  for (const std::string& name : reader.missing()) {
    fmt::print(stderr, "proviso: warning: the library has no agreement `{}`: what was settled by it is left out\n",
               name);
  }
  return reader.all();
}

}  // namespace proviso::cli
