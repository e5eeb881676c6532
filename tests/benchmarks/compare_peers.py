# SPDX-License-Identifier: BSD-3-Clause
"""Runs scipy's gaussian_kde and R's ks beside Kernel Density where they are right and where they are
not, and prints a Markdown table of errors.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_peers.py

Needs R with the package ks (r-cran-ks). The reference is log-sum-exp over all pairs in extended
precision. Columns: the error of the density over its largest value, of the log density, and of the
score times the bandwidth over max(1, its size); "not finite": share of nodes where the logarithm
is; a dash: not provided."""
import subprocess
import tempfile

import numpy
import scipy.stats
from vtkmodules.util.numpy_support import vtk_to_numpy

from compare_fft_numpy import samples
from compare_filter_numpy import ENGINES, make_filter, poly_data

R_SCRIPT = """
suppressMessages(library(ks))
points <- as.matrix(read.csv("{folder}/points.csv", header = FALSE))
nodes <- as.matrix(read.csv("{folder}/nodes.csv", header = FALSE))
h <- {bandwidth}
low <- c({low}, {low}) + c({offset}, 0)
high <- c({high}, {high}) + c({offset}, 0)
density <- tryCatch({{
  if ({binned}) as.vector(kde(points, H = h^2 * diag(2), gridsize = c({nodes}, {nodes}), xmin = low,
    xmax = high, binned = TRUE)$estimate)
  else kde(points, H = h^2 * diag(2), eval.points = nodes, binned = FALSE)$estimate
}}, error = function(problem) rep(NaN, nrow(nodes)))
gradient <- tryCatch({{
  if ({binned}) NULL
  else kdde(points, H = h^2 * diag(2), eval.points = nodes, deriv.order = 1, binned = FALSE)$estimate
}}, error = function(problem) NULL)
if (is.null(gradient)) gradient <- matrix(NaN, length(density), 2)
write.table(cbind(density, gradient), "{folder}/out.csv", sep = ",", row.names = FALSE,
  col.names = FALSE, na = "NaN")
"""

# name, points, nodes per axis, bandwidth, half box, offset of x; with the offset nodes at multiples of 1/8
CASES = [
    ("bandwidth above the spacing", 1000, 41, 0.3, 3.0, 0.0),
    ("tails, 20 bandwidths away", 1000, 41, 0.3, 8.0, 0.0),
    ("deep tails, 200 bandwidths away", 1000, 41, 0.05, 12.0, 0.0),
    ("bandwidth a tenth of the spacing", 1000, 41, 0.015, 3.0, 0.0),
    ("bandwidth above the box", 1000, 41, 20.0, 3.0, 0.0),
    ("coordinates near 1e8", 1000, 41, 0.3, 2.5, 1e8),
]


def grid_of(nodes, half, offset):
    axis = numpy.linspace(-half, half, nodes)
    x, y = numpy.meshgrid(axis + offset, axis)
    return numpy.stack([x.ravel(), y.ravel()], axis=1)


def reference(points, nodes, bandwidth):
    """Log density and score by log-sum-exp in extended precision."""
    points, nodes = points.astype(numpy.longdouble), nodes.astype(numpy.longdouble)
    logs, scores = [], []
    for node in nodes:
        away = points - node
        terms = -(away**2).sum(axis=1) / (2 * numpy.longdouble(bandwidth) ** 2)
        most = terms.max()
        shares = numpy.exp(terms - most)
        total = shares.sum()
        logs.append(most + numpy.log(total))
        scores.append((shares[:, None] * away).sum(axis=0) / total / numpy.longdouble(bandwidth) ** 2)
    scale = numpy.log(2 * numpy.longdouble(numpy.pi) * numpy.longdouble(bandwidth) ** 2 * len(points))
    return numpy.array(logs, dtype=float) - float(scale), numpy.array(scores, dtype=float)


def ours(engine):
    def run(points, nodes, bandwidth, half, offset, per_axis):
        flat = numpy.zeros((len(points), 3))
        flat[:, :2] = points
        kde = make_filter(poly_data(flat), 2, per_axis, bandwidth, engine, 1e-9, True)
        kde.SetSamplingBounds(offset - half, offset + half, -half, half, 0, 0)
        kde.Update()
        data = kde.GetImage().GetPointData()
        arrays = [vtk_to_numpy(data.GetArray(name)) for name in ("Density", "LogDensity", "Score")]
        return arrays[0], arrays[1], arrays[2][:, :2]

    return run


def scipy_kde(points, nodes, bandwidth, half, offset, per_axis):
    kde = scipy.stats.gaussian_kde(points.T)
    kde.covariance = bandwidth**2 * numpy.eye(2)
    kde.cho_cov = bandwidth * numpy.eye(2)
    kde.log_det = 2 * numpy.log(2 * numpy.pi * bandwidth**2)
    return kde(nodes.T), kde.logpdf(nodes.T), None


def ks(binned):
    def run(points, nodes, bandwidth, half, offset, per_axis):
        with tempfile.TemporaryDirectory() as folder:
            numpy.savetxt(folder + "/points.csv", points, delimiter=",", fmt="%.17g")
            numpy.savetxt(folder + "/nodes.csv", nodes, delimiter=",", fmt="%.17g")
            script = R_SCRIPT.format(folder=folder, bandwidth=repr(bandwidth), low=-half, high=half,
                                     offset=repr(offset), nodes=per_axis,
                                     binned="TRUE" if binned else "FALSE")
            subprocess.run(["Rscript", "-e", script], check=True, capture_output=True)
            out = numpy.loadtxt(folder + "/out.csv", delimiter=",")
        density = out[:, 0]
        with numpy.errstate(all="ignore"):
            score = None if binned else out[:, 1:] / density[:, None]
            return density, numpy.log(density), score

    return run


ENGINES_BESIDE = [
    ("Kernel Density, Auto", ours("Auto")),
    ("Kernel Density, FFT", ours("FFT")),
    ("scipy gaussian_kde", scipy_kde),
    ("ks, direct", ks(False)),
    ("ks, binned", ks(True)),
]


def worst(errors):
    finite = errors[numpy.isfinite(errors)]
    return f"{finite.max():.0e}" if finite.size else "-"


def main():
    assert set(ENGINES) >= {"Auto", "FFT"}
    print("| case | program | density | log density | score | not finite |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, count, per_axis, bandwidth, half, offset in CASES:
        points = samples(count, 2)[:, :2]
        points[:, 0] += offset
        nodes = grid_of(per_axis, half, offset)
        logs, scores = reference(points, nodes, bandwidth)
        most = numpy.exp(logs.max())
        for program, run in ENGINES_BESIDE:
            density, log_density, score = run(points, nodes, bandwidth, half, offset, per_axis)
            with numpy.errstate(all="ignore"):
                of_density = numpy.abs(density - numpy.exp(logs)) / most
                of_log = numpy.abs(log_density - logs)
                broken = 1.0 - numpy.isfinite(log_density).mean()
                of_score = numpy.array([numpy.nan])
                if score is not None:
                    size = numpy.maximum(1.0, numpy.abs(bandwidth * scores))
                    of_score = numpy.abs(bandwidth * (score - scores)) / size
            print(f"| {name} | {program} | {worst(of_density)} | {worst(of_log)} | {worst(of_score)} |"
                  f" {100 * broken:.0f} % |", flush=True)


if __name__ == "__main__":
    main()
