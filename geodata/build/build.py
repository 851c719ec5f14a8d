"""Builds everything in geodata/ and prints the counts and checks. Run it twice: the same bytes."""

import sys

import network
import provinces
import settlements
from checks import network_report


def main():
    provinces.main()
    settlements.main()
    worst = network_report.print_all(*network.build())
    if worst > network_report.TOLERATED:
        sys.exit(f"a distance deviates by {worst:.1%} from the published one")


if __name__ == "__main__":
    main()
