// A program of somebody else that uses mta: the same file for every way of getting at the library.
#include <iostream>
#include <utility>

#include "mta/mta.hpp"

int main() {
  mta::Run run({.models = {{"linear"}, {"markov"}}});
  mta::Events events(run.layout());
  mta::read(events, mta::Source::memory("rows", "visitor,time,event,channel,value\n"
                                                "a,2024-03-01,click,Search,\n"
                                                "a,2024-03-02,view,Social,\n"
                                                "a,2024-03-03,click,Email,\n"
                                                "a,2024-03-04,conversion,,100\n"
                                                "b,2024-03-05,click,Search,\n",
                                        mta::SourceFormat::csv),
            run.schema());
  run.add(std::move(events));
  const mta::Result result = run.finish();
  for (const mta::ModelResult& model : result.goals.front().models) {
    std::cout << model.model;
    for (const mta::CreditRow& row : model.credits) {
      std::cout << ' ' << row.key.front() << ' ' << mta::format_micros(row.credit.value);
    }
    std::cout << '\n';
  }
  try {
    static_cast<void>(mta::builtin_models().make("no such model"));
  } catch (const mta::Error& error) {
    std::cout << "caught " << (error.code() == mta::Errc::unknown_model) << '\n';
  }
  return 0;
}
