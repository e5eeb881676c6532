# SPDX-License-Identifier: BSD-3-Clause
"""The numpy/scipy recipe that a density plugin must not lose to: linear binning, a real FFT
times the kernel's transform (circular), clipped at 0, and the logarithm.

  recipe_numpy.py SAMPLES.npy NODES BANDWIDTH LIMIT [REPEATS]

prints the median of the seconds and, with a file name in RECIPE_DENSITY, saves the density."""
import itertools
import os
import statistics
import sys
import time

import numpy
import scipy.fft


def bin_linearly(points, nodes, low, spacing):
    """Weights of n by d points on nodes^d nodes, last axis slowest."""
    dimension = points.shape[1]
    scaled = (points - low) / spacing
    cell = numpy.floor(scaled).astype(numpy.int64)
    share = scaled - cell
    inside = ((cell >= 0) & (cell < nodes - 1)).all(axis=1)
    if not inside.all():
        cell, share = cell[inside], share[inside]
    mesh = numpy.zeros(nodes**dimension)
    for corner in itertools.product((0, 1), repeat=dimension):
        index = numpy.zeros(len(cell), dtype=numpy.int64)
        weight = numpy.ones(len(cell))
        for axis in reversed(range(dimension)):
            index = index * nodes + cell[:, axis] + corner[axis]
            weight = weight * (share[:, axis] if corner[axis] else 1.0 - share[:, axis])
        mesh += numpy.bincount(index, weights=weight, minlength=len(mesh))
    return mesh.reshape((nodes,) * dimension)


def density(points, nodes, bandwidth, limit):
    spacing = 2.0 * limit / (nodes - 1)
    dimension = points.shape[1]
    mesh = bin_linearly(points, nodes, -limit, spacing) / (len(points) * spacing**dimension)
    spectrum = scipy.fft.rfftn(mesh)
    for axis in range(dimension):
        last = axis == dimension - 1
        frequency = (scipy.fft.rfftfreq if last else scipy.fft.fftfreq)(nodes, spacing)
        factor = numpy.exp(-0.5 * (2.0 * numpy.pi * bandwidth * frequency) ** 2)
        spectrum *= factor.reshape([-1 if a == axis else 1 for a in range(dimension)])
    return numpy.maximum(scipy.fft.irfftn(spectrum, mesh.shape), 0.0)


def main():
    points = numpy.load(sys.argv[1])
    nodes, bandwidth, limit = int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    repeats = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        values = density(points, nodes, bandwidth, limit)
        with numpy.errstate(divide="ignore"):
            numpy.log(values)
        times.append(time.perf_counter() - start)
    print(statistics.median(times))
    if os.environ.get("RECIPE_DENSITY"):
        numpy.save(os.environ["RECIPE_DENSITY"], values)


if __name__ == "__main__":
    main()
