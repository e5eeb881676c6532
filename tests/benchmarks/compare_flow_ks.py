# SPDX-License-Identifier: BSD-3-Clause
"""Mean shift by Score Flow (Ascent, through the pipeline) beside R's ks::kms, in one go: the modes, the
clusters and the ratio of the times.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_flow_ks.py [POINTS] [BANDWIDTH]

Samples: the study's mixture. kms runs as it comes, and with a tolerance near rounding and without
merging of small clusters, which is what Score Flow does. Needs R with ks (r-cran-ks)."""
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy
from vtkmodules.util.numpy_support import vtk_to_numpy

from scorefields.vtkScoreFields import vtkGaussianMixture, vtkScoreFlow

KMS = """
suppressMessages(library(ks))
x <- as.matrix(read.csv("{folder}/x.csv", header = FALSE))
H <- diag({h}^2, 2)
for (name in c("default", "tight")) {{
  seconds <- system.time(
    k <- if (name == "tight") kms(x, H = H, tol.iter = 1e-8, min.clust.size = 0, max.iter = 20000)
         else kms(x, H = H))[["elapsed"]]
  write.table(cbind(k$mode), file.path("{folder}", paste0(name, "_modes")),
    row.names = FALSE, col.names = FALSE)
  write.table(k$label, file.path("{folder}", paste0(name, "_labels")),
    row.names = FALSE, col.names = FALSE)
  write(seconds, file.path("{folder}", paste0(name, "_seconds")))
}}
"""


def ours(mixture, bandwidth):
    """Points, modes, basins and seconds."""
    flow = vtkScoreFlow()
    flow.SetInputData(0, mixture)
    flow.SetBandwidthRule(0)
    flow.SetBandwidth(bandwidth)
    start = time.perf_counter()
    flow.Update()
    seconds = time.perf_counter() - start
    data = flow.GetOutputDataObject(0)
    return (vtk_to_numpy(data.GetFieldData().GetArray("Modes"))[:, :2],
            vtk_to_numpy(data.GetPointData().GetArray("Basin")), seconds)


def compare(name, folder, modes, basins, seconds):
    theirs = numpy.loadtxt(folder / f"{name}_modes", ndmin=2)
    labels = numpy.loadtxt(folder / f"{name}_labels").astype(int) - 1
    elapsed = float((folder / f"{name}_seconds").read_text())
    distance = numpy.linalg.norm(theirs[:, None, :] - modes[None, :, :], axis=2)
    nearest = distance.argmin(axis=1)
    print(f"kms, {name:8}: {len(theirs)} modes ({len(modes)} of ours), farthest from ours "
          f"{distance.min(axis=1).max():.1e}, points in another cluster "
          f"{(nearest[labels] != basins).sum()}, {elapsed:.2f} s, ratio {elapsed / seconds:.0f}")


def main(points=1000, bandwidth=0.28):
    source = vtkGaussianMixture()
    source.SetNumberOfPoints(points)
    source.Update()
    mixture = source.GetOutputDataObject(0)
    ours(mixture, bandwidth)  # libraries are loaded and threads started
    modes, basins, seconds = ours(mixture, bandwidth)
    print(f"Score Flow: {points} points, bandwidth {bandwidth}, {len(modes)} modes, {seconds:.3f} s")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        x = vtk_to_numpy(mixture.GetPoints().GetData())[:, :2]
        numpy.savetxt(folder / "x.csv", x, delimiter=",", fmt="%.17g")
        subprocess.run(["Rscript", "-"], input=KMS.format(folder=folder, h=bandwidth), text=True,
                       check=True)
        for run in ("default", "tight"):
            compare(run, folder, modes, basins, seconds)


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((int, float), sys.argv[1:])))
