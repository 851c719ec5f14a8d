"""Contraction hierarchies of four networks beside RoutingKit's, with the same order of the nodes;
one-to-all searches beside scipy and igraph; closing one link; memory.

Fails when an impedance of a pair, of a search to all nodes or after a closure differs.
"""

import argparse
import statistics
import sys
from pathlib import Path

import exchange
import routingkit
import world_network
from processes import medians, run, seconds, table, times

REPEATS = 5
MANY = 1000
STEPS = {
    "build": "build from the order", "load": "load from its file instead", "customize_one_thread": "customise, one thread",
    "customize_two_threads": "customise, two threads", "query": "impedance of a pair",
    "route": "route of a pair, its links", "one_to_many": f"one to {MANY:,}",
    "many_to_many": f"{MANY:,} to {MANY:,}", "partial": "close or reopen one link",
}


def networks(world, data, road_like):
    return {
        "world's highways": [world / "world.bin"],
        "world's railways": ["--rail", world / "railways.bin"],
        "road-like": [f"road-like:{road_like}"],
        "Central Asia as shipped": [data],
    }


def step(result, name):
    """Median seconds of one of our steps in one process."""
    value = result[name]
    return value["median_seconds"] if isinstance(value, dict) else medians(value)[0]


def median(results, name):
    return statistics.median(step(result, name) for result in results)


class Comparison:
    def __init__(self, title, questions, driver):
        self.title, self.questions, self.driver = title, questions, driver
        self.ours, self.routingkit, self.peers = [], [], {"scipy": [], "igraph": []}
        self.memory = questions.ours("memory")

    def turn(self):
        """One process of each contestant; the answers are compared."""
        self.ours.append(self.questions.ours("hierarchy", "--repeats", REPEATS, "--many", MANY))
        folder = self.questions.folder
        if self.driver:
            self.routingkit.append(routingkit.measure(self.driver, folder, REPEATS, MANY))
            for question in ("pairs", "closures", "matrix"):
                self.questions.agree(question, "routingkit", routingkit.UNREACHABLE)
        peer = Path(__file__).parent / "one_to_all.py"
        for name, found in self.peers.items():
            found += run([sys.executable, peer, name, folder]).json()["one_to_all"]
            self.questions.agree("trees", name)

    def shape(self):
        counts = self.questions.counts
        nodes = counts["nodes"]
        return [
            self.title, f"{nodes:,}", f"{counts['links']:,}",
            f"{counts['one_way_links'] / counts['links']:.0%}",
            f"{counts['largest_piece']:,}",
            *(f"{count / nodes:.1%}" for count in counts["nodes_by_degree"][1:]),
            f"{counts['hierarchy_arcs']:,}",
            f"{counts['hierarchy_arcs'] / counts['links']:.2f}", counts["hierarchy_height"]]

    def steps(self):
        for name, label in STEPS.items():
            ours = median(self.ours, name)
            theirs = [found[name] for found in self.routingkit if name in found]
            theirs = statistics.median(theirs) if theirs else None
            yield [
                self.title, label, seconds(ours),
                *([seconds(theirs), times(theirs, ours)] 
                  if theirs else ["" if self.driver else "not measured", ""])]

    def sum(self):
        joined, milliseconds = self.questions.total("pairs")
        return f"{milliseconds:,} ms ({joined:,} joined)"

    def searches(self):
        ours = median(self.ours, "one_to_all")
        theirs = [medians(found)[0] for found in self.peers.values()]
        cells = (cell for peer in theirs for cell in (seconds(peer), times(peer, ours)))
        return [self.title, seconds(ours), *cells]

    def closures(self):
        counts = self.questions.counts
        full = median(self.ours, "customize_one_thread")
        partial = median(self.ours, "partial")
        slow = statistics.median(found["partial"]["ninetieth_seconds"] for found in self.ours)
        kind = "border crossings" if counts["closes_crossings"] else "links drawn at random"
        return [
            self.title, f"{counts['closures']} {kind}", seconds(partial), seconds(slow),
            seconds(full), f"{partial / full:.2%}", f"{slow / full:.2%}"]

    def bytes(self):
        parts = [self.memory[name] for name in ("topology", "metric", "queries")]
        arcs, links = self.memory["arcs"], self.questions.counts["arcs"]
        allocated = [part["allocated"] for part in parts]
        resident = sum(part["resident"] for part in parts)
        return [
            self.title, *(f"{count / arcs:.1f}" for count in allocated),
            f"{sum(allocated) / arcs:.1f}", f"{resident / arcs:.1f}",
            f"{sum(allocated) / links:.1f}", f"{sum(allocated) / 1e6:.1f} MB"]

    def allocations(self):
        return [self.title, *(
            max(found["allocations"][name] for found in self.ours)
            for name in ("queries", "one_to_many", "one_to_all"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", type=Path, help="where the world's networks are, or are written")
    parser.add_argument("benchmark", type=Path, help="the built CorridorBenchmark")
    parser.add_argument("data", type=Path, help="the folder of shipped data")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--road-like", type=int, default=1_000_000)
    arguments = parser.parse_args()
    world_network.ensure(arguments.world)
    driver = routingkit.driver(arguments.world)
    compared = []
    for title, network in networks(
        arguments.world, arguments.data, arguments.road_like
    ).items():
        folder = arguments.world / ("questions-" + title.split()[-1])
        questions = exchange.Exchange(
            arguments.benchmark, network, folder, pairs=arguments.pairs)
        compared.append(Comparison(title, questions, driver))
        for _ in range(arguments.runs):
            compared[-1].turn()

    print("### Networks\n")
    print(table(
        ["", "nodes", "links", "one-way", "largest piece", "1 link", "2", "3", "4", "5 or more",
         "arcs of the hierarchy", "by link", "height"], [c.shape() for c in compared]))
    print("\nOf the nodes, those with 1, 2, 3, 4, 5 or more links.\n")
    print("### Contraction hierarchies, the same order\n")
    print(table(
        ["", "", "CorridorKit", "RoutingKit", "times faster"],
        [row for c in compared for row in c.steps()]))
    print(
        f"\n{arguments.pairs:,} pairs of the largest piece, the first {MANY:,} of them routed; medians. "
        f"Sum of the impedances: "
        + "; ".join(f"{c.title} {c.sum()}" for c in compared)
        + (". RoutingKit gave the same for every pair, before and after each closure. It takes up the "
           f"{MANY:,} destinations once, before its searches to them; it is compiled with "
           f"`{routingkit.compiler_flags()}`, CorridorKit for any x86-64 or arm64.\n"
           if driver else ". RoutingKit was not measured: ROUTINGKIT names no checkout.\n"))
    print("### One to all\n")
    print(table(
        ["", "CorridorKit", "scipy", "times faster", "igraph", "times faster"],
        [c.searches() for c in compared]))
    print("\nAll impedances from 5 nodes to all others are the same.\n")
    print("### Closing one link\n")
    print(table(
        ["", "closed and reopened one by one", "median", "nine of ten", "full, one thread", "median",
         "nine of ten"], [c.closures() for c in compared]))
    print()
    print("### Bytes by arc of the hierarchy\n")
    print(table(
        ["", "topology", "metric", "queries", "together", "together, resident",
         "together, by arc of the network", "in all"], [c.bytes() for c in compared]))
    print(
        "\nBytes held from the allocator or mapped; growth of the resident set, where said. Queries are the "
        "memory that one thread searches, routes and customises in, and a table of costs to all "
        "nodes.\n")
    print("### Requests for memory\n")
    print(table(
        ["", f"{arguments.pairs:,} impedances", f"20 times one to {MANY:,}", "20 times one to all"],
        [c.allocations() for c in compared]))
    print(f"\nMedians of {arguments.runs} processes in turn, of {REPEATS} rounds in each.\n")


if __name__ == "__main__":
    main()
