"""RoutingKit's customizable contraction hierarchy, from a checkout that ROUTINGKIT names.

RoutingKit (https://github.com/RoutingKit/RoutingKit, BSD 2-clause) is in no package index. Its library is
built by its own Makefile and our driver, routingkit_cch.cpp, with the flags of that Makefile, both
outside this repository.
"""

import os
import re
import subprocess
from pathlib import Path

from processes import run

DRIVER = Path(__file__).parent / "routingkit_cch.cpp"
# Distances of pairs that no way joins.
UNREACHABLE = 2**31 - 1


def driver(folder):
    """The compiled driver in a folder for temporary files; None where ROUTINGKIT is not set."""
    if not (checkout := os.environ.get("ROUTINGKIT")):
        return None
    checkout = Path(checkout).resolve()
    library = checkout / "lib" / "libroutingkit.a"
    subprocess.run(
        ["make", "-C", checkout, library.relative_to(checkout)], check=True,
        stdout=subprocess.DEVNULL)
    flags = dict(re.findall(
        r"^(CC|CFLAGS|OMP_CFLAGS) *= *(.*)$", (checkout / "Makefile").read_text(), re.MULTILINE))
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "routingkit_cch"
    subprocess.run(
        [flags["CC"], *flags["CFLAGS"].split(), *flags["OMP_CFLAGS"].split(),
         f"-I{checkout / 'include'}", DRIVER, library, "-o", program], check=True)
    return program


def measure(program, exchange, repeats, many):
    return run([program, exchange, repeats, many]).json()


def order(program, exchange):
    """Seconds of RoutingKit's own order, which is written beside the questions."""
    return run([program, exchange, "order"]).json()["order"]


def compiler_flags():
    checkout = Path(os.environ["ROUTINGKIT"])
    return re.search(r"^CFLAGS *= *(.*?)( -fPIC.*)?$", (checkout / "Makefile").read_text(), re.M)[1]
