# SPDX-License-Identifier: BSD-3-Clause
"""Runs the FFT engine and the numpy/scipy recipe (recipe_numpy.py) beside each other, in turns,
and prints the ratio of their times.

  /usr/bin/python3 compare_fft_numpy.py BUILD/tests/benchmarks/RunFftDensity [ROUNDS]

Samples: three Gaussians, kernel h = 0.3 on [-6, 6]^d. Each round runs one program after the other,
so that what else the machine does meets both; the ratio is the median over the rounds."""
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy

CASES = [  # samples, dimension, nodes, tolerance, bar for the ratio
    (1000000, 2, 1024, "1e-9", 0.5),
    (10000000, 2, 2048, "1e-9", 0.33),
    (1000000, 3, 256, "1e-7", 0.5),
]
THREADS = "2"


def samples(count, dimension):
    """Three Gaussians of weights 0.2, 0.2, 0.6, correlated 0.6 in x and y in the first two."""
    generator = numpy.random.default_rng(20240601)
    means = numpy.array([[-1, -1, -1], [1, 1, 1], [1, -1, 0]], dtype=float)
    component = generator.choice(3, size=count, p=[0.2, 0.2, 0.6])
    points = generator.standard_normal((count, 3)) * numpy.sqrt(0.5)
    mixed = component < 2
    points[mixed, 1] = 0.6 * points[mixed, 0] + 0.8 * points[mixed, 1]
    points += means[component]
    points[:, dimension:] = 0.0
    return points


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def main():
    engine = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    recipe = str(pathlib.Path(__file__).with_name("recipe_numpy.py"))
    print("samples dim nodes | seconds recipe engine ratio (bar) | error claimed | MB | order mesh")
    for count, dimension, nodes, tolerance, bar in CASES:
        with tempfile.TemporaryDirectory() as folder:
            raw, array = folder + "/samples.bin", folder + "/samples.npy"
            points = samples(count, dimension)
            points.tofile(raw)
            numpy.save(array, points[:, :dimension])
            times, ratios = [], []
            for _ in range(rounds):
                ours = run(engine, raw, str(dimension), str(nodes), "0.3", "6", THREADS, "3", tolerance)
                theirs = run(sys.executable, recipe, array, str(nodes), "0.3", "6", "1")
                times.append((float(theirs[0]), float(ours[0])))
                ratios.append(float(ours[0]) / float(theirs[0]))
        slow, fast = (statistics.median(column) for column in zip(*times))
        print(
            f"{count:8d} {dimension} {nodes:5d} | {slow:.3f} {fast:.3f}"
            f" {statistics.median(ratios):.2f} ({bar}) | {ours[4]} {ours[5]} | {ours[6]} | {ours[8]} {ours[10]}"
        )


if __name__ == "__main__":
    main()
