"""Puts the blocks of a run's output in place of the blocks of the same names of a README."""

import argparse
import re
from pathlib import Path

BLOCK = re.compile(r"<!-- (?P<name>\w+) -->\n.*?<!-- end of (?P=name) -->\n", re.DOTALL)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readme", type=Path)
    parser.add_argument("result", type=Path)
    arguments = parser.parse_args()
    result = arguments.result.read_text(encoding="utf-8")
    measured = {block["name"]: block[0] for block in BLOCK.finditer(result)}
    readme = arguments.readme.read_text(encoding="utf-8")
    there = {block["name"] for block in BLOCK.finditer(readme)}
    if unknown := measured.keys() - there:
        raise SystemExit(f"{arguments.readme}: no block for {', '.join(sorted(unknown))}")
    readme = BLOCK.sub(lambda block: measured.get(block["name"], block[0]), readme)
    arguments.readme.write_text(readme, encoding="utf-8")


if __name__ == "__main__":
    main()
