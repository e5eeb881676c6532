# SPDX-License-Identifier: BSD-3-Clause
"""Langevin steps stay in the cluster where they begin; annealed ones reach all four by their weights.

The same particles in one of four separated clusters, the same number of steps, the same steps in
units of the bandwidth; below, the share of the particles in each cluster over the steps.

  pvbatch flow_clusters.py OUTPUT_FOLDER
"""
import csv

import numpy
from paraview import servermanager, simple
from paraview.vtk.util.numpy_support import vtk_to_numpy

import charts
import frames
import pictures

STEPS = 150
EVERY = 10  # steps from one frame to the next
MARGINS = (60, 20, 40, 60)
MODES = ("Langevin", "Annealed Langevin")
BANDWIDTH = 0.3


def array(source, name, port=0):
    """A field array of a source, one tuple a row."""
    return vtk_to_numpy(servermanager.Fetch(source, idx=port).GetFieldData().GetArray(name))


def shares(flow, centres, step):
    """The share of the particles nearest to each centre."""
    flow.UpdatePipeline(step)
    points = vtk_to_numpy(servermanager.Fetch(flow).GetPoints().GetData())
    distance = numpy.linalg.norm(points[:, None, :] - centres[None, :, :], axis=2)
    return numpy.bincount(distance.argmin(axis=1), minlength=len(centres)) / len(points)


def flows(samples, centre, steps):
    """One of each mode, from a small box around a centre."""
    bounds = [x + sign * 0.3 for x in centre[:2] for sign in (-1, 1)] + [0, 0]
    return [simple.ScoreFlow(
        Input=samples, Mode=mode, BandwidthRule="Manual", Bandwidth=BANDWIDTH, StartFrom="Box",
        UseSampleBounds=0, StartBounds=bounds, NumberOfParticles=400, NumberOfSteps=steps,
        FinalDenoise=0) for mode in MODES]


def chart(folder, rows, weights):
    """Shares over the steps, the weights as dashes."""
    path = folder / "flow_clusters.csv"
    count = len(weights)
    names = [f"{mode} {k + 1}" for mode in MODES for k in range(count)]
    expected = [f"weight {k + 1}" for k in range(count)]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["Step", *names, *expected],
                                    *([*row, *weights] for row in rows)])
    picture = charts.Charts([560, 560], 420)
    for panel, mode in enumerate(MODES):
        view = picture.frame(panel, f"{mode}: share of each cluster", (0, rows[-1][0]), (0, 1.05))
        view.BottomAxisTitle, view.BottomAxisLogScale = "Step", 0
        for line, kind in ((charts.SOLID, mode), (charts.DASHED, "weight")):
            series = {f"{kind} {k + 1}": (f"cluster {k + 1}" if kind == mode else "its weight",
                                          charts.COLOURS[k]) for k in range(count)}
            # A table shows once in a view.
            table = simple.CSVReader(FileName=[str(path)])
            charts.draw(view, table, series, line).XArrayName = "Step"
        view.ShowLegend = 1 - panel
    picture.save(folder / "flow_clusters_chart.png")


def main(folder, steps=STEPS, every=EVERY):
    """Writes the film and the chart; returns the last shares of both modes and the weights."""
    pictures.start()
    mixture = simple.GaussianMixture(Mixture="Separated Clusters", NumberOfPoints=400)
    mixture.UpdatePipeline()
    components = array(mixture, "MixtureComponents")
    centres, weights = components[:, 1:4], components[:, 0]
    both = flows(mixture, centres[0], steps)
    bounds = mixture.GetDataInformation().GetBounds()
    half = max(max(abs(b) for b in bounds[:4]), 1) * 1.25
    box = (-half, half, -half, half)
    picture = pictures.Picture([500, 500], 540)
    for panel, (mode, flow) in enumerate(zip(MODES, both)):
        view = picture.frame(panel, box, MARGINS, ([], []))
        pictures.show_points(view, mixture, 0.012 * half, [0.7, 0.7, 0.7])
        pictures.shift(pictures.show_points(view, flow, 0.016 * half, pictures.RED), [0, 0, 1])
        pictures.write(view, mode, bold=1)
    film = frames.Frames(folder, "flow_clusters")
    rows = []
    for step in range(0, steps + 1, every):
        rows.append([step, *(value for flow in both for value in shares(flow, centres, step))])
        for view in picture.views:
            view.ViewTime = step
        film.add(picture)
    film.write(4)
    chart(folder, rows, weights)
    return numpy.reshape(rows[-1][1:], (2, -1)), weights


if __name__ == "__main__":
    main(pictures.output_folder())
