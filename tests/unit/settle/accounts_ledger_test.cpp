#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "accounts_sample.hpp"
#include "settle/ledger_key.hpp"
#include "settle/ledger_tape.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

TEST_CASE("a tape gives back what was put on it, however much") {
  rc::prop("numbers, sums of money, lines and bytes", [] {
    struct Entry {
      std::uint64_t number;
      std::int64_t whole;
      std::int64_t money;
      LineOrder order;
      std::vector<unsigned char> bytes;
    };
    std::vector<Entry> entries(static_cast<std::size_t>(*rc::gen::inRange(0, 3000)));
    Tape tape;
    for (Entry& entry : entries) {
      const int size = *rc::gen::inRange(0, 64);
      entry.number = *rc::gen::arbitrary<std::uint64_t>() >> size;
      entry.whole = static_cast<std::int64_t>(*rc::gen::arbitrary<std::uint64_t>()) >> size;
      entry.money = size % 2 == 0 ? entry.whole : entry.whole / 10'000 * 10'000;
      entry.order = *rc::gen::arbitrary<LineOrder>();
      entry.bytes.assign(static_cast<std::size_t>(size) % (Tape::most_bytes + 1), static_cast<unsigned char>(size));
      tape.put(entry.number);
      tape.put_signed(entry.whole);
      tape.put_money(entry.money);
      tape.put_order(entry.order);
      tape.put_bytes(entry.bytes.data(), entry.bytes.size());
    }
    Tape::Reader reader(tape);
    for (const Entry& entry : entries) {
      RC_ASSERT(!reader.done());
      RC_ASSERT(reader.number() == entry.number);
      RC_ASSERT(reader.signed_number() == entry.whole);
      RC_ASSERT(reader.money() == entry.money);
      RC_ASSERT(reader.order() == entry.order);
      std::vector<unsigned char> bytes(entry.bytes.size());
      reader.bytes(bytes.data(), bytes.size());
      RC_ASSERT(bytes == entry.bytes);
    }
    RC_ASSERT(reader.done());
  });
  SECTION("the least and the greatest") {
    Tape tape;
    for (const std::int64_t each : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1}}) {
      tape.put_signed(each);
      tape.put_money(each);
    }
    Tape::Reader reader(tape);
    for (const std::int64_t each : {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1}}) {
      CHECK(reader.signed_number() == each);
      CHECK(reader.money() == each);
    }
    CHECK(reader.done());
  }
}

TEST_CASE("keys of different texts and values differ, and go on a tape as they are") {
  KeyMaker maker;
  std::vector<Key> keys;
  std::string text;
  for (int length = 0; length < 40; ++length, text += 'a') keys.push_back(maker.of_text(text));
  text.assign(3, '\0');
  for (int length = 3; length < 40; ++length, text += '\0') keys.push_back(maker.of_text(text));
  for (const std::int64_t bits : {std::int64_t{0}, std::int64_t{1}, std::int64_t{'a'}, INT64_MIN}) {
    keys.push_back(KeyMaker::of_bits(bits));
  }
  Tape tape;
  for (const Key& key : keys) key.put(tape);
  Tape::Reader reader(tape);
  for (const Key& key : keys) CHECK(Key::read(reader) == key);
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
  CHECK(maker.of_text("A1") < maker.of_text("A10"));
  CHECK(maker.of_text("A10") < maker.of_text("A2"));
}

TEST_CASE("a long ledger is corrected as a short one is") {
  // 30,000 lines of £1 each, then all once more of £2, but for the last ten thousand.
  const auto line = [](int number, const char* price) {
    return "line " + std::to_string(number) + ",2019-01-05,01T,RXA,adalimumab,1," + price;
  };
  std::vector<std::string> lines;
  for (int number = 0; number < 30'000; ++number) lines.push_back(line(number, "£99"));
  for (int number = 0; number < 20'000; ++number) lines.push_back(line(number, "£98"));
  const Statement statement = Ledger(gain_share())
                                  .file("id,supplied,commissioner,provider,molecule,quantity,unit_price", lines)
                                  .clerks(3)
                                  .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £50000.00 = £25000.00 + £25000.00, 20000 corrected"});
  CHECK(statement.settlements[0].lines == 30'000);
}
