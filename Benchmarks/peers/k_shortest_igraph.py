"""The cheapest loopless routes of every pair of an exchange folder by igraph (Yen's algorithm).

Each pair is told, and its answers written, when it is done.
"""

import argparse
import json
from pathlib import Path

import igraph
import numpy as np

import exchange
from processes import timed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10)
    arguments = parser.parse_args()
    nodes, tails, heads, impedances = exchange.arcs(arguments.folder)
    graph = igraph.Graph(n=nodes, edges=np.column_stack([tails, heads]), directed=True)
    graph.es["impedance"] = impedances
    pairs = zip(*(
        exchange.read(arguments.folder, f"{end}.u32").tolist() for end in ("sources", "targets")))
    with open(arguments.folder / "alternatives.igraph.u64", "wb") as file:
        for origin, destination in pairs:
            routes, taken = timed(lambda: graph.get_k_shortest_paths(
                origin, destination, k=arguments.count, mode="out", weights="impedance",
                output="epath"))
            costs = np.full(arguments.count, exchange.UNREACHABLE, "<u8")
            costs[:len(routes)] = [impedances[route].sum() for route in routes]
            costs.tofile(file)
            file.flush()
            print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    main()
