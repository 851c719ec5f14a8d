"""Path-size logit on the shipped network, computed again with NetworkX.

Times, alternatives, path sizes and probabilities are made here from the files of `geodata` alone: the
links become a NetworkX graph, alternatives come from its Dijkstra (penalty) or its Yen (k shortest), and
the logit is a few lines. The use of every link, the probability of every crossing, and the expected
metres and seconds are compared with what `corridor exposure` says, for a dozen pairs. Where a way has a
twin that costs the same to the millisecond, each program takes the one that its own rule prefers: a pair
that differs is left out, and told, if its searches met such twins. Ends with 1 where anything else differs
by more than 1e-9.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from path_size_logit import Alternatives, graph_of, link_table, probabilities

PAIRS = [
    ("Bishkek", "Almaty"), ("Almaty", "Astana"), ("Taraz", "Shymkent"), ("Almaty", "Taldykorgan"),
    ("Almaty", "Khorgos"), ("Shymkent", "Almaty"), ("Tashkent", "Shymkent"), ("Astana", "Kostanay"),
    ("Karaganda", "Pavlodar"), ("Bishkek", "Taraz"), ("Aktobe", "Atyrau"), ("Dushanbe", "Tashkent"),
]
MODELS = {
    "penalty": ["--theta", "1.5", "--beta", "0.8"],
    "k-shortest": ["--k", "4", "--max-overlap", "1"],
}
TOLERANCE = 1e-9


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corridor", help="the program")
    parser.add_argument("geodata", type=Path)
    parser.add_argument("--pairs", type=int, default=len(PAIRS))
    parser.add_argument("--sources", default=",".join(MODELS))
    arguments = parser.parse_args()
    table = link_table(arguments.geodata)
    graph = graph_of(table)
    worst, compared, left_out = 0.0, 0, 0

    def ask(pair, options, unit):
        command = [
            arguments.corridor, "exposure", "--from", pair[0], "--to", pair[1], "--model", "psl",
            *options, "--by", unit, "--format", "json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    for source in arguments.sources.split(","):
        options = ["--alternatives", source, *MODELS[source]]
        given = dict(zip(MODELS[source][::2], map(float, MODELS[source][1::2])))
        for pair in PAIRS[:arguments.pairs]:
            trip = ask(pair, options, "province")["trips"][0]
            search = Alternatives(
                graph, int(given.get("--k", 10)), 1.5, given.get("--max-overlap", 0.8))
            ends = trip["origin"]["node"], trip["destination"]["node"]
            find, has_twins = (
                (search.by_penalty, search.meets_twins) if source == "penalty"
                else (search.by_k_shortest, search.ends_with_twins))
            routes = find(*ends)
            shares = probabilities(
                routes, table, given.get("--theta", 1), given.get("--beta", 1))
            use, passing = {}, {}
            for route, share in zip(routes, shares):
                for number, _ in route:
                    use[table[number][0]] = use.get(table[number][0], 0) + share
                for crossing in {table[number][3] for number, _ in route} - {None}:
                    passing[crossing] = passing.get(crossing, 0) + share
            metres = sum(use.get(row[0], 0) * row[4] for row in table)
            seconds = sum(use.get(row[0], 0) * row[5] for row in table)
            links = {row["id"]: row["use_mass"] for row in ask(pair, options, "link")["links"]}
            crossings = {
                row["id"]: row["passing_share"]
                for row in ask(pair, options, "crossing")["crossings"] if row["passing_share"] > 0}
            differences = [
                abs(trip["length_m"] / metres - 1), abs(trip["travel_time_s"] / seconds - 1)]
            for mine, theirs in ((use, links), (passing, crossings)):
                differences += [
                    abs(mine.get(key, 0) - theirs.get(key, 0)) for key in mine.keys() | theirs]
            if max(differences) > TOLERANCE and has_twins(*ends):
                left_out += 1
                print(f"{source} {pair[0]}–{pair[1]}: left out, has twins", flush=True)
                continue
            worst = max(worst, max(differences))
            compared += len(differences)
            print(
                f"{source} {pair[0]}–{pair[1]}: {len(routes)} ways, {len(links)} links, "
                f"{len(crossings)} crossings, largest difference {max(differences):.1e}", flush=True)
    print(f"{compared} figures, largest difference {worst:.1e}; {left_out} pairs left out")
    sys.exit(worst > TOLERANCE or compared == 0)


if __name__ == "__main__":
    main()
