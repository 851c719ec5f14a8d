"""Runs a command and tells what it took, and lays out what was measured."""

import dataclasses
import json
import os
import statistics
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Run:
    output: str
    wall_seconds: float
    # User and system time of the process and its children.
    cpu_seconds: float
    # The largest resident set that the process had.
    peak_bytes: int

    def json(self):
        return json.loads(self.output)


def run(command, environment=None):
    """Runs a command to its end; stops the benchmark when it fails."""
    command = [str(part) for part in command]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
        output.seek(0)
        # Linux tells the resident set in kilobytes.
        return Run(
            output.read(), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def run_within(limit, command):
    """The JSON values, a line each, that a command prints within a number of seconds, after which it is
    stopped."""
    command = [str(part) for part in command]
    try:
        output = subprocess.run(
            command, stdout=subprocess.PIPE, timeout=limit, check=True).stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    return [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith(b"\n")]


def timed(work):
    """The value of one piece of work in this process, and what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    value = work()
    return value, {
        "wall_seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}


def medians(times):
    """Median wall and processor seconds of several runs."""
    times = [t if isinstance(t, dict) else dataclasses.asdict(t) for t in times]
    return tuple(
        statistics.median(t[key] for t in times) for key in ("wall_seconds", "cpu_seconds"))


def seconds(value):
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} µs"


def times(theirs, ours):
    """How many times as long they take, in a cell of a table."""
    ratio = theirs / ours
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}"


def table(header, rows):
    """A Markdown table; all columns but the first are right-aligned."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def worst(ours, theirs):
    """The largest relative difference between two dictionaries of numbers, and where it is."""
    def difference(key):
        a, b = ours.get(key, 0.0), theirs.get(key, 0.0)
        return abs(a - b) / max(abs(a), abs(b)) if a != b else 0.0

    key = max(sorted({*ours, *theirs}), key=difference)
    return difference(key), key
