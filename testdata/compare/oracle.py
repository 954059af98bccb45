"""The figures that the tests of real comparisons hold `rubric compare` against.

    python3 testdata/compare/oracle.py REFERENCE

Worked out from the data alone: it reads no methodology and shares no code with Rubric. REFERENCE is the folder of reference data;
without it only the cities are written. Ranks are 1, 2, 2, 4; Spearman is Pearson over mean ranks; Kendall is tau-b.
"""
import csv
import functools
import itertools
import math
import os
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
REPORT = os.path.join(HERE, "../../methodologies/cities-of-opportunity/2025")


def read(name):
    with open(name, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def write(name, header, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def ranks(score):
    """Unit by unit, 1 for the best, equal ones the better place."""
    return {u: 1 + sum(x > s for x in score.values()) for u, s in score.items()}


def pearson(a, b):
    ma, mb = math.fsum(a) / len(a), math.fsum(b) / len(b)
    saa, sbb = math.fsum((x - ma) ** 2 for x in a), math.fsum((y - mb) ** 2 for y in b)
    return math.fsum((x - ma) * (y - mb) for x, y in zip(a, b)) / math.sqrt(saa * sbb)


def spearman(a, b):
    def mean_ranks(values):
        return [sum(y < x for y in values) + (sum(y == x for y in values) + 1) / 2 for x in values]
    return pearson(mean_ranks(a), mean_ranks(b))


def kendall(a, b):
    concordant = discordant = ties_a = ties_b = 0
    for i in range(len(a)):
        for j in range(i):
            x, y = (a[i] > a[j]) - (a[i] < a[j]), (b[i] > b[j]) - (b[i] < b[j])
            concordant += x * y > 0
            discordant += x * y < 0
            ties_a += x == 0
            ties_b += y == 0
    pairs = len(a) * (len(a) - 1) // 2
    return (concordant - discordant) / math.sqrt((pairs - ties_a) * (pairs - ties_b))


def moved(old, new):
    """common, rescored, moved, mean places, Spearman, Kendall: of the units of both."""
    both = [u for u in new if u in old]
    a, b = {u: old[u] for u in both}, {u: new[u] for u in both}
    ra, rb = ranks(a), ranks(b)
    x, y = [a[u] for u in both], [b[u] for u in both]
    return [len(both), sum(a[u] != b[u] for u in both), sum(ra[u] != rb[u] for u in both), repr(sum(abs(ra[u] - rb[u]) for u in both) / len(both)),
            "%.12f" % spearman(x, y), "%.12f" % kendall(x, y)]


MOVED = ["common", "rescored", "moved", "places", "spearman", "kendall"]


def cities():
    """The total with the two columns of regional synergy ranked again by the rule of all others."""
    points = read(os.path.join(REPORT, "variable_scores.csv"))
    old = {r["city"]: sum(int(v) for k, v in r.items() if k != "city") for r in points}
    new = dict(old)
    for column in "business_carrying_capacity", "passenger_and_freight_transport_scale":
        printed = {r["city"]: int(r[column]) for r in points}
        for city, own in printed.items():
            new[city] += len(points) - sum(x > own for x in printed.values()) - own
    before, after = ranks(old), ranks(new)
    write("cities-of-opportunity/moves.csv", ["city", "total", "rank", "new_total", "new_rank"], [[c, old[c], before[c], new[c], after[c]] for c in old])


def freedom(reference):
    total = {}
    for r in read(os.path.join(reference, "freedom-in-the-world-2013-2024/data.csv")):
        year = r["edition"]
        score = sum(int(r[k]) for k in r if len(k) == 2 and k[0] in "ABCDEFG") - int(r["add_q"] or 0)
        if int(year) <= 2017:
            score += int(r["add_a"] or 0)
        total.setdefault(year, {})[r["country"]] = score
    rows = []
    for year in range(2013, 2024):
        old, new = total[str(year)], total[str(year + 1)]
        rows.append([year, year + 1, "|".join(sorted(set(new) - set(old))), "|".join(sorted(set(old) - set(new)))] + moved(old, new))
    write("freedom-in-the-world/pairs.csv", ["old", "new", "entered", "left"] + MOVED, rows)


def development(reference):
    rows = read(os.path.join(reference, "human-development-2023-24/timeseries_hdi_1990_2022.csv"))
    series = ["le", "eys", "mys", "gnipc"]
    largest = {k: max(float(r[k]) for r in rows if r[k]) for k in series}
    fixed = {"le": 85, "eys": 18, "mys": 15, "gnipc": 75000}

    def index(r, high, mean):
        if any(not r[k] for k in series):
            return None
        le, eys, mys, gni = (float(r[k]) for k in series)
        health = min(1, (le - 20) / (high["le"] - 20))
        education = (min(1, eys / high["eys"]) + min(1, mys / high["mys"])) / 2
        income = min(1, (math.log(gni) - math.log(100)) / (math.log(high["gnipc"]) - math.log(100)))
        if mean is geometric and min(health, education, income) < 0:
            return None  # Rwanda in 1994: life expectancy was below the lower goalpost
        x = mean(health, education, income)
        return Decimal(repr(x)).quantize(Decimal("0.001"), ROUND_HALF_UP)

    def geometric(a, b, c):
        return (a * b * c) ** (1 / 3)

    def arithmetic(a, b, c):
        return (a + b + c) / 3

    def scores(of, high, mean):
        return {r["iso3"]: i for r in of if (i := index(r, high, mean)) is not None}
    out, why = [], []
    for year in sorted({r["year"] for r in rows}):
        of = [r for r in rows if r["year"] == year]
        old = scores(of, fixed, geometric)
        assert all(old[r["iso3"]] == Decimal(r["hdi"]) for r in of if r["hdi"] and r["iso3"] in old), year
        for variant, high, mean in ("arithmetic-mean", fixed, arithmetic), ("observed-maxima", largest, geometric):
            out.append([variant, year] + moved(old, scores(of, high, mean)))

        # From the index with both to the one without either: what the mean did, and what the maxima did.
        editions = {}
        for new in (), ("mean",), ("maxima",), ("mean", "maxima"):
            score = scores(of, fixed if "maxima" in new else largest, geometric if "mean" in new else arithmetic)
            editions[frozenset(new)] = score, ranks(score)
        countries = [c for c in editions[frozenset()][0] if all(c in e[0] for e in editions.values())]
        effects = [[shapley(["mean", "maxima"], lambda s: Fraction(editions[s][k][c])) for c in countries] for k in (0, 1)]
        why.append([year, len(countries)] + [repr(float(sum(abs(e[name]) for e in effects[k]) / len(countries))) for k in (0, 1) for name in ("mean", "maxima")])
    out.sort(key=lambda row: row[0])
    write("human-development/years.csv", ["variant", "year"] + MOVED, out)
    write("human-development/why.csv", ["year", "countries", "score_mean", "score_maxima", "rank_mean", "rank_maxima"], why)
    write("human-development/maxima.csv", ["column", "largest"], [[k, repr(largest[k])] for k in series])


def shapley(names, v):
    """By name, the mean over all orders of what it adds; v(frozenset of those that are new)."""
    orders = list(itertools.permutations(names))
    out = dict.fromkeys(names, 0)
    for order in orders:
        new = frozenset()
        for name in order:
            out[name] += Fraction(v(new | {name}) - v(new), len(orders))
            new |= {name}
    return out


def freedom_why(reference):
    """Of each edition and the next, and of the first and the last: what the method, the figures and the units did, by country."""
    answers = {}
    for r in read(os.path.join(reference, "freedom-in-the-world-2013-2024/data.csv")):
        rest = sum(int(r[k]) for k in r if len(k) == 2 and k[0] in "ABCDEFG") - int(r["add_q"] or 0)
        answers.setdefault(int(r["edition"]), {})[r["country"]] = (rest, int(r["add_a"] or 0))
    rows = []
    for old, new in [(y, y + 1) for y in range(2013, 2024)] + [(2013, 2024)]:
        names = []
        if old <= 2017 < new:
            names.append("method")  # the question about traditional monarchies is no longer asked
        names.append("data")
        if answers[old].keys() != answers[new].keys():
            names.append("units")

        @functools.cache
        def of(changed):
            figures = answers[new] if "data" in changed else answers[old]
            units = answers[new] if "units" in changed else answers[old]
            asked = new <= 2017 or (old <= 2017 and "method" not in changed)
            score = {}
            for u in units:  # who is only there once has no other figures
                rest, monarchy = figures.get(u) or units[u]
                if old <= 2017 < new:  # only the old figures have answers to it
                    monarchy = answers[old].get(u, units[u])[1]
                score[u] = rest + (monarchy if asked else 0)
            # The method ranks nobody: places are those among the countries of both editions.
            return score, ranks({u: x for u, x in score.items() if u in answers[old] and u in answers[new]})
        for country in answers[old]:
            if country not in answers[new]:
                continue
            effects = [shapley(names, lambda s: of(s)[k][country]) for k in (0, 1)]
            ends = [of(frozenset())[k][country] for k in (0, 1)], [of(frozenset(names))[k][country] for k in (0, 1)]
            assert [sum(e.values()) for e in effects] == [ends[1][k] - ends[0][k] for k in (0, 1)]
            if any(x for e in effects for x in e.values()):
                rows.append([old, new, country] + [repr(float(e[n])) if n in e else "" for e in effects for n in ("method", "data", "units")])
    write("freedom-in-the-world/why.csv", ["old", "new", "country", "score_method", "score_data", "score_units", "rank_method", "rank_data", "rank_units"], rows)


cities()
if len(sys.argv) > 1:
    freedom(sys.argv[1])
    freedom_why(sys.argv[1])
    development(sys.argv[1])
