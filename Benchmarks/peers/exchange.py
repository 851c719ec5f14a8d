"""Questions and answers as CorridorBenchmark's `exchange` writes them: plain arrays in a folder."""

import numpy as np

from processes import run

# In 64-bit answers, where no way leads.
UNREACHABLE = 2**64 - 1


class Exchange:
    """A network, given as arguments of CorridorBenchmark, and the questions asked on it."""

    def __init__(self, benchmark, network, folder, **counts):
        self.benchmark, self.network, self.folder = benchmark, network, folder
        options = [part for name, count in counts.items() for part in (f"--{name}", count)]
        self.counts = run([benchmark, "exchange", *network, folder, *options]).json()

    def ours(self, command, *options):
        """What CorridorKit took for a command on this network."""
        return run([self.benchmark, command, *self.network, self.folder, *options]).json()

    def agree(self, question, peer, peer_unreachable=UNREACHABLE):
        """Stops unless a peer gave our answers to the questions that it was asked, the first ones."""
        theirs, = (
            read(self.folder, path.name) for path in self.folder.glob(f"{question}.{peer}.u*"))
        ours = read(self.folder, f"{question}.ours.u64")[:len(theirs)]
        theirs = np.where(theirs == peer_unreachable, UNREACHABLE, theirs.astype(np.uint64))
        if not len(theirs) or not np.array_equal(ours, theirs):
            raise SystemExit(f"{peer}: the {question} differ from CorridorKit's")

    def total(self, question):
        """How many of our answers are not unreachable, and their sum."""
        ours = read(self.folder, f"{question}.ours.u64")
        reached = ours[ours != UNREACHABLE]
        return len(reached), int(reached.sum())


def read(folder, name):
    """NAME.u32, NAME.u64 or NAME.f32."""
    return np.fromfile(folder / name, f"<{name[-3]}{int(name[-2:]) // 8}")


def arcs(folder, distinct=False):
    """The number of nodes, and tails, heads and impedances of all arcs.

    distinct: of parallel arcs only the cheapest, for peers that would add them up.
    """
    nodes = len(read(folder, "order.u32"))
    tails, heads, impedances = (
        read(folder, f"{name}.u32").astype(np.int64) for name in ("tails", "heads", "impedances"))
    if distinct:
        order = np.lexsort((impedances, heads, tails))
        tails, heads, impedances = tails[order], heads[order], impedances[order]
        first = np.ones(len(tails), bool)
        first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
        tails, heads, impedances = tails[first], heads[first], impedances[first]
    return nodes, tails, heads, impedances


def whole(distances):
    """Distances in floating point, all of whole numbers, as 64-bit answers."""
    distances = np.asarray(distances, float)
    reached = np.isfinite(distances)
    return np.where(
        reached, np.where(reached, distances, 0).astype(np.uint64), UNREACHABLE
    ).astype("<u8")
