# SPDX-License-Identifier: BSD-3-Clause
"""Runs the bandwidth rules of Kernel Density and those of R's ks and stats beside each other on the
same points, where R and ks are installed, and prints bandwidths, times and ratios.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_bandwidth_ks.py [POINTS]

R chooses a full matrix in 2-D; its det(H)^(1/4) is compared. Of the rules that both have, the normal
scale rules must agree to rounding; cross-validation of a full matrix need not agree with that of an
isotropic one, and R's on a line bins. Times are the wall clock of the choice alone, in R without its
start."""
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time

import numpy
from compare_fft_numpy import samples
from compare_filter_numpy import poly_data
from scorefields.vtkScoreFields import vtkKernelDensity

SCRIPT = """
suppressMessages(library(ks))
x <- as.matrix(read.csv("{points}", header = FALSE))
timed <- function(name, expression) {{
  elapsed <- system.time(value <- tryCatch(eval(expression), error = function(e) NA))[["elapsed"]]
  h <- if (is.matrix(value)) det(value)^(1 / (2 * nrow(value))) else value
  cat(name, format(h, digits = 12), elapsed, sep = ",", fill = TRUE)
}}
timed("Hns", quote(Hns(x)))
timed("Hns gradient", quote(Hns(x, deriv.order = 1)))
if (nrow(x) <= 2000) timed("Hlscv", quote(Hlscv(x)))
if (nrow(x) <= 200) timed("Hlscv gradient", quote(Hlscv(x, deriv.order = 1)))
timed("bw.ucv x", quote(suppressWarnings(bw.ucv(x[, 1], nb = 2000))))
timed("bw.SJ x", quote(bw.SJ(x[, 1], nb = 2000)))
"""

# in R -> rule here, shape (0 isotropic, 2 covariance), dimension
PAIRS = {
    "Hns": (2, 2, 2),
    "Hns gradient": (3, 2, 2),
    "Hlscv": (6, 2, 2),
    "Hlscv gradient": (7, 2, 2),
    "bw.ucv x": (6, 0, 1),
    "bw.SJ x": (4, 0, 1),
}


def by_r(points):
    """Name -> bandwidth and seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "points.csv")
        numpy.savetxt(path, points[:, :2], delimiter=",", fmt="%.17g")
        text = subprocess.run(["Rscript", "-e", SCRIPT.format(points=path)], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
    return {name: (float(h), float(seconds)) for name, h, seconds in csv.reader(text.splitlines())}


def by_filter(points, rule, shape, dimension):
    """Bandwidth and seconds of a rule; of the filter on a grid of 2 nodes a side."""
    kept = points.copy()
    kept[:, dimension:] = 0.0
    kde = vtkKernelDensity()
    kde.SetInputData(poly_data(kept))
    kde.SetBandwidthRule(rule)
    kde.SetBandwidthShape(shape)
    kde.SetSampleDimensions(2, 2, 2)
    start = time.perf_counter()
    kde.Update()
    return kde.GetChosenBandwidth(), time.perf_counter() - start


def main():
    if not shutil.which("Rscript"):
        sys.exit("Rscript is not installed: nothing to compare with")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    points = samples(count, 2)
    print(f"{count} points\nrule | R: bandwidth, s | here: bandwidth, s | bandwidths' ratio | times' ratio")
    for name, (theirs, seconds) in by_r(points).items():
        ours, own = by_filter(points, *PAIRS[name])
        speed = f"{seconds / own:.1f}" if seconds > 0.01 else "-"
        print(f"{name} | {theirs:.6f} {seconds:.3f} | {ours:.6f} {own:.3f} | {ours / theirs:.6f} | {speed}",
              flush=True)


if __name__ == "__main__":
    main()
