#include "mta/report/credit_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "report/sample_trail.hpp"

namespace mta {
namespace {

std::string written(LedgerFormat format) {
  std::string text;
  CreditLedger ledger(format, [&](std::string_view lines) { text += lines; });
  test::play_sample_trail(ledger);
  return text;
}

TEST(CreditLedger, CsvHasALineForEachTouchAndModelThatEarned) {
  EXPECT_EQ(written(LedgerFormat::csv),
            "goal,model,person,outcome,conversion_time,touch,touches,touch_time,event,channel,"
            "\"camp,aign\",conversions,value\n"
            "sale,\"linear, \"\"even\"\"\",00000000000000010000000a,converted,2026-11-22T08:30:00Z,"
            "1,2,1969-12-31T23:59:59.999999Z,view,Display,summer,0.500000,10.000000\n"
            "sale,last,00000000000000010000000a,converted,2026-11-22T08:30:00Z,2,2,"
            "2026-11-22T08:30:00Z,buy,Search,,1.000000,20.000000\n"
            "sale,\"linear, \"\"even\"\"\",00000000000000010000000a,converted,2026-11-22T08:30:00Z,"
            "2,2,2026-11-22T08:30:00Z,buy,Search,,0.500000,10.000000\n"
            "sale,last,,,,,,,,(unattributed),,3.000000,0.000000\n");
}

TEST(CreditLedger, NdjsonHasAnObjectForEach) {
  std::string expected =
      R"({'goal':'sale','model':'linear, \'even\'','person':'00000000000000010000000a',)"
      R"('outcome':'converted','conversion_time':'2026-11-22T08:30:00Z','touch':1,'touches':2,)"
      R"('touch_time':'1969-12-31T23:59:59.999999Z','event':'view','channel':'Display',)"
      R"('dimensions':{'camp,aign':'summer'},'conversions':'0.500000','value':'10.000000'}|)"
      R"({'goal':'sale','model':'last','person':'00000000000000010000000a','outcome':'converted',)"
      R"('conversion_time':'2026-11-22T08:30:00Z','touch':2,'touches':2,)"
      R"('touch_time':'2026-11-22T08:30:00Z','event':'buy','channel':'Search',)"
      R"('dimensions':{'camp,aign':''},'conversions':'1.000000','value':'20.000000'}|)"
      R"({'goal':'sale','model':'linear, \'even\'','person':'00000000000000010000000a',)"
      R"('outcome':'converted','conversion_time':'2026-11-22T08:30:00Z','touch':2,'touches':2,)"
      R"('touch_time':'2026-11-22T08:30:00Z','event':'buy','channel':'Search',)"
      R"('dimensions':{'camp,aign':''},'conversions':'0.500000','value':'10.000000'}|)"
      R"({'goal':'sale','model':'last','channel':'(unattributed)','conversions':'3.000000',)"
      R"('value':'0.000000'}|)";
  std::ranges::replace(expected, '\'', '"');
  std::ranges::replace(expected, '|', '\n');
  EXPECT_EQ(written(LedgerFormat::ndjson), expected);
}

TEST(CreditLedger, AFailingWriterEndsIt) {
  CreditLedger ledger(LedgerFormat::csv,
                      [](std::string_view) { throw std::runtime_error("full"); });
  EXPECT_THROW(test::play_sample_trail(ledger), std::runtime_error);
}

}  // namespace
}  // namespace mta
