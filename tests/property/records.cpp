#include "property/vocabulary.hpp"
#include "reference/calendar.hpp"

namespace proviso::property {
namespace {

class RecordMaker {
 public:
  RecordMaker(Random& random, const Vocabulary& vocabulary, const Pool& pool, int missing)
      : random_(random), vocabulary_(vocabulary), pool_(pool), missing_(missing) {}

  Json object(const std::vector<Field>& fields) {
    Json result = Json::object();
    for (const Field& field : fields) {
      if (random_.chance(field.shape == Field::Shape::value ? missing_ : missing_ / 2)) {
        // Nothing said at all, or said to be nothing.
        if (random_.chance(20)) result[field.name] = nullptr;
        continue;
      }
      result[field.name] = value(field);
      // Given in part: there may be more.
      if (missing_ > 0 && result[field.name].is_array() && random_.chance(missing_ / 3)) {
        result[field.name] = Json{{"some", result[field.name]}};
      }
    }
    return result;
  }

  Json value(const Field& field) {
    switch (field.shape) {
      case Field::Shape::record:
        return object(field.fields);
      case Field::Shape::list_of_records: {
        Json list = Json::array();
        for (long left = length(); left > 0; --left) list.push_back(object(field.fields));
        return list;
      }
      case Field::Shape::list_of_values: {
        Json list = Json::array();
        for (long left = length(); left > 0; --left) {
          list.push_back(random_.chance(missing_ / 3) ? Json(nullptr) : plain(field.type));
        }
        return list;
      }
      case Field::Shape::value:
        break;
    }
    if (field.nhs_number && missing_ == 0) return "9990000018";
    if (field.nhs_number) {
      return random_.pick(std::vector<std::string>{"9990000018", "999 000 0018", "999-000-0018", "9990000026",
                                                   "999-000 0026", "99900-000-26", "9990000019", "a", "999 999 9999"});
    }
    Json given = plain(field.type);
    if (field.measured && missing_ > 0 && random_.chance(70)) given = Json{{"value", given}, {"on", measured_on()}};
    if (field.type.sort == Sort::quantity && random_.chance(20)) {
      if (!given.is_object()) given = Json{{"value", given}};
      given["unit"] = field.type.unit;
    }
    return given;
  }

  /// The day that is `referred`, so that other dates can be near it.
  long referred = reference::number_of({2020, 6, 1});

 private:
  Random& random_;
  const Vocabulary& vocabulary_;
  const Pool& pool_;
  int missing_;

  long length() { return random_.chance(25) ? 0 : random_.between(1, 4); }

  std::string measured_on() {
    const long before = random_.chance(10) ? random_.between(-5, 0) : random_.between(0, 700);
    return reference::format_day(referred - before);
  }

  Json number(const std::string& unit) {
    long value = random_.between(-3, 45) * 1'000'000;
    const auto found = pool_.numbers.find(unit);
    if (found != pool_.numbers.end() && random_.chance(65)) {
      value = random_.pick(found->second);
      const long step = random_.chance(50) ? 0 : random_.pick(std::vector<long>{1, 10'000, 1'000'000});
      if (value < 9'000'000'000'000'000'000L) value += random_.chance(50) ? step : -step;
    }
    if (random_.chance(2))
      value = random_.pick(
          std::vector<long>{0, -1, 9'223'372'036'854'775'807L, -9'223'372'036'854'775'807L, 3'037'000'499'976'049L});
    // Whole numbers are also numbers of JSON.
    if (value % 1'000'000 == 0 && random_.chance(60)) return value / 1'000'000;
    return digits(value);
  }

  std::string date() {
    long day = referred + random_.between(-900, 60);
    if (!pool_.dates.empty() && random_.chance(30)) day = random_.pick(pool_.dates) + random_.between(-1, 1);
    if (random_.chance(3))
      day = random_.pick(std::vector<long>{1, reference::last_day_number, reference::number_of({2020, 2, 29})});
    return reference::format_day(std::min(std::max(day, 1L), reference::last_day_number));
  }

  Json plain(const Type& type) {
    switch (type.sort) {
      case Sort::truth:
        return random_.chance(50);
      case Sort::number:
        return number("");
      case Sort::quantity:
        return number(type.unit);
      case Sort::money:
        return number("£");
      case Sort::percent:
        return number("%");
      case Sort::date:
        return date();
      case Sort::months:
      case Sort::days:
      case Sort::duration: {
        if (!pool_.durations.empty() && random_.chance(50)) return random_.pick(pool_.durations);
        return std::to_string(random_.between(-2, 30)) + (random_.chance(50) ? " months" : " days");
      }
      case Sort::text:
        return std::string(1, static_cast<char>('a' + random_.between(0, 4)));
      case Sort::code: {
        const auto found = pool_.codes.find(type.system);
        std::string code = found != pool_.codes.end() && random_.chance(70) ? random_.pick(found->second)
                                                                            : make_code(random_, type.system);
        if (random_.chance(20)) std::erase(code, '.');
        if (random_.chance(10)) return Json{{"system", type.system}, {"code", code}};
        return code;
      }
      case Sort::enumeration: {
        std::string value = random_.pick(vocabulary_.enumerations[type.enumeration].values);
        std::erase(value, '"');
        return value;
      }
      case Sort::place: {
        const Place& place = random_.pick(vocabulary_.places);
        if (missing_ > 0 && random_.chance(4)) return "Nowhere";
        if (!place.ods.empty() && random_.chance(40)) return random_.pick(place.ods);
        return place.name;
      }
    }
    return nullptr;
  }
};

}  // namespace

Json make_record(Random& random, const Vocabulary& vocabulary, const Pool& pool, int missing) {
  RecordMaker maker(random, vocabulary, pool, missing);
  maker.referred = reference::number_of({2018, 6, 1}) + random.between(0, 365 * 5);
  if (!pool.dates.empty() && random.chance(20)) maker.referred = random.pick(pool.dates) + random.between(-1, 1);
  maker.referred = std::min(std::max(maker.referred, 1000L), reference::last_day_number - 1000);
  Json record = maker.object(vocabulary.fields);
  record["id"] = "r";
  record.erase("referred");
  if (!random.chance(5)) record["referred"] = reference::format_day(maker.referred);
  for (const Field& field : vocabulary.fields) {
    // A record has its place more often than other facts.
    if (field.name == "home" && !record.contains("home") && random.chance(70)) record["home"] = maker.value(field);
  }
  return record;
}

Json make_register_record(Random& random, const Vocabulary& vocabulary, const Pool& pool, int missing) {
  RecordMaker maker(random, vocabulary, pool, missing);
  maker.referred = reference::number_of({2018, 6, 1}) + random.between(0, 365 * 5);
  return maker.object(vocabulary.register_fields);
}

void supply(Random& random, const Vocabulary& vocabulary, const Pool& pool, const std::string& path, Json& record) {
  RecordMaker maker(random, vocabulary, pool, 0);
  const std::vector<Field>* fields = &vocabulary.fields;
  Json* object = &record;
  std::string rest = path;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string head = rest.substr(0, dot);
    for (const Field& field : *fields) {
      if (field.name != head) continue;
      if (dot == std::string::npos) {
        (*object)[head] = maker.value(field);
        return;
      }
      fields = &field.fields;
      break;
    }
    object = &(*object)[head];
    rest = rest.substr(dot + 1);
  }
}

}  // namespace proviso::property
