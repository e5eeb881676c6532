# SPDX-License-Identifier: BSD-3-Clause
"""Times Kernel Density for growing clouds and growing grids, through the pipeline, and draws the
processor time per point and per node.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 growth.py PICTURE.png

Samples: three Gaussians in 2-D, kernel h = 0.3 on [-6, 6]^2; density and log density. Processor time of
all threads, least of three runs. Needs matplotlib."""
import sys
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as pyplot
import numpy

from compare_fft_numpy import samples
from compare_filter_numpy import make_filter, poly_data, run

POINTS = [10000, 30000, 100000, 300000, 1000000, 3000000, 10000000]
NODES = [128, 256, 512, 1024, 2048, 4096]
RUNS = 3


def seconds(count, nodes, engine):
    kde = make_filter(poly_data(samples(count, 2)), 2, nodes, 0.3, engine, 1e-9, False)
    least = numpy.inf
    for _ in range(RUNS):
        start = time.process_time()
        run(kde)
        least = min(least, time.process_time() - start)
    return least


def curve(axes, sizes, times, label, power):
    axes.loglog(sizes, times, "o-", label=label)
    guide = times[-1] * (numpy.array(sizes) / sizes[-1]) ** power
    axes.loglog(sizes, guide, ":", color="grey")


def main():
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), constrained_layout=True)
    for engine in ("FFT", "Auto"):
        times = [seconds(count, 1024, engine) for count in POINTS]
        print(engine, "points:", [f"{count}: {t:.3f}" for count, t in zip(POINTS, times)], flush=True)
        curve(left, POINTS, times, engine, 1.0)
        times = [seconds(1000000, nodes, engine) for nodes in NODES]
        print(engine, "nodes:", [f"{n}^2: {t:.3f}" for n, t in zip(NODES, times)], flush=True)
        curve(right, [n**2 for n in NODES], times, engine, 1.0)
    left.set(title="Growing cloud, 1024 x 1024 nodes", xlabel="points", ylabel="processor time [s]")
    right.set(title="Growing grid, 1,000,000 points", xlabel="nodes", ylabel="processor time [s]")
    for axes in (left, right):
        axes.legend(title="engine; dotted: proportional")
        axes.grid(True, which="major", alpha=0.3)
    figure.savefig(sys.argv[1], dpi=110)


if __name__ == "__main__":
    main()
