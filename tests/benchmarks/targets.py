# SPDX-License-Identifier: BSD-3-Clause
"""Prints the Markdown tables of docs/performance.md: times by target of the hot loops (BenchLoops) or
of whole estimates (BenchEngines), and how much slower each target is than the one before it.

  BenchLoops --benchmark_format=json --benchmark_min_time=0.3 --benchmark_repetitions=3 > loops.json
  targets.py loops.json

Medians of the repetitions; processor time of one thread, for a loop per item (a sample, node or term)."""
import json
import statistics
import sys

SCALES = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


def times_of(run):
    """Nanoseconds per item, or else per iteration."""
    if "items_per_second" in run:
        return 1e9 / run["items_per_second"]
    return run["cpu_time"] * SCALES[run["time_unit"]]


def medians(runs):
    """By name, by target, best target first as the benchmark runs them."""
    found = {}
    for run in runs:
        if run.get("run_type", "iteration") == "iteration":
            name, target = run["run_name"].rsplit("/", 1)
            found.setdefault(name, {}).setdefault(target, []).append(times_of(run))
    return {name: {target: statistics.median(times) for target, times in row.items()}
            for name, row in found.items()}


def print_table(table, per_item):
    targets = list(next(iter(table.values())))
    steps = list(zip(targets[1:], targets))
    unit, scale = ("ns per item", 1.0) if per_item else ("ms", 1e6)
    heads = ["loop" if per_item else "case"] + [f"{target}, {unit}" for target in targets]
    heads += [f"{slow} / {fast}" for slow, fast in steps]
    print("| " + " | ".join(heads) + " |")
    print("|" + " --- |" * len(heads))
    for name, row in table.items():
        cells = [name] + [f"{row[target] / scale:.3g}" for target in targets]
        cells += [f"{row[slow] / row[fast]:.1f}" for slow, fast in steps]
        print("| " + " | ".join(cells) + " |")
    for slow, fast in steps:
        ratios = sorted(row[slow] / row[fast] for row in table.values())
        print(f"\n{slow} / {fast}: median {statistics.median(ratios):.2f}, largest {ratios[-1]:.2f}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        runs = json.load(file)["benchmarks"]
    print_table(medians(runs), "items_per_second" in runs[0])


if __name__ == "__main__":
    main()
