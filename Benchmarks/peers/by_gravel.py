"""gravel-fragility (PyPI, Apache 2.0) on the arrays of an exchange folder.

`hierarchy` builds its contraction hierarchy and asks the first thousand pairs; `detours` also asks, for
every arc, the shortest way between its ends without it. Each step is printed when it is done, so that
what was finished counts when time runs out.
"""

import argparse
import json
from pathlib import Path

import gravel
import numpy as np

import exchange
from processes import timed


def tell(**what):
    print(json.dumps(what), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=["hierarchy", "detours"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=1000)
    arguments = parser.parse_args()
    folder = arguments.folder
    # Its graphs may hold parallel arcs, but it blocks them by their ends.
    nodes, tails, heads, impedances = exchange.arcs(folder, distinct=True)
    graph = gravel.Graph.from_coo(
        nodes, tails.astype(np.uint32), heads.astype(np.uint32), impedances.astype(float))
    hierarchy, taken = timed(lambda: gravel.build_ch(graph))
    tell(build=taken)
    if arguments.task == "hierarchy":
        query = gravel.CHQuery(hierarchy)
        pairs = list(zip(
            *(exchange.read(folder, f"{end}.u32")[:arguments.pairs].tolist()
              for end in ("sources", "targets"))))
        found, taken = timed(lambda: [query.distance(*pair) for pair in pairs])
        taken = {key: value / len(pairs) for key, value in taken.items()}
        exchange.whole(found).tofile(folder / "pairs.gravel.u64")
        tell(query=taken)
        return
    config = gravel.EdgeFragilityConfig()
    config.compute_stranded = False

    def detours():
        index = gravel.ShortcutIndex(hierarchy)
        return gravel.edge_fragility(hierarchy, index, graph, config)

    result, taken = timed(detours)
    tails, heads, _ = graph.to_coo()
    np.column_stack([tails, heads]).astype("<u4").tofile(folder / "detour_ends.gravel.u32")
    exchange.whole(result.replacement_distance).tofile(folder / "detours.gravel.u64")
    tell(detours=taken, threads=gravel.max_threads())


if __name__ == "__main__":
    main()
