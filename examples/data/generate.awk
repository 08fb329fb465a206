# Spring at a maker of cargo bikes: nine customers with a name, told one by one, and a crowd drawn from a fixed
# sequence of random numbers. README.md tells the story.

# --- the fixed sequence: x -> 16807 x mod 2^31 - 1 stays below 2^53, so it is exact in every awk
function random() {
  seed = (16807 * seed) % 2147483647
  return seed / 2147483647
}
# One of "a:3 b:1" by weight; "_" stands for a blank.
function pick(choices, part, n, i, sum, at) {
  n = split(choices, part, "[: ]")
  for (i = 2; i <= n; i += 2) sum += part[i]
  at = random() * sum
  for (i = 2; i < n && at >= part[i]; i += 2) at -= part[i]
  gsub("_", " ", part[i - 1])
  return part[i - 1]
}

# --- seconds since 2024-02-01T00:00:00Z to ISO-8601
function two(n) { return n < 10 ? "0" n : "" n }
function iso(s, day, month, length_of) {
  day = int(s / 86400)
  s -= day * 86400
  split("0 29 31 30 31 30", length_of, " ")
  for (month = 2; day >= length_of[month]; ++month) day -= length_of[month]
  return "2024-" two(month) "-" two(day + 1) "T" two(int(s / 3600)) ":" two(int(s % 3600 / 60)) ":" two(s % 60) "Z"
}
function row(visitor, time, event, channel, campaign, device, value, order) {
  print visitor "," time "," event "," channel "," campaign "," device "," value "," order
}

# --- the crowd
function event_of(channel) {
  if (channel == "Paid Search" || channel == "Email") return "click"
  if (channel == "Paid Social") return random() < 0.6 ? "click" : "view"
  if (channel == "Display") return "view"
  if (channel == "Live Chat") return "chat"
  if (channel == "Phone") return "call"
  if (channel == "Store") return "store_visit"
  return "visit"
}
function campaign_of(channel) {
  if (channel == "Paid Search") return pick("spring-offer:5 brand:3")
  if (channel == "Paid Social") return pick("lookalike:3 retargeting:2")
  if (channel == "Email") return pick("newsletter:3 offer-reminder:2")
  if (channel == "Display") return "spring-awareness"
  return ""
}
function offline(channel) { return channel == "Phone" || channel == "Store" }
function touch(channel) {
  row(who, iso(now), event_of(channel), channel, campaign_of(channel), offline(channel) ? "" : device, "", "")
}
function wait(days) { now += 1800 + int(random() * random() * days * 86400) }
function lead(channel) {
  wait(0.02)
  channel = pick("Live_Chat:9 Phone:4 Store:2 :5")
  row(who, iso(now), "lead", channel, "", offline(channel) ? "" : device, "", "")
}
function sale(prices, channel) {
  wait(3)
  channel = pick(":11 Phone:5 Store:4")
  value = pick(prices)
  order = "A-" (++orders)
  row(who, iso(now), "sale", channel, "", offline(channel) ? "" : device, value, order)
}
function one_of_the_crowd(n, serious, touches, led, i) {
  who = sprintf("c%03d", n)
  now = int(random() * 104) * 86400 + 25200 + int(random() * 54000)
  device = pick("mobile:5 desktop:4 tablet:1")
  serious = random() < 0.34
  touches = 1
  while (touches < 9 && random() < (serious ? 0.72 : 0.46)) ++touches
  for (i = 1; i <= touches; ++i) {
    if (i == 1) touch(pick("Organic_Search:24 Paid_Search:22 Paid_Social:20 Display:18 Referral:8 Direct:6 Store:2"))
    else touch(pick("Direct:24 Email:18 Organic_Search:14 Paid_Search:12 Paid_Social:10 Display:9 Live_Chat:6 Store:4 Referral:3"))
    if (serious && !led && random() < 0.35) {
      lead()
      led = 1
    }
    if (i < touches) wait(14)
  }
  if (!serious || random() < 0.45) return
  sale("2990.00:4 3490.00:5 4290.00:3 5190.00:1")
  if (random() < 0.16) {  # back again, for a rain cover or a child seat
    wait(20)
    touch(pick("Email:4 Direct:2 Organic_Search:1"))
    sale("79.90:3 129.00:4 249.00:2")
  } else if (random() < 0.07) {
    wait(12)
    row(who, iso(now), "sale", "", "", "", "-" value, order)
  }
}

# --- the customers with a name
function anna() {  # search, a paid click, a lead in the chat, then straight back, and a telephone call
  row("anna", "2024-03-04T08:12:09Z", "visit", "Organic Search", "", "desktop", "", "")
  row("anna", "2024-03-09T19:40:31Z", "click", "Paid Search", "spring-offer", "mobile", "", "")
  row("anna", "2024-03-09T19:52:10Z", "lead", "Live Chat", "", "mobile", "", "")
  row("anna", "2024-03-13T20:05:44Z", "visit", "Direct", "", "desktop", "", "")
  row("anna", "2024-03-15T10:31:00Z", "sale", "Phone", "", "", "4290.00", "A-1001")
}
function ben() {  # sees an advertisement, walks into the shop and buys; the till sends his order twice
  row("ben", "2024-03-02T21:14:55Z", "view", "Display", "spring-awareness", "tablet", "", "")
  row("ben", "2024-03-08T15:20:00Z", "store_visit", "Store", "", "", "", "")
  row("ben", "2024-03-09T11:05:00Z", "sale", "Store", "", "", "3490.00", "A-1002")
  row("ben", "2024-03-09T11:35:00Z", "sale", "Store", "", "", "3490.00", "A-1002")
}
function clara() {  # buys a bike, and twice again after a newsletter
  row("clara", "2024-02-20T07:45:12Z", "click", "Paid Social", "lookalike", "mobile", "", "")
  row("clara", "2024-02-24T12:02:30Z", "visit", "Direct", "", "mobile", "", "")
  row("clara", "2024-02-24T12:31:08Z", "sale", "", "", "mobile", "2990.00", "A-1003")
  row("clara", "2024-03-20T06:58:41Z", "click", "Email", "newsletter", "mobile", "", "")
  row("clara", "2024-03-20T07:10:26Z", "sale", "", "", "mobile", "129.00", "A-1004")
  row("clara", "2024-05-02T06:59:03Z", "click", "Email", "newsletter", "mobile", "", "")
  row("clara", "2024-05-03T17:22:47Z", "sale", "", "", "desktop", "249.00", "A-1005")
}
function david() {  # sends his bike back; later he buys another
  row("david", "2024-03-11T18:30:00Z", "click", "Paid Search", "brand", "desktop", "", "")
  row("david", "2024-03-12T09:00:00Z", "call", "Phone", "", "", "", "")
  row("david", "2024-03-14T16:45:10Z", "sale", "", "", "desktop", "5190.00", "A-1006")
  row("david", "2024-03-28T10:00:00Z", "sale", "", "", "", "-5190.00", "A-1006")
  row("david", "2024-04-18T19:12:36Z", "click", "Email", "offer-reminder", "desktop", "", "")
  row("david", "2024-04-19T20:40:00Z", "sale", "", "", "desktop", "3490.00", "A-1007")
}
function emma() {  # the bell was missing: a little of the price comes back
  row("emma", "2024-04-02T13:15:20Z", "visit", "Referral", "", "mobile", "", "")
  row("emma", "2024-04-05T17:50:05Z", "view", "Paid Social", "retargeting", "mobile", "", "")
  row("emma", "2024-04-05T18:04:11Z", "lead", "", "", "mobile", "", "")
  row("emma", "2024-04-10T08:20:00Z", "sale", "Phone", "", "", "2990.00", "A-1008")
  row("emma", "2024-04-16T08:20:00Z", "sale", "", "", "", "-40.00", "A-1008")
}
function others() {
  # felix looks and looks and never buys
  row("felix", "2024-02-15T22:01:00Z", "click", "Paid Social", "lookalike", "mobile", "", "")
  row("felix", "2024-02-22T22:11:00Z", "visit", "Direct", "", "mobile", "", "")
  row("felix", "2024-03-30T21:45:00Z", "visit", "Direct", "", "mobile", "", "")
  row("felix", "2024-05-11T20:30:00Z", "visit", "Direct", "", "mobile", "", "")
  # grace orders by letter: nothing is known of what led her there
  row("grace", "2024-04-22T00:00:00Z", "sale", "", "", "", "3490.00", "A-1009")
  # hugo saw the advertisement long ago: it is too old for his sale
  row("hugo", "2024-02-03T19:19:19Z", "view", "Display", "spring-awareness", "desktop", "", "")
  row("hugo", "2024-05-06T09:30:00Z", "store_visit", "Store", "", "", "", "")
  row("hugo", "2024-05-06T10:10:00Z", "sale", "", "", "", "4290.00", "A-1010")
  # ida asks twice, the second time by telephone, and stays with her old bike
  row("ida", "2024-03-18T12:00:00Z", "visit", "Organic Search", "", "desktop", "", "")
  row("ida", "2024-03-18T12:20:00Z", "lead", "Live Chat", "", "desktop", "", "")
  row("ida", "2024-04-03T11:00:00Z", "visit", "Direct", "", "desktop", "", "")
  row("ida", "2024-04-03T11:30:00Z", "lead", "Phone", "", "", "", "")
}

BEGIN {
  seed = 20240201
  orders = 2000
  anna(); ben(); clara(); david(); emma(); others()
  for (n = 1; n <= 300; ++n) one_of_the_crowd(n)
}
