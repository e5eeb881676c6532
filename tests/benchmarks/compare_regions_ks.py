# SPDX-License-Identifier: BSD-3-Clause
"""Runs Highest Density Regions, and contourLevels and contourSizes of R's ks where R and ks are
installed, on the density of a standard Gaussian at the same nodes, and prints times and errors.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_regions_ks.py

Each image spans 12 standard deviations. The truth is P(chi2_d <= r^2) at the levels found, and the
area or volume of the balls of 25, 50, 75 and 95 %. Of ks the levels are quantiles of the densities
at 1e5 samples of the Gaussian, so that they have the error of these samples, and the time is that of
contourLevels and contourSizes without making the density. Times are medians of three runs."""
import csv
import os
import shutil
import statistics
import subprocess
import time

import numpy
from scorefields.vtkScoreFields import vtkHighestDensityRegions
from scipy.stats import chi2
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonDataModel import vtkImageData

HALF, RUNS, MASSES = 6.0, 3, (0.25, 0.5, 0.75, 0.95)
SCRIPT = """
suppressMessages(library(ks))
set.seed(1)
n <- {nodes}; d <- {dimension}
x <- matrix(rnorm(d * 1e5), ncol = d)
line <- seq(-{half}, {half}, length.out = n)
estimate <- kde(x[1:100, ], H = diag(d), gridsize = rep(5, d), binned = FALSE)
estimate$x <- x
estimate$eval.points <- rep(list(line), d)
estimate$estimate <- Reduce(outer, rep(list(dnorm(line)), d))
estimate$w <- rep(1, nrow(x))
found <- areas <- NULL
once <- function() system.time({{
  found <<- contourLevels(estimate, cont = c(25, 50, 75, 95), approx = TRUE)
  areas <<- contourSizes(estimate, cont = c(25, 50, 75, 95), approx = TRUE)
}})[["elapsed"]]
seconds <- median(sapply(1:{runs}, function(i) once()))
cat(seconds, format(found, digits = 12), format(areas, digits = 12), sep = ",", fill = 1000)
"""


def gaussian_image(nodes, dimension):
    line = numpy.linspace(-HALF, HALF, nodes)
    values = numpy.zeros(1)
    for _ in range(dimension):
        values = (values[..., None] - 0.5 * line**2 - 0.5 * numpy.log(2 * numpy.pi)).reshape(-1)
    image = vtkImageData()
    image.SetDimensions(nodes, nodes, nodes if dimension == 3 else 1)
    image.SetOrigin(-HALF, -HALF, -HALF if dimension == 3 else 0)
    image.SetSpacing(3 * [line[1] - line[0]])
    array = numpy_to_vtk(values, deep=True)
    array.SetName("LogDensity")
    image.GetPointData().AddArray(array)
    return image


def errors(dimension, levels, sizes):
    """Largest errors of masses, and relative ones of measures."""
    peak = (2 * numpy.pi) ** (-dimension / 2)
    squares = -2 * numpy.log(numpy.array(levels) / peak)
    ball = numpy.pi * (1 if dimension == 2 else 4 / 3)
    truth = ball * chi2.ppf(MASSES, dimension) ** (dimension / 2)
    return (abs(chi2.cdf(squares, dimension) - MASSES).max(),
            abs(numpy.array(sizes) / truth - 1).max())


def by_filter(image):
    times = []
    for _ in range(RUNS):
        regions = vtkHighestDensityRegions()
        regions.SetInputData(0, image)
        start = time.monotonic()
        regions.Update()
        times.append(time.monotonic() - start)
    table = regions.GetOutputDataObject(2)
    columns = [[table.GetValueByName(row, name).ToDouble() for row in range(4)]
               for name in ("DensityLevel", "Measure")]
    return statistics.median(times), *columns


def by_r(nodes, dimension):
    text = subprocess.run(
        ["Rscript", "-e", SCRIPT.format(nodes=nodes, dimension=dimension, half=HALF, runs=RUNS)],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    numbers = [float(word) for word in next(csv.reader(text.splitlines()))]
    return numbers[0], numbers[1:5], numbers[5:9]


print("nodes, seconds, mass error, relative measure error (two threads:",
      f"{os.cpu_count()} cores)")
for nodes, dimension in ((1024, 2), (128, 3), (256, 3)):
    seconds, levels, sizes = by_filter(gaussian_image(nodes, dimension))
    print(f"filter {nodes}^{dimension}: {seconds:.2f} s, %.1e, %.1e" % errors(dimension, levels, sizes),
          flush=True)
    if shutil.which("Rscript"):
        seconds, levels, sizes = by_r(nodes, dimension)
        print(f"ks     {nodes}^{dimension}: {seconds:.2f} s, %.1e, %.1e"
              % errors(dimension, levels, sizes), flush=True)
