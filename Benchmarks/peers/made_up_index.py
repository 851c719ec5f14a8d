"""A made-up index in COINr's tables, the same on every machine, and what is uncertain about it."""

import csv
import json
import random

UNITS, DIMENSIONS, INDICATORS = 20, 8, 40
GAPS = 0.08
SPREAD = 0.25


def write(folder, seed):
    """iMeta.csv, iData.csv, recipe.yaml and uncertainty.yaml."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    codes = [f"I{place + 1:02}" for place in range(INDICATORS)]
    size = INDICATORS // DIMENSIONS
    entries = [
        (code, 1, f"D{place // size + 1}", draw.choice([1, 1, 1, -1]), "Indicator")
        for place, code in enumerate(codes)]
    entries += [(f"D{place + 1}", 2, "All", 1, "Aggregate") for place in range(DIMENSIONS)]
    entries += [("All", 3, "NA", 1, "Aggregate")]
    table(folder / "iMeta.csv", ["iCode", "iName", "Level", "Parent", "Direction", "Type", "Weight"], [
        (code, code, level, parent, direction, kind, 1)
        for code, level, parent, direction, kind in entries])
    # What units have in common makes ranks that differ from chance; the exponential makes them uneven.
    rows = []
    for unit in range(UNITS):
        strength = draw.gauss(0, 1)
        values = [
            repr(round(draw.expovariate(1) + 2 + 0.25 * strength * entry[3], 4))
            if draw.random() >= GAPS else "NA" for entry in entries[:INDICATORS]]
        rows.append([f"U{unit + 1:02}", f"Unit {unit + 1}", *values])
    table(folder / "iData.csv", ["uCode", "uName", *codes], rows)
    (folder / "recipe.yaml").write_text(recipe("min-max", ["arithmetic"]))
    (folder / "uncertainty.yaml").write_text(UNCERTAINTY)


def table(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


# z has no place here: CorridorKit refuses it with a geometric mean.
UNCERTAINTY = f"""name: choices and weights
normalisation: {{among: [{{method: min-max, range: [1, 100]}}, rank], reason: compared, source: assumed}}
aggregation: {{among: [arithmetic, geometric], reason: compared, source: assumed}}
weights: {{spread: {SPREAD}, reason: compared, source: assumed}}
"""


def recipe(normalisation, levels, before=(), weights=None, coverage=0):
    """A recipe as COINr has it: values as they are under geometric means, and no least coverage unless said.

    weights: by indicator and dimension, with the sum 1 in each whole.
    """
    parameters = {"min-max": ", range: [1, 100]", "z": ", mean: 50, deviation: 10"}
    steps = [*before, f"normalise: {{method: {normalisation}{parameters.get(normalisation, '')}}}"]
    if weights:
        steps.append(f"weigh: {json.dumps(weights)}")
    steps.append(
        f"aggregate: {{levels: [{', '.join(levels)}], floor: none, minimum_coverage: {coverage}}}")
    return "steps:\n" + "".join(f"  - {step}\n" for step in steps)
