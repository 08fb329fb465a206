// Writes generated events to a file or to standard output: data for benchmarks of any size.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "generate/event_text.hpp"

namespace {

using mta::bench::EventOrder;
using mta::bench::TextFormat;
using mta::bench::VisitorText;

constexpr std::string_view usage =
    "usage: mta_generate --events N [--channels C] [--mean-touches M] [--seed S]\n"
    "                    [--format csv|ndjson] [--order time|shuffled|visitor] [--output FILE]\n"
    "                    [--visitors hex|uuid|url|one] [--campaign yes|no] [--pages yes|no]\n"
    "                    [--login yes|no]\n";

struct Request {
  mta::bench::GeneratorOptions options;
  mta::bench::TextForm form;
  EventOrder order = EventOrder::time;
  std::string output;
};

/// A command line that cannot be understood.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

template <class Number>
void read(std::string_view key, std::string_view text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) {
    throw UsageError(std::string(key) + " takes a number, got " + std::string(text));
  }
}

template <class Choice>
void choose(std::string_view key, std::string_view text,
            const std::map<std::string_view, Choice>& choices, Choice& choice) {
  const auto found = choices.find(text);
  if (found == choices.end()) {
    throw UsageError(std::string(key) + " does not know " + std::string(text));
  }
  choice = found->second;
}

void set(Request& request, std::string_view key, std::string_view text) {
  if (key == "--events") return read(key, text, request.options.events);
  if (key == "--channels") return read(key, text, request.options.channels);
  if (key == "--mean-touches") return read(key, text, request.options.mean_touches);
  if (key == "--seed") return read(key, text, request.options.seed);
  if (key == "--format") {
    return choose(key, text, {{"csv", TextFormat::csv}, {"ndjson", TextFormat::ndjson}},
                  request.form.format);
  }
  if (key == "--order") {
    return choose(key, text,
                  {{"time", EventOrder::time},
                   {"shuffled", EventOrder::shuffled},
                   {"visitor", EventOrder::visitor}},
                  request.order);
  }
  if (key == "--visitors") {
    return choose(key, text,
                  {{"hex", VisitorText::hex},
                   {"uuid", VisitorText::uuid},
                   {"url", VisitorText::url},
                   {"one", VisitorText::one}},
                  request.form.visitor);
  }
  const std::map<std::string_view, bool> yes_or_no{{"yes", true}, {"no", false}};
  if (key == "--campaign") return choose(key, text, yes_or_no, request.form.campaign);
  if (key == "--pages") return choose(key, text, yes_or_no, request.form.pages);
  if (key == "--login") return choose(key, text, yes_or_no, request.form.login);
  if (key != "--output") throw UsageError("unknown option " + std::string(key));
  request.output = text;
}

Request parse(int count, char** arguments) {
  Request request;
  if (count % 2 == 0) throw UsageError("every option takes a value");
  for (int i = 1; i + 1 < count; i += 2) set(request, arguments[i], arguments[i + 1]);
  return request;
}

void write(const Request& request) {
  std::ofstream file;
  if (!request.output.empty()) {
    file.open(request.output, std::ios::binary);
    if (!file) throw std::runtime_error("cannot write " + request.output);
  }
  std::ostream& out = request.output.empty() ? std::cout : file;
  write_events(mta::bench::EventGenerator(request.options), request.order, request.form,
               [&out](std::string_view text) {
                 if (!out.write(text.data(), static_cast<std::streamsize>(text.size()))) {
                   throw std::runtime_error("writing failed");
                 }
               });
  if (!out.flush()) throw std::runtime_error("writing failed");
}

}  // namespace

int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  try {
    write(parse(count, arguments));
  } catch (const UsageError& error) {
    std::cerr << "mta_generate: " << error.what() << '\n' << usage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "mta_generate: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
