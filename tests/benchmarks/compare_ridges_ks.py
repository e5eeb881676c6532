# SPDX-License-Identifier: BSD-3-Clause
"""Runs Density Ridges, and kdr of R's ks where R and ks are installed, on the same points with the
same bandwidth, and prints times and how far the end points of ks lie from the lines of the filter.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_ridges_ks.py

ks starts at the points and does subspace constrained mean shifts with the Hessian of the density, from
a grid of 151^2 or 51^3 nodes. Points whose density is below that of five samples are left out, since
there the filter has no lines. It uses one thread. Times are of one run; that of ks is without segments."""
import os
import subprocess
import tempfile
import time

import numpy
from scorefields.vtkScoreFields import vtkDensityRidges
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkPolyData

SCRIPT = """
suppressMessages(library(ks))
x <- as.matrix(read.csv("{folder}/points.csv", header = FALSE))
H <- diag({h}^2, ncol(x))
set.seed(1)
seconds <- system.time(found <- kdr(x = x, y = x, H = H, segment = FALSE, pre = FALSE, binned = FALSE,
  tol.iter = 1e-5 * {h}, gridsize = rep(if (ncol(x) == 2) 151 else 51, ncol(x))))[["elapsed"]]
write.table(as.matrix(found$end.points), "{folder}/ends.csv", sep = ",", row.names = FALSE,
  col.names = FALSE)
cat(seconds)
"""


def ring(count, noise, random):
    angles = random.uniform(0, 2 * numpy.pi, count)
    return numpy.stack([numpy.cos(angles), numpy.sin(angles)], 1) + noise * random.normal(size=(count, 2))


def helix(count, noise, random):
    angles = random.uniform(0, 6 * numpy.pi, count)
    curve = numpy.stack([numpy.cos(angles), numpy.sin(angles), 0.25 * angles], 1)
    return curve + noise * random.normal(size=(count, 3))


def by_filter(points, h):
    """Seconds, and the segments of the lines: their beginnings and their ends."""
    cloud = vtkPolyData()
    places = vtkPoints()
    flat = numpy.zeros((len(points), 3 - points.shape[1]))
    places.SetData(numpy_to_vtk(numpy.hstack([points, flat]), deep=True))
    cloud.SetPoints(places)
    ridges = vtkDensityRidges()
    ridges.SetInputData(cloud)
    ridges.SetBandwidthRule(0)
    ridges.SetBandwidth(h)
    ridges.SetMinimumStrength(0)
    ridges.SetMinimumLength(0)
    start = time.monotonic()
    ridges.Update()
    seconds = time.monotonic() - start
    lines = ridges.GetOutputDataObject(0)
    vertices = vtk_to_numpy(lines.GetPoints().GetData())
    cells = lines.GetLines()
    offsets = vtk_to_numpy(cells.GetOffsetsArray())
    numbers = vtk_to_numpy(cells.GetConnectivityArray())
    runs = [numbers[a:b] for a, b in zip(offsets[:-1], offsets[1:])]
    return (seconds, vertices[numpy.concatenate([run[:-1] for run in runs])],
            vertices[numpy.concatenate([run[1:] for run in runs])])


def by_ks(points, h):
    """Seconds and end points."""
    with tempfile.TemporaryDirectory() as folder:
        numpy.savetxt(folder + "/points.csv", points, delimiter=",")
        text = subprocess.run(["Rscript", "-e", SCRIPT.format(folder=folder, h=h)], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        return float(text.split()[-1]), numpy.loadtxt(folder + "/ends.csv", delimiter=",")[:, :points.shape[1]]


def distances(places, begins, ends):
    """Of each place from the nearest segment."""
    found = []
    for place in places:
        along = ends - begins
        share = ((place - begins) * along).sum(1) / (along**2).sum(1)
        nearest = begins + numpy.clip(share, 0, 1)[:, None] * along
        found.append(numpy.sqrt(((place - nearest) ** 2).sum(1).min()))
    return numpy.array(found)


def sample_sizes(places, points, h):
    return numpy.array([numpy.exp(-((points - place) ** 2).sum(1) / (2 * h * h)).sum() for place in places])


print(f"{os.cpu_count()} cores; distances of the end points of ks from the lines, in bandwidths")
for name, make, count, noise, h in (("ring", ring, 1000, 0.1, 0.2), ("ring", ring, 1000, 0.1, 0.1),
                                    ("helix", helix, 2000, 0.1, 0.2)):
    points = make(count, noise, numpy.random.default_rng(1))
    seconds, begins, ends = by_filter(points, h)
    slow, places = by_ks(points, h)
    places = places[sample_sizes(places, points, h) > 5]
    places = numpy.hstack([places, numpy.zeros((len(places), 3 - points.shape[1]))])
    off = numpy.sort(distances(places, begins, ends) / h)
    shares = [(off < limit).mean() for limit in (0.01, 0.03, 0.1)]
    print(f"{name} {count} h {h}: filter {seconds:.2f} s, ks {slow:.1f} s; within 0.01, 0.03, 0.1:",
          *(f"{100 * share:.1f} %" for share in shares), f"median {numpy.median(off):.1e}", flush=True)
