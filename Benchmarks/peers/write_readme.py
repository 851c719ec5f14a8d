"""Puts a run's output between the markers of a README."""

import argparse
from pathlib import Path

BEGIN, END = "<!-- measured -->\n", "<!-- end of measured -->\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readme", type=Path)
    parser.add_argument("result", type=Path)
    arguments = parser.parse_args()
    before, rest = arguments.readme.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    result = arguments.result.read_text(encoding="utf-8").strip()
    arguments.readme.write_text(f"{before}{BEGIN}\n{result}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
