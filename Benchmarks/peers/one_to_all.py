"""Searches from single nodes to all others by scipy or igraph, on the arrays of an exchange folder."""

import argparse
import json
from pathlib import Path

import numpy as np

import exchange
from processes import timed


def by_scipy(folder):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    nodes, tails, heads, impedances = exchange.arcs(folder, distinct=True)
    matrix = coo_array((impedances.astype(float), (tails, heads)), shape=(nodes, nodes)).tocsr()
    return lambda origin: dijkstra(matrix, indices=origin)


def by_igraph(folder):
    import igraph

    nodes, tails, heads, impedances = exchange.arcs(folder)
    graph = igraph.Graph(n=nodes, edges=np.column_stack([tails, heads]), directed=True)
    graph.es["impedance"] = impedances
    return lambda origin: graph.distances(
        source=origin, weights="impedance", mode="out", algorithm="dijkstra")[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=["scipy", "igraph"])
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    distances = {"scipy": by_scipy, "igraph": by_igraph}[arguments.peer](arguments.folder)
    times, answers = [], []
    for origin in exchange.read(arguments.folder, "origins.u32").tolist():
        found, taken = timed(lambda: distances(origin))
        answers.append(exchange.whole(found))
        times.append(taken)
    np.concatenate(answers).tofile(arguments.folder / f"trees.{arguments.peer}.u64")
    print(json.dumps({"one_to_all": times}))


if __name__ == "__main__":
    main()
