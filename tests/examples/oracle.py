"""Checks what the examples print on examples/data against a second implementation of the rules: slow, obvious, and in
another language. It shares no code with the library; its fractions are exact.

usage: oracle.py EXAMPLES_DIR DATA_DIR     (where the programs are; examples/data of the source tree)
"""
import csv
import json
import subprocess
import sys
import tempfile
from datetime import datetime
from fractions import Fraction

DAY = 86400
MODELS = ["first", "last", "linear", "time_decay", "position_based", "markov"]


def read(path):
    rows = []
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            row["time"] = int(datetime.fromisoformat(row["timestamp"].replace("Z", "+00:00")).timestamp())
            row["value"] = Fraction(row["value"] or 0)
            rows.append(row)
    return rows


def make_journeys(rows, goal, lookback):
    """[(path as [(channel, age)], conversions, value, is_null)]; an empty path is unattributed."""
    persons, kept, refunds = {}, {}, {}
    for row in sorted(rows, key=lambda row: row["time"]):
        persons.setdefault(row["visitor"], []).append(row)
        order = row["order_id"]
        if row["event"] == goal and row["value"] < 0:
            refunds.setdefault(order, []).append(row["value"])
        elif row["event"] == goal and order:
            kept.setdefault(order, row)
    journeys = []
    for events in persons.values():
        assert len({event["time"] for event in events}) == len(events), "the data have no ties"
        open_touches = []
        for event in events:
            if event["event"] != goal:
                if event["channel"]:
                    open_touches.append(event)
                continue
            order = event["order_id"]
            if event["value"] < 0 or (order and kept[order] is not event):
                continue
            touches = [t for t in open_touches if event["time"] - t["time"] <= lookback]
            touches += [event] if event["channel"] else []
            path = [(t["channel"], event["time"] - t["time"]) for t in touches]
            journeys.append((path, 1, event["value"], False))
            journeys += [(path, 0, value, False) for value in refunds.get(order, []) if order]
            open_touches = []
        while open_touches:
            end = 1
            while end < len(open_touches) and open_touches[end]["time"] - open_touches[end - 1]["time"] <= lookback:
                end += 1
            journeys.append(([(t["channel"], 0) for t in open_touches[:end]], 0, Fraction(0), True))
            open_touches = open_touches[end:]
    return journeys


def weights(model, path):
    n = len(path)
    if model == "first":
        return [1] + [0] * (n - 1)
    if model == "last":
        return [0] * (n - 1) + [1]
    if model == "linear":
        return [1] * n
    if model == "staircase":
        return [1 + i for i in range(n)]
    if model == "time_decay":
        return [Fraction(2.0 ** (-(age - path[-1][1]) / (7 * DAY))) for _, age in path]
    if n <= 2:
        return [1] * n
    return [Fraction(2, 5)] + [Fraction(1, 5) / (n - 2)] * (n - 2) + [Fraction(2, 5)]


def rule_credit(model, journeys):
    credit = {}
    for path, conversions, value, is_null in journeys:
        for channel, _ in path:
            credit.setdefault(channel, [0, 0])
        if is_null:
            continue
        weight = weights(model, path) if path else [1]
        for channel, share in zip([c for c, _ in path] or ["(unattributed)"], weight):
            cell = credit.setdefault(channel, [0, 0])
            cell[0] += Fraction(share) / sum(weight) * conversions
            cell[1] += Fraction(share) / sum(weight) * value
    return credit


def reach(channels, follow, reward):
    """Expected reward from each channel: Gauss and Jordan on (I - Q) x = reward."""
    rows = [[Fraction(int(a == b)) - follow.get((a, b), 0) for b in channels] + [reward[a]] for a in channels]
    for i in range(len(rows)):
        pivot = next(r for r in range(i, len(rows)) if rows[r][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for r in range(len(rows)):
            if r != i and rows[r][i]:
                rows[r] = [x - rows[r][i] * y for x, y in zip(rows[r], rows[i])]
    return {c: rows[i][-1] for i, c in enumerate(channels)}


def markov_credit(journeys):
    arcs, out, first, ends = {}, {}, {}, {}
    totals, unattributed = [0, 0], [0, 0]
    for path, conversions, value, is_null in journeys:
        if not path:
            unattributed = [unattributed[0] + conversions, unattributed[1] + value]
            continue
        totals = [totals[0] + conversions, totals[1] + value]
        end = ends.setdefault(path[-1][0], [0, 0])
        end[0] += conversions
        end[1] += value
        if not conversions and not is_null:
            continue  # a refund is no journey: only its value counts
        names = [c for i, (c, _) in enumerate(path) if i == 0 or path[i - 1][0] != c]
        first[names[0]] = first.get(names[0], 0) + 1
        for i, name in enumerate(names):
            out[name] = out.get(name, 0) + 1
            if i + 1 < len(names):
                arcs[name, names[i + 1]] = arcs.get((name, names[i + 1]), 0) + 1
    channels = sorted(out)
    started = sum(first.values())
    credit = {c: [0, 0] for c in channels}
    for kind in (0, 1):
        def expected(removed):
            follow = {(a, b): Fraction(n, out[a]) for (a, b), n in arcs.items() if removed not in (a, b)}
            reward = {c: Fraction(ends.get(c, [0, 0])[kind]) / out[c] if c != removed else Fraction(0) for c in channels}
            worth = reach(channels, follow, reward)
            return sum(worth[c] * n for c, n in first.items() if c != removed) / started
        whole = expected(None)
        if not whole:
            continue
        effect = {c: 1 - expected(c) / whole for c in channels}
        assert min(effect.values()) >= 0
        for c in channels:
            credit[c][kind] = totals[kind] * effect[c] / sum(effect.values())
    if any(unattributed):
        credit["(unattributed)"] = unattributed
    return credit


def credit_of(model, journeys):
    return markov_credit(journeys) if model == "markov" else rule_credit(model, journeys)


def check_rows(what, expected, rows, exact_sums):
    """Rounded weights and parts move a journey by some millionths at most: of 70 journeys by less than 0.0005."""
    assert set(expected) == set(rows), (what, expected.keys(), rows.keys())
    for channel, pair in rows.items():
        for kind in (0, 1):
            difference = abs(pair[kind] - expected[channel][kind])
            assert difference <= Fraction(5, 10000), (what, channel, float(difference))
    for kind in (0, 1):
        assert sum(pair[kind] for pair in rows.values()) == exact_sums[kind], what


def sums(journeys):
    return [sum(j[1] for j in journeys), sum(j[2] for j in journeys)]


def output(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def check_story(programs, data, story):
    base = [programs + "/attribute", "--quiet", "--spec", data + "/story.json", data + "/touchpoints.csv", "--format"]
    answer = json.loads(output(*base, "json"))
    from_csv = {}
    for row in csv.DictReader(output(*base, "csv").splitlines()):
        from_csv[row["goal"], row["model"], row["channel"]] = (row["conversions"], row["value"])
    for goal in answer["goals"]:
        journeys = story[goal["goal"]]
        assert [Fraction(goal["conversions"]), Fraction(goal["value"])] == sums(journeys)
        assert goal["null_journeys"] == sum(j[3] for j in journeys)
        assert goal["converting_journeys"] == sum(j[1] for j in journeys if j[0])
        assert [model["model"] for model in goal["models"]] == MODELS
        for model in goal["models"]:
            rows = {}
            for row in model["credits"]:
                rows[row["channel"]] = [Fraction(row["conversions"]), Fraction(row["value"])]
                key = (goal["goal"], model["model"], row["channel"])
                assert from_csv.pop(key) == (row["conversions"], row["value"])
            what = goal["goal"] + ", " + model["model"]
            check_rows(what, credit_of(model["model"], journeys), rows, sums(journeys))
    assert not from_csv


def check_ledger(programs, data, story):
    """Lines add up to the report's rows, and those of a rule model to each conversion."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ledger.csv", "ledger.ndjson"):
            path = folder + "/" + name
            report = output(programs + "/attribute", "--quiet", "--spec", data + "/story.json", "--ledger", path,
                            "--format", "csv", data + "/touchpoints.csv")
            with open(path, encoding="utf-8", newline="") as file:
                lines = list(csv.DictReader(file)) if name.endswith("csv") else [json.loads(line) for line in file]
            totals, conversions = {}, {}
            for line in lines:
                worth = [Fraction(line["conversions"]), Fraction(line["value"])]
                for sums_of, key in ((totals, (line["goal"], line["model"], line["channel"])),
                                     (conversions, (line["goal"], line["model"], line.get("person") or None,
                                                    line.get("conversion_time")))):
                    before = sums_of.setdefault(key, [0, 0])
                    sums_of[key] = [before[0] + worth[0], before[1] + worth[1]]
            for row in csv.DictReader(report.splitlines()):
                expected = [Fraction(row["conversions"]), Fraction(row["value"])]
                assert totals.pop((row["goal"], row["model"], row["channel"]), [0, 0]) == expected, row
            assert not totals
            for goal, journeys in story.items():
                worths = sorted([j[1], j[2]] for j in journeys if j[0] and (j[1] or j[2]))
                for model in MODELS[:-1]:
                    assert worths == sorted(worth for key, worth in conversions.items()
                                            if key[:2] == (goal, model) and key[2]), (goal, model)


def ranks(values):
    return [sum(w > v for w in values) + (1 + sum(w == v for w in values)) / 2 for v in values]


def correlation(a, b):
    x, y = ranks(a), ranks(b)
    mean = sum(x) / len(x)
    products = lambda u, v: sum((p - mean) * (q - mean) for p, q in zip(u, v))
    return products(x, y) / (products(x, x) * products(y, y)) ** 0.5


def check_comparison(programs, data, story):
    lines = iter(output(programs + "/compare_models", data + "/story.json", data + "/touchpoints.csv").splitlines())
    for name in ("lead", "sale"):
        credit = {}
        for model in MODELS:
            rows = credit_of(model, story[name])
            credit[model] = [float(rows[c][0]) for c in sorted(rows) if c != "(unattributed)"]
        assert next(lines).startswith(f"goal {name}: {sums(story[name])[0]}.000000")
        next(lines)
        for a in MODELS:
            printed = next(lines).split()
            assert printed == [a] + [f"{correlation(credit[a], credit[b]):.3f}" for b in MODELS], (name, printed)
        next(lines)
        for model in MODELS:
            if model != "last":
                moved = sum(max(x - y, 0) for x, y in zip(credit[model], credit["last"])) / sum(credit["last"])
                assert next(lines).split()[:3] == [model, "moves", f"{100 * moved:.1f}%"], (name, model)


def check_readme(programs, data, journeys):
    for line in output(programs + "/readme").splitlines():
        model, rest = line.split(": most to ")
        channel, value = rest.rsplit(", ", 1)
        expected = credit_of(model, journeys)
        assert max(expected, key=lambda c: expected[c][0]) == channel
        assert abs(expected[channel][1] - Fraction(value)) <= Fraction(5, 10000)


def check_own_model(programs, data, journeys):
    text = output(programs + "/own_model", data + "/touchpoints.csv")
    assert text.endswith("laws: conserved; the same bytes for shuffled rows on 3 threads\n")
    block = text[text.index("\nconversions"):text.index("\nvalue")]
    for channel, (conversions, _) in rule_credit("staircase", journeys).items():
        line = next(line for line in block.splitlines() if line.startswith(channel + " "))
        assert f"{float(conversions):.2f}" == line[len(channel):].split()[5], line


def check_journey_graph(programs, data, journeys):
    """The ways to a conversion without a circle, all of them, by brute force."""
    arcs, out, first, ends, begun = {}, {}, {}, {}, 0
    for path, conversions, _, is_null in journeys:
        if not path or not (conversions or is_null):
            continue
        names = [c for i, (c, _) in enumerate(path) if i == 0 or path[i - 1][0] != c]
        begun += 1
        first[names[0]] = first.get(names[0], 0) + 1
        for i, name in enumerate(names):
            out[name] = out.get(name, 0) + 1
            if i + 1 < len(names):
                arcs[name, names[i + 1]] = arcs.get((name, names[i + 1]), 0) + 1
        ends[names[-1]] = ends.get(names[-1], 0) + (1 if conversions else 0)
    text = output(programs + "/journey_graph", "--spec", data + "/story.json", "--goal", "sale", data + "/touchpoints.csv")
    block = text.split("most probable paths to conversion\n")[1].split("\n\n")[0]
    shown = [line.split("%  ") for line in block.splitlines()]
    assert len(shown) == 10
    least = float(shown[-1][0]) / 100
    found, todo = [], [([c], Fraction(n, begun)) for c, n in first.items()]
    while todo:
        way, probability = todo.pop()
        found.append((float(probability * ends.get(way[-1], 0) / out[way[-1]]), way))
        for (a, b), n in arcs.items():
            if a == way[-1] and b not in way and float(probability) * n / out[a] > 0.99 * least:
                todo.append((way + [b], probability * n / out[a]))
    found.sort(key=lambda each: -each[0])
    for (percent, way), (probability, expected) in zip(shown, found):
        assert way.split(" > ") == expected, (way, expected)
        assert f"{100 * probability:.4f}" == percent.strip(), (percent, probability)


def main():
    programs, data = sys.argv[1:]
    rows = read(data + "/touchpoints.csv")
    story = {"lead": make_journeys(rows, "lead", 30 * DAY), "sale": make_journeys(rows, "sale", 60 * DAY)}
    check_story(programs, data, story)
    check_ledger(programs, data, story)
    check_comparison(programs, data, story)
    by_default = make_journeys(rows, "sale", 30 * DAY)
    check_readme(programs, data, by_default)
    check_own_model(programs, data, by_default)
    check_journey_graph(programs, data, story["sale"])
    print("the examples agree with the oracle")


main()
