"""COINr, an R package for composite indicators, from a checkout that COINR names.

COINr (https://github.com/bluefoxr/COINr, MIT) is installed by R into a folder of its own, outside this
repository. What it imports comes from R's library; in Debian these are the packages r-base-core,
r-cran-openxlsx, r-cran-rlang, r-cran-ggplot2 and r-cran-readxl.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("index_coinr.R")


def library(folder):
    """The folder that COINr is installed in; None where COINR is not set."""
    if not (checkout := os.environ.get("COINR")):
        return None
    folder = folder / "library"
    folder.mkdir(parents=True, exist_ok=True)
    # Without its vignettes and manual pages, which nothing here reads.
    subprocess.run(
        ["R", "CMD", "INSTALL", "--no-docs", "--no-test-load", f"--library={folder}",
         Path(checkout).resolve()], check=True, stdout=sys.stderr)
    return folder


def ask(library, command, folder, *options):
    """Has a script of ours ask COINr; what it says goes to standard error."""
    subprocess.run(
        ["Rscript", SCRIPT, library, command, folder, *map(str, options)], check=True,
        stdout=sys.stderr)


def answer(folder, name):
    """The rows of a table that the script wrote; none where it wrote none."""
    path = folder / f"coinr_{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
