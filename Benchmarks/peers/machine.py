"""What the figures were measured on, without the machine's name."""

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
from datetime import datetime, timezone

import pyproj
import shapely

PEERS = [
    "geopandas", "shapely", "pyproj", "networkx", "scipy", "igraph", "numpy", "gravel-fragility",
    "scgraph-data", "aequilibrae"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--load", action="store_true", help="only how busy the machine is")
    parser.add_argument("--since", help="the day, and how busy the machine is and was before")
    arguments = parser.parse_args()
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    if arguments.load:
        print(busy)
        return
    if arguments.since:
        print(
            f"{today}; load of the machine (1, 5, 15 min): {arguments.since} before, {busy} after.")
        return
    swift = subprocess.run(
        ["swift", "--version"], capture_output=True, text=True, check=True).stdout.split("(")[0]
    native = {
        name: subprocess.run(
            ["pkg-config", "--modversion", name], capture_output=True, text=True, check=True
        ).stdout.strip()
        for name in ("geos", "proj")
    }
    peers = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    print(
        f"Measured on {os.cpu_count()} cores, "
        f"{platform.machine()}, {platform.freedesktop_os_release()['PRETTY_NAME']}. CorridorKit: "
        f"{swift.strip()}, GEOS {native['geos']}, PROJ {native['proj']}. Peers: Python "
        f"{sys.version.split()[0]}, {peers} (GEOS {shapely.geos_version_string}, PROJ "
        f"{pyproj.proj_version_str}).")


if __name__ == "__main__":
    main()
