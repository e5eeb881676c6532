# SPDX-License-Identifier: BSD-3-Clause
"""Times the whole Kernel Density filter, through the pipeline, and the numpy/scipy recipe
(recipe_numpy.py) beside each other, in turns, in one process, and prints the ratio.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_filter_numpy.py [ROUNDS [CASE]]

SCOREFIELDS_SIMD=avx2 in the environment measures the filter with those vector instructions.
Samples: three Gaussians, kernel h = 0.3 (and 0.02) on [-6, 6]^d. The filter reads the points from
poly data and writes density and log density (and the score, where said); the recipe is given its
array and writes density and log density. Medians over the rounds. Memory is what the first run takes
at its peak beside the input, output included, also as a multiple of one array of all nodes; each case has
a process of its own for that."""
import statistics
import subprocess
import sys
import time

import numpy
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkPolyData

import recipe_numpy
from compare_fft_numpy import samples
from scorefields.vtkScoreFields import vtkKernelDensity

NORMAL_SCALE = 3
ENGINES = {"Auto": 0, "Exact": 1, "FFT": 2}
# points, dimension, nodes, bandwidth, engine, tolerance, score
CASES = [
    (1000000, 2, 1024, 0.3, "FFT", 1e-9, False),
    (1000000, 2, 1024, 0.3, "FFT", 1e-9, True),
    (1000000, 2, 1024, 0.3, "Auto", 1e-9, False),
    (1000000, 2, 1024, 0.3, "Auto", 1e-9, True),
    (1000000, 2, 1024, 0.02, "Auto", 1e-9, True),
    (10000, 2, 256, 0.3, "Exact", 1e-9, False),
    (10000, 2, 256, 0.3, "Exact", 1e-9, True),
    (10000000, 2, 2048, 0.3, "FFT", 1e-9, False),
    (10000000, 2, 2048, 0.3, "Auto", 1e-9, False),
    (1000000, 3, 128, 0.3, "FFT", 1e-7, False),
    (1000000, 3, 128, 0.3, "Auto", 1e-7, False),
    (1000000, 3, 128, 0.3, "Auto", 1e-7, True),
    (1000000, 3, 256, 0.3, "FFT", 1e-7, False),
    (1000000, 3, 256, 0.3, "Auto", 1e-7, False),
    (1000000, 3, 256, 0.3, "Auto", 1e-7, True),
    (100000, 3, 128, None, "Auto", 1e-7, True),  # bandwidth by the normal scale rule
]


def poly_data(points):
    data, array = vtkPolyData(), vtkPoints()
    array.SetData(numpy_to_vtk(points, deep=False))
    data.SetPoints(array)
    return data


def make_filter(data, dimension, nodes, bandwidth, engine, tolerance, score):
    kde = vtkKernelDensity()
    kde.SetInputData(data)
    kde.SetBandwidthRule(0 if bandwidth else NORMAL_SCALE)
    kde.SetBandwidth(bandwidth or 1.0)
    kde.SetDimension(dimension)
    kde.UseInputBoundsOff()
    kde.SetSamplingBounds(-6, 6, -6, 6, -6, 6)
    kde.SetSampleDimensions(nodes, nodes, nodes)
    kde.SetEngine(ENGINES[engine])
    kde.SetTolerance(tolerance)
    kde.SetComputeScore(score)
    kde.ComputeSampleSizeOff()
    kde.SetSweepCacheMemory(0)  # else a second run would find the first one's mesh
    return kde


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def recipe(points, nodes, bandwidth):
    values = recipe_numpy.density(points, nodes, bandwidth, 6.0)
    with numpy.errstate(divide="ignore"):
        numpy.log(values)
    return values


def status(key):
    """A size in bytes from the process's status."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(1024.0 * int(line.split()[1]) for line in lines if line.startswith(key))


def memory_of(work):
    """The peak of the process's memory while it works, over what it held before."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as peak:
        peak.write("5")
    before = status("VmRSS:")
    work()
    return status("VmHWM:") - before


def run(kde):
    kde.Modified()
    kde.Update()
    return vtk_to_numpy(kde.GetImage().GetPointData().GetArray("Density"))


def compare(rounds, count, dimension, nodes, bandwidth, engine, tolerance, score):
    points = samples(count, dimension)
    flat = numpy.ascontiguousarray(points[:, :dimension])
    kde = make_filter(poly_data(points), dimension, nodes, bandwidth, engine, tolerance, score)
    memory = memory_of(lambda: run(kde))
    known = bandwidth or kde.GetImage().GetFieldData().GetArray("Bandwidth").GetValue(0)
    pairs, processor = [], []
    for _ in range(rounds):
        theirs = timed(lambda: recipe(flat, nodes, known))[0]
        started = time.process_time()
        pairs.append((theirs, timed(lambda: run(kde))[0]))
        processor.append(time.process_time() - started)
    slow, fast = (statistics.median(column) for column in zip(*pairs))
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    arrays = memory / (8.0 * nodes**dimension)
    print(f"{count} {dimension} {nodes} {known:.3g} {engine} {'yes' if score else 'no'} | {slow:.3f} "
          f"{fast:.3f} {statistics.median(processor):.3f} {ratio:.2f} | {memory / 1e6:.0f} {arrays:.1f}",
          flush=True)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if len(sys.argv) > 2:
        compare(rounds, *CASES[int(sys.argv[2])])
        return
    print("points dim nodes h engine score | recipe [s] filter [s] processor [s] ratio | memory [MB], arrays",
          flush=True)
    for case in range(len(CASES)):
        subprocess.run([sys.executable, __file__, str(rounds), str(case)], check=True)


if __name__ == "__main__":
    main()
