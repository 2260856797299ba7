#include "property/agreements.hpp"

#include <algorithm>

#include "property/making.hpp"
#include "reference/calendar.hpp"

namespace proviso::property {
namespace {

using Choices = std::vector<std::string>;

Field field(const std::string& name, Type type, const std::string& assume = "") {
  Field made;
  made.name = name;
  made.type = std::move(type);
  made.assume = assume;
  return made;
}

/// `£12.34`.
std::string pounds(long pence) { return (pence < 0 ? "-£" : "£") + digits(std::abs(pence) * 10'000); }

class AgreementMaker {
 public:
  explicit AgreementMaker(Random& random) : random_(random) {}

  Library make() {
    add_vocabulary();
    add_declarations();
    const long count = random_.chance(60) ? 1 : random_.between(2, 3);
    for (long number = 0; number < count; ++number) add_agreement(number);
    return std::move(library_);
  }

 private:
  Random& random_;
  Library library_;
  Declaration agreement_;
  // Of the agreement at hand.
  long first_ = 0;
  bool has_after_ = false;
  std::vector<std::string> parties_;

  void add_vocabulary() {
    Vocabulary& vocabulary = library_.vocabulary;
    vocabulary.places = {{"Realm", 0, {}}, {"North", 1, {"01T"}}, {"Town", 2, {"01V"}}, {"South", 1, {"06P", "Q06"}}};
    const Type text{Sort::text};
    const Type money{Sort::money};
    vocabulary.fields = {field("id", text),
                         field("supplied", {Sort::date}),
                         field("booked", {Sort::date}),
                         field("commissioner", {Sort::place}),
                         field("home", {Sort::place}),
                         field("provider", {Sort::code, "", "ods"}),
                         field("host", text),
                         field("patient", text),
                         field("drug", {Sort::code, "", "opcs4"}),
                         field("molecule", text),
                         field("quantity", {Sort::number}),
                         field("unit_price", money),
                         field("charged", money),
                         field("market_price", money),
                         field("blueteq", money, random_.chance(50) ? "£0" : ""),
                         field("other_cost", money),
                         field("version", {Sort::number}),
                         field("started", {Sort::truth}, random_.chance(50) ? "no" : ""),
                         field("best", {Sort::truth})};
  }

  const std::string& some_place() { return random_.pick(library_.vocabulary.places).name; }
  std::string some_money(long least, long most) { return pounds(random_.between(least, most)); }

  void add_declarations() {
    Declaration price{"threshold original_price: money {\n", {}, "}\n"};
    price.parts.push_back({"  may vary from £0 to £9000\n"});
    price.parts.push_back({"  " + some_money(8000, 40000) + " from 1000-01-01\n"});
    if (random_.chance(60)) price.parts.push_back({"  " + some_money(8000, 40000) + " from 2019-05-14\n"});
    for (const char* place : {"North", "Town"}) {
      if (!random_.chance(30)) continue;
      const std::string day = random_.pick(Choices{"2018-01-01", "2019-11-01"});
      price.parts.push_back({"  in " + std::string(place) + ' ' + some_money(8000, 40000) + " from " + day + "\n"});
    }
    library_.declarations.push_back(price);
    Declaration products{"codes products opcs4 {\n", {}, "}\n"};
    if (random_.chance(40)) {
      products.parts.push_back({" from 1000-01-01 { A01 B01.2 }\n"});
      products.parts.push_back({" from 2019-08-20 { A01 B00 }\n"});
      if (random_.chance(50)) products.parts.push_back({" in South from 2018-10-01 { A01 A02 B02 }\n"});
    } else {
      products.head += " A01 A02 B01..B02\n";
    }
    library_.declarations.push_back(products);
    library_.definitions.push_back({"define the_drug", {{Sort::truth}, "molecule = \"a\"", {}}});
    library_.definitions.push_back({"define unit_saving(price money)", {{Sort::money}, "price - unit_price", {}}});
  }

  void line(const std::string& text) { agreement_.parts.push_back({"  " + text + "\n"}); }

  void add_agreement(long number) {
    agreement_ = {
        "agreement gain_" + std::to_string(number) + " \"Gain share\" on Case {\n  source \"Paper\"\n", {}, "}\n"};
    if (random_.chance(5)) line("status draft");
    has_after_ = random_.chance(50);
    add_parties();
    add_period();
    add_covers();
    add_saving();
    add_shares();
    add_settlement();
    if (random_.chance(45)) line("corrected by " + random_.pick(Choices{"version", "booked"}));
    for (long left = random_.between(0, 2); left > 0; --left) add_target(left);
    // Lines stand in any order.
    random_.shuffle(agreement_.parts);
    library_.declarations.push_back(agreement_);
  }

  void add_parties() {
    parties_ = {"commissioner", "provider"};
    if (random_.chance(25)) parties_ = {"provider", "commissioner"};
    if (random_.chance(20)) parties_ = {"commissioner", "host"};
    if (random_.chance(25)) parties_.push_back(random_.chance(50) || parties_[1] == "host" ? "home" : "host");
    line("between " + (parties_.size() == 3 ? parties_[0] + ", " + parties_[1] + " and " + parties_[2]
                                            : parties_[0] + " and " + parties_[1]));
    line("placed by " + std::string(random_.chance(80) ? "commissioner" : "home"));
    if (random_.chance(30)) line("in " + random_.pick(Choices{"North", "South", "Town", "North, South"}));
    line("dated by supplied");
  }

  void note(long day) { library_.pool.dates.push_back(day); }

  void add_period() {
    const int year = static_cast<int>(random_.between(2018, 2020));
    first_ = reference::number_of({year, static_cast<int>(random_.between(1, 12)), 1});
    if (random_.chance(40)) first_ += random_.between(0, 30);
    if (random_.chance(8)) first_ = reference::number_of({2020, 2, 29});
    note(first_);
    if (random_.chance(60)) {
      const long months = random_.chance(50) ? random_.between(1, 6) : random_.between(7, 30);
      line("period " + std::to_string(months) + " months from " + reference::format_day(first_));
      note(*reference::plus_months(first_, months));
    } else if (random_.chance(50)) {
      const long weeks = random_.between(1, 80);
      line("period " + std::to_string(weeks) + " weeks from " + reference::format_day(first_));
      note(first_ + weeks * 7);
    } else {
      const long last = first_ + random_.between(0, 700);
      line("period " + reference::format_day(first_) + " to " + reference::format_day(last));
      note(last);
    }
  }

  void add_covers() {
    // Each asks for a code or a text, so that lines of one drug are known by it.
    const Choices which = {"drug in products", "drug in products", "molecule = \"a\"", "the_drug",
                           "molecule in { \"a\", \"b\" }"};
    const Choices further = {"quantity > 0",
                             "quantity != 3",
                             "charged > 1p",
                             "commissioner in " + some_place(),
                             "unit_price < £300",
                             "not started",
                             "home in Realm",
                             "provider in { ods:RXA, ods:RXB }",
                             "unit_price < original_price"};
    std::string covers = random_.pick(which);
    if (random_.chance(50)) covers += " and " + random_.pick(further);
    line("covers " + covers);
    if (!has_after_) return;
    const Choices same = {"drug", "molecule", "drug, molecule", "molecule, provider"};
    line("after pay lowest market_price" + (random_.chance(50) ? " by " + random_.pick(same) : std::string()));
  }

  void add_saving() {
    const Choices baselines = {some_money(8000, 40000),
                               "original_price",
                               "original_price",
                               "original_price - 5p",
                               some_money(8000, 40000) + " per unit",
                               "original_price per pack"};
    line("baseline " + random_.pick(baselines));
    Choices savings = {"(baseline - unit_price) * quantity",
                       "(baseline - unit_price) * quantity",
                       "baseline * quantity - charged",
                       "quantity * (baseline - unit_price) / 2",
                       "quantity * baseline - unit_price * quantity - other_cost",
                       "unit_saving(baseline) * quantity",
                       "-(unit_price - baseline) * quantity"};
    if (!has_after_) {
      savings.insert(savings.end(), {"minimum of (baseline - unit_price) * quantity, £500",
                                     "((baseline - unit_price) * quantity) rounded to 1p half up",
                                     "if started then (baseline - unit_price) * quantity else £0",
                                     "baseline / quantity - unit_price"});
    }
    std::string saving = "saving " + random_.pick(savings);
    const std::string floor = " floor " + pounds(random_.between(-3, 3) * 5050);
    const std::string cap = " cap " + some_money(16'000, 90'000);
    if (random_.chance(25)) saving += floor;
    if (random_.chance(20)) saving += cap;
    line(saving);
    const Choices costs = {"blueteq", "other_cost", "blueteq * quantity", "1p", "other_cost / 3"};
    for (long left = random_.chance(50) ? random_.between(1, 2) : 0; left > 0; --left) {
      line("deduct " + random_.pick(costs) + " from " + random_.pick(parties_));
    }
  }

  /// Percents that total 100%.
  std::string percents() {
    std::vector<long> parts;  // in millionths
    long rest = 100'000'000;
    for (std::size_t i = 1; i < parties_.size(); ++i) {
      const long part = random_.chance(70) ? random_.between(1, 40) * 1'000'000 : random_.between(1, 400'000) * 100;
      parts.push_back(part);
      rest -= part;
    }
    parts.push_back(rest);
    std::string text;
    std::size_t from = static_cast<std::size_t>(random_.between(0, static_cast<long>(parties_.size()) - 1));
    for (std::size_t i = 0; i < parties_.size(); ++i) {
      const std::size_t at = (from + i) % parties_.size();
      text += (i == 0 ? "" : ", ") + parties_[at] + ' ' + digits(parts[at]) + '%';
    }
    return text;
  }

  void add_shares() {
    line("share " + percents());
    long above = 0;
    for (long left = random_.chance(50) ? random_.between(1, 3) : 0; left > 0; --left) {
      above += random_.between(1, 400'000);
      line("share above " + pounds(above) + " in a year " + percents());
    }
    // Not all parties have a cap.
    const std::size_t without = static_cast<std::size_t>(random_.between(0, static_cast<long>(parties_.size()) - 1));
    for (std::size_t party = 0; party < parties_.size(); ++party) {
      if (party == without || !random_.chance(50)) continue;
      line("cap " + parties_[party] + ' ' + some_money(1, random_.chance(70) ? 30'000 : 300'000) + " per year");
    }
  }

  void add_settlement() {
    const Choices modes = {"half even", "half up", "half down", "up", "down", "floor", "ceiling"};
    std::string text = "settle " + random_.pick(Choices{"monthly", "monthly", "quarterly", "yearly"}) + " rounded to " +
                       random_.pick(Choices{"1p", "1p", "5p", "£1"}) + ' ' + random_.pick(modes);
    const std::string floor = " floor " + pounds(random_.between(-2, 2) * 10'000);
    const std::string cap = " cap " + pounds(random_.between(2, 40) * 10'000);
    const bool has_floor = random_.chance(25);
    const bool has_cap = random_.chance(20);
    if (has_floor) text += floor;
    if (has_cap) text += cap;
    line(text);
  }

  void add_target(long number) {
    const Choices where = {"", "", " where started", " where quantity > 0", " where unit_price < original_price"};
    const Choices met = {"best", "best", "unit_price < £200", "best and quantity > 0"};
    const std::string day =
        random_.chance(50) ? std::to_string(random_.between(1, 14)) + " months from " + reference::format_day(first_)
                           : reference::format_day(first_ + random_.between(0, 900));
    line("target goal_" + std::to_string(number) + " \"A target\" among " +
         random_.pick(Choices{"patient", "patient", "host", "drug"}) + random_.pick(where) + " met " +
         random_.pick(met) + " at least " + std::to_string(random_.between(1, 100)) + "% by " + day);
  }
};

class DrugLineMaker {
 public:
  DrugLineMaker(Random& random, const Library& library, DrugLines options)
      : random_(random), dates_(library.pool.dates), options_(options) {
    first_ = *std::min_element(dates_.begin(), dates_.end());
    last_ = *std::max_element(dates_.begin(), dates_.end());
    // Now and then few, so that lines of one day say different things.
    if (random_.chance(30)) days_ = {first_, first_ + random_.between(1, 40), first_ + random_.between(1, 400)};
  }

  Json line() {
    Json line = Json::object();
    const auto say = [&](const char* name, const Json& value) {
      if (!random_.chance(options_.missing)) line[name] = value;
    };
    say("supplied", date());
    say("booked", reference::format_day(first_ + random_.between(0, 40)));
    say("commissioner", random_.pick(Choices{"North", "North", "Town", "01T", "South", "06P", "Realm"}));
    say("home", random_.pick(Choices{"North", "South", "01V", "Q06"}));
    say("provider", random_.pick(Choices{"RXA", "RXA", "RXB", "rxa"}));
    say("host", random_.pick(Choices{"x", "y"}));
    say("patient", "P" + std::to_string(random_.between(0, 9)));
    say("drug", random_.pick(Choices{"A01", "A01.1", "B01.2", "B012", "B00", "C01"}));
    say("molecule", random_.pick(Choices{"a", "a", "b", "c"}));
    say("quantity", random_.pick(Choices{"1", "1", "2", "3", "10", "0.5", "-1", "0", "2.333332"}));
    say("unit_price", money(2'000, 45'000));
    say("charged", money(0, 90'000));
    say("market_price", money(1'000, 30'000));
    say("blueteq", money(0, 2'000));
    say("other_cost", money(-1'000, 5'000));
    say("version", random_.between(1, 4));
    say("started", random_.chance(60));
    say("best", random_.chance(60));
    return line;
  }

 private:
  Random& random_;
  const std::vector<long>& dates_;
  DrugLines options_;
  long first_ = 0;
  long last_ = 0;
  std::vector<long> days_;

  /// About the periods, and often at their ends.
  std::string date() {
    long day = random_.between(first_ - 20, std::min(last_, first_ + 500) + 100);
    if (random_.chance(15)) day = random_.pick(dates_) + random_.between(-1, 1);
    if (!days_.empty() && random_.chance(80)) day = random_.pick(days_);
    return reference::format_day(day);
  }

  /// In pence, and now and then in parts of them.
  std::string money(long least, long most) {
    const long pence = random_.between(least, most) * 10'000;
    return digits(random_.chance(25) ? pence + random_.between(-9'999, 9'999) : pence);
  }
};

}  // namespace

Library make_agreements(Random& random) { return AgreementMaker(random).make(); }

std::vector<Json> make_drug_lines(Random& random, const Library& library, std::size_t count, DrugLines options) {
  DrugLineMaker maker(random, library, options);
  std::vector<Json> lines;
  for (std::size_t i = 0; i < count; ++i) {
    Json line = maker.line();
    line["id"] = "L" + std::to_string(i);
    if (i > 0 && random.chance(options.corrections)) {
      line["id"] = "L" + std::to_string(random.between(0, static_cast<long>(i) - 1));
      // Corrected in part.
      if (random.chance(60)) {
        for (const Json& other : lines) {
          if (other.value("id", "") != line["id"]) continue;
          const Json changed = line;
          line = other;
          for (const char* name : {"quantity", "unit_price", "version"}) {
            if (changed.contains(name)) line[name] = changed[name];
          }
        }
      }
    }
    if (options.versioned) {
      line["version"] = i;
      line["booked"] = reference::format_day(reference::number_of({2019, 1, 1}) + static_cast<long>(i));
    } else if (random.chance(3)) {
      line.erase("id");
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace proviso::property
