#include "generate/event_text.hpp"

#include <chrono>
#include <cstdint>

namespace mta::bench {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;
constexpr std::int64_t micros_per_day = 86'400'000'000;

void append_digits(std::string& out, std::uint64_t number, std::size_t digits) {
  const std::size_t begin = out.size();
  out.resize(begin + digits);
  for (std::size_t i = digits; i-- > 0; number /= 10) {
    out[begin + i] = static_cast<char>('0' + number % 10);
  }
}

void append_hexadecimal(std::string& out, std::uint64_t number) {
  const std::size_t begin = out.size();
  out.resize(begin + 16);
  for (std::size_t i = 16; i-- > 0; number >>= 4) {
    out[begin + i] = "0123456789abcdef"[number & 0xF];
  }
}

/// Writes one event after another; remembers the day, which rarely changes.
class LineWriter {
 public:
  LineWriter(const EventGenerator& generator, const TextForm& form)
      : generator_(generator), form_(form) {}

  void csv(std::string& out, const GeneratedEvent& event) {
    append_visitor(out, event.visitor);
    out += ',';
    append_time(out, event.time);
    out += ',';
    out += type_of(event);
    out += ',';
    out += generator_.channel_names()[event.channel];
    out += ',';
    if (event.type == EventType::conversion) append_value(out, event.value);
    if (form_.campaign) {
      out += ',';
      out += generator_.campaign_names()[event.campaign];
    }
    if (form_.pages) append_pages(out, event);
    if (form_.login) append_login(out, event);
    out += '\n';
  }

  void ndjson(std::string& out, const GeneratedEvent& event) {
    out += R"({"visitor":")";
    append_visitor(out, event.visitor);
    out += R"(","ts":")";
    append_time(out, event.time);
    append_member(out, R"(","type":")", type_of(event));
    append_member(out, R"(","channel":")", generator_.channel_names()[event.channel]);
    if (form_.campaign) {
      append_member(out, R"(","campaign":")", generator_.campaign_names()[event.campaign]);
    }
    out += '"';
    if (event.type == EventType::conversion) {
      out += R"(,"value":)";
      append_value(out, event.value);
    }
    out += "}\n";
  }

 private:
  void append_visitor(std::string& out, std::uint64_t visitor) const {
    const std::size_t begin = out.size();
    switch (form_.visitor) {
      case VisitorText::one:
        out += "one";
        return;
      case VisitorText::url:
        out += "https://shop.example/visitors/";
        for (int i = 0; i < 19; ++i) out += "segment-/";
        break;
      case VisitorText::uuid:
        append_hexadecimal(out, visitor * 0x9e3779b97f4a7c15u);
        append_hexadecimal(out, visitor);
        for (const std::size_t at : {8U, 13U, 18U, 23U}) out.insert(begin + at, 1, '-');
        return;
      case VisitorText::hex:
        break;
    }
    append_hexadecimal(out, visitor);
  }

  /// A quarter each: a tagged newsletter, a click id, a referrer, nothing but the shop itself.
  static void append_pages(std::string& out, const GeneratedEvent& event) {
    const auto number = static_cast<std::uint64_t>(event.time / 1'000) ^ event.visitor;
    const std::string site = std::to_string(number / 4 % 300);
    out += ",https://www.shop.example/product/" + std::to_string(number % 1'000'000'007);
    switch (number % 4) {
      case 0:
        out += "?utm_source=news&utm_medium=email&utm_campaign=c" + site + ',';
        break;
      case 1:
        out += "?gclid=" + std::to_string(number) + "&utm_campaign=c" + site;
        out += ",https://www.google.com/";
        break;
      case 2:
        out += ",https://site" + site + ".example.org/post/" + std::to_string(number);
        break;
      default:
        out += ",https://www.shop.example/";
    }
  }

  void append_login(std::string& out, const GeneratedEvent& event) const {
    out += ',';
    if ((static_cast<std::uint64_t>(event.time / 1'000) ^ event.visitor) % 10 != 0) return;
    out += "user" + std::to_string(event.visitor % (generator_.size() / 10 + 1));
    out += "@mail.example";
  }

  static const std::string& type_of(const GeneratedEvent& event) {
    return EventGenerator::type_names()[static_cast<std::size_t>(event.type)];
  }

  static void append_member(std::string& out, std::string_view key, std::string_view text) {
    if (!text.empty()) out.append(key).append(text);
  }

  static void append_value(std::string& out, Micros value) {
    const auto cents = static_cast<std::uint64_t>(value.units / 10'000);
    out += std::to_string(cents / 100);
    out += '.';
    append_digits(out, cents % 100, 2);
  }

  void append_time(std::string& out, std::int64_t time) {
    if (time / micros_per_day != day_) begin_day(time / micros_per_day);
    const auto in_day = static_cast<std::uint64_t>(time % micros_per_day) / 1'000;
    out += date_;
    append_digits(out, in_day / 3'600'000, 2);
    out += ':';
    append_digits(out, in_day / 60'000 % 60, 2);
    out += ':';
    append_digits(out, in_day / 1'000 % 60, 2);
    out += '.';
    append_digits(out, in_day % 1'000, 3);
    out += 'Z';
  }

  void begin_day(std::int64_t day) {
    day_ = day;
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    date_.clear();
    append_digits(date_, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    date_ += '-';
    append_digits(date_, static_cast<unsigned>(date.month()), 2);
    date_ += '-';
    append_digits(date_, static_cast<unsigned>(date.day()), 2);
    date_ += 'T';
  }

  const EventGenerator& generator_;
  TextForm form_;
  std::int64_t day_ = -1;
  std::string date_;
};

}  // namespace

void write_events(const EventGenerator& generator, EventOrder order, const TextForm& form,
                  const std::function<void(std::string_view)>& sink) {
  std::string text;
  text.reserve(piece + 1'024);
  if (form.format == TextFormat::csv) {
    text = "visitor,ts,type,channel,value";
    if (form.campaign) text += ",campaign";
    if (form.pages) text += ",landing_url,referrer";
    if (form.login) text += ",login";
    text += '\n';
  }
  LineWriter writer(generator, form);
  generator.for_each(order, [&](const GeneratedEvent& event) {
    form.format == TextFormat::csv ? writer.csv(text, event) : writer.ndjson(text, event);
    if (text.size() < piece) return;
    sink(text);
    text.clear();
  });
  sink(text);
}

std::string events_text(const EventGenerator& generator, EventOrder order, const TextForm& form) {
  std::string text;
  write_events(generator, order, form, [&text](std::string_view part) { text += part; });
  return text;
}

}  // namespace mta::bench
