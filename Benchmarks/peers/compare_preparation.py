"""What it takes before the first question: order, build and customisation beside gravel-fragility's
contraction hierarchy and RoutingKit's own order.

Fails when an impedance that gravel-fragility found differs.
"""

import argparse
import statistics
import sys
from pathlib import Path

import exchange
import routingkit
import world_network
from processes import medians, run_within, seconds, table, times

SIZES = [7_000, 26_000, 100_000]


def gravel(folder, limit):
    """Seconds of its build and of a pair; None for what was not done in time."""
    command = [sys.executable, Path(__file__).parent / "by_gravel.py", "hierarchy", folder]
    found = {key: value for line in run_within(limit, command) for key, value in line.items()}
    return tuple(
        found[key]["wall_seconds"] if key in found else None for key in ("build", "query"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="where the world's networks are, or are written")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=int, default=300, help="seconds that a peer is given")
    arguments = parser.parse_args()
    world_network.ensure(arguments.world)
    driver = routingkit.driver(arguments.world)
    networks = {f"road-like, {size:,}": [f"road-like:{size}"] for size in SIZES}
    networks["world's highways"] = [arguments.world / "world.bin"]
    whole, orders = [], []
    for title, network in networks.items():
        folder = arguments.world / "questions-preparation"
        questions = exchange.Exchange(arguments.benchmark, network, folder)
        runs = [
            questions.ours("hierarchy", "--orders", 1, "--repeats", 3)
            for _ in range(arguments.runs)]
        order, build, customize = (
            medians(step for found in runs for step in found[name])[0]
            for name in ("order", "build", "customize_one_thread"))
        pair = statistics.median(found["query"]["median_seconds"] for found in runs)
        together = order + build + customize
        theirs, their_pair = gravel(folder, arguments.limit)
        if their_pair:
            questions.agree("pairs", "gravel")
        late = f"more than {arguments.limit} s"
        whole.append([
            title, seconds(order), seconds(build), seconds(customize), seconds(together),
            seconds(theirs) if theirs else late,
            times(theirs, together) if theirs else f"more than {times(arguments.limit, together)}",
            seconds(pair), seconds(their_pair) if their_pair else ""])
        if driver:
            theirs = routingkit.order(driver, folder)
            shape = questions.ours("hierarchy", "--order", "order.routingkit.u32", "--repeats", 1)
            orders.append([
                title, seconds(order), seconds(theirs), times(theirs, order),
                f"{runs[0]['arcs']:,}", f"{shape['arcs']:,}", runs[0]["height"], shape["height"],
                seconds(pair), seconds(shape["query"]["median_seconds"])])

    print("### Preparation beside gravel-fragility\n")
    print(table(
        ["", "order", "build", "customise", "together", "gravel-fragility", "times faster",
         "impedance of a pair", "gravel-fragility"], whole))
    print(
        "\nOne thread. Its contraction hierarchy is made for one set of costs; a closure needs "
        "another, or slower questions. Impedances of 1,000 pairs are the same where it was done in "
        f"time. Medians of {arguments.runs} processes for CorridorKit, one of gravel-fragility.\n")
    print("### Order beside RoutingKit's inertial flow\n")
    if orders:
        print(table(
            ["", "CorridorKit", "RoutingKit", "times faster", "arcs", "RoutingKit's", "height",
             "RoutingKit's", "impedance of a pair", "with RoutingKit's order"], orders))
        print("\nBoth orders built, customised and asked by CorridorKit.\n")
    else:
        print("Not measured: ROUTINGKIT names no checkout.\n")


if __name__ == "__main__":
    main()
