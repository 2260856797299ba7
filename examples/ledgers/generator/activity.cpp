// The activity ledger: scenes by whose rules lines stand out, among plain lines and lines that cannot be read.
#include "activity.hpp"

#include <array>
#include <cstdio>

#include "ledgers.hpp"
#include "unreadable.hpp"

namespace ledgers {
namespace {

constexpr auto index_of(Activity column) { return static_cast<std::size_t>(column); }

/// A place with rules of its own, or without.
Place any_place(Random& random) {
  constexpr auto places = std::to_array<Place>({{"04C", "RWE"},
                                                {"03W", "RWE"},
                                                {"04V", "RWE"},
                                                {"01T", "REM"},
                                                {"01V", "RVY"},
                                                {"06F", "RC1"},
                                                {"06P", "RC9"},
                                                {"04F", "RD8"},
                                                {"05A", "RKB"},
                                                {"08L", "RJ2"},
                                                {"Bexley", "RJ2"},
                                                {"Luton", "RC9"}});
  return places[static_cast<std::size_t>(random.between(0, static_cast<int>(places.size()) - 1))];
}

Day any_day(Scene& scene) { return scene.day_between(day_of(2017, 4, 1), day_of(2020, 3, 31)); }

/// A line that every rule pays in full, or does not know.
void plain(Scene& scene) {
  constexpr auto procedures = std::to_array<std::string_view>({"H22.9", "G45.9", "J18.3", "M45.9"});
  const Place place = any_place(scene.random);
  const Day day = any_day(scene);
  const Person person = scene.person(day);
  const int kind = scene.random.between(1, 100);
  if (kind <= 30) {
    scene.first_attendance(place, person, day);
  } else if (kind <= 60) {
    scene.follow_up(place, person, day);
  } else if (kind <= 72) {
    scene.day_case(place, person, day, scene.random.one_of(procedures));
  } else if (kind <= 84) {
    const int nights = scene.random.between(0, 12);
    scene.stay(place, person, day, nights, scene.random.chance(60) ? "21" : "11");
  } else if (kind <= 92) {
    scene.emergency_attendance(place, person, day);
  } else {
    scene.scan(place, person, day, scene.random.chance(50) ? "MRI" : "CT");
  }
}

/// Writes the lines of scenes.
class ActivityWriter {
 public:
  ActivityWriter(Random& random, Manifest& manifest) : dirt_(random, manifest, "activity") {
    for (const Column& column : activity_columns()) heading_.emplace_back(column.heading);
    ledger_.heading = std::string(byte_order_mark) + csv_line(heading_);
  }

  std::size_t size() const { return ledger_.lines.size(); }

  void write(Scene& scene) {
    for (ActivityLine& line : scene.lines) {
      name(line);
      for (const auto& [of, code] : scene.other_diagnoses) {
        if (of != &line) continue;
        ledger_.other_diagnoses.push_back(csv_line({line.text(Activity::id), dirt_.dotted_code(code)}));
      }
      add(line);
    }
  }

  /// An attendance with something amiss: unreadable, without a price, or sent again with another one.
  void write_amiss(Scene& scene) {
    ActivityLine& line = scene.lines.front();
    name(line);
    const int way = dirt_.random().between(1, 10);
    if (way <= 2) {
      line.forget(Activity::price);
      add(line, way == 1 ? "TBC" : "");
      dirt_.count("without_price");
    } else if (way <= 4) {
      add(line);
      line.set_money(Activity::price, line.money(Activity::price) + 1500);
      add(line);
      dirt_.count("sent_again");
    } else {
      write_unreadable(line);
    }
  }

  Ledger take() {
    dirt_.count("lines", static_cast<std::int64_t>(ledger_.lines.size()));
    shuffle(ledger_.lines, dirt_.random());
    return std::move(ledger_);
  }

 private:
  void name(ActivityLine& line) {
    std::array<char, 16> id{};
    std::snprintf(id.data(), id.size(), "A-%07d", ++last_id_);
    line.set(Activity::id, id.data());
  }

  void add(const ActivityLine& line, std::string_view price = {}) {
    Cells cells = written(line.facts(), activity_columns(), dirt_);
    if (!price.empty()) cells[index_of(Activity::price)] = price;
    ledger_.lines.push_back(in_some_encoding(csv_line(cells), dirt_));
    for (const auto& [rule, outcome] : line.expected()) {
      dirt_.count(std::string("expected.").append(rule).append(1, ' ').append(outcome));
    }
  }

  void write_unreadable(const ActivityLine& line) {
    // Its forms are counted nowhere: some do not stay.
    Manifest uncounted;
    Dirt dirt(dirt_.random(), uncounted, {});
    ledger_.lines.push_back(unreadable(written(line.facts(), activity_columns(), dirt), heading_,
                                       {index_of(Activity::started), index_of(Activity::price),
                                        index_of(Activity::diagnosis), index_of(Activity::point_of_delivery)},
                                       dirt_));
  }

  Dirt dirt_;
  Cells heading_;
  Ledger ledger_;
  int last_id_ = 0;
};

}  // namespace

Ledger make_activity(int lines, Random& random, People& people, Manifest& manifest, Register& authorisations) {
  std::vector<Scenario> scenarios;
  for (const auto* of : {&scenarios_of_leicester(), &scenarios_of_sefton(), &scenarios_of_bedfordshire()}) {
    scenarios.insert(scenarios.end(), of->begin(), of->end());
  }
  ActivityWriter writer(random, manifest);
  constexpr std::size_t largest_scene = 6;
  while (writer.size() < static_cast<std::size_t>(lines)) {
    Scene scene(random, people, authorisations);
    const std::size_t left = static_cast<std::size_t>(lines) - writer.size();
    int ticket = random.between(1, 1000);
    if (ticket <= 20 && left >= largest_scene) {
      const Place place = any_place(random);
      const Day day = any_day(scene);
      scene.follow_up(place, scene.person(day), day);
      writer.write_amiss(scene);
      continue;
    }
    ticket -= 20;
    const Scenario* chosen = nullptr;
    for (const Scenario& scenario : scenarios) {
      if (ticket > 0 && ticket <= scenario.share) chosen = &scenario;
      ticket -= scenario.share;
    }
    if (chosen != nullptr && left >= largest_scene)
      chosen->play(scene);
    else
      plain(scene);
    writer.write(scene);
  }
  return writer.take();
}

}  // namespace ledgers
