# SPDX-License-Identifier: BSD-3-Clause
"""The example of data against data, and its picture.

Oracles: the gradient of a logistic border in closed form, on which the density must be highest; how
many cells of the table have a logarithm, counted here; titles, scales and colours of the picture.
"""
import example_test  # first: it finds the examples

import csv

import numpy

import data_axes as example
import pictures

cases, displays, views = example.main(example_test.FOLDER)
mesh, table = (density for _, _, density in cases)

# 0.6 / (1 + exp(k d)) has the gradient k v (1 - v / 0.6), the largest of the mesh.
bounds = mesh.GetDataInformation().GetBounds()
values = example_test.point_array(mesh, "Density").reshape(300, 300)
v = numpy.linspace(*bounds[:2], 300)
g = numpy.linspace(*bounds[2:4], 300)
step = g[1] - g[0]
covariance = mesh.FieldData["KernelCovariance"]
width = covariance.GetRange(1)[0] ** 0.5
for value in (0.3, 0.4, 0.5):
    column = values[:, numpy.argmin(abs(v - value))]
    expected = example.STEEPNESS * value * (1 - value / 0.6)
    above = g > expected - 6 * width  # below lie the points where both borders meet
    found = g[above][numpy.argmax(column[above])]
    print(value, found, expected)
    # Differences over two nodes lack (k h)^2 / 6 at most; nodes and the kernel have their widths.
    assert abs(found - expected) < expected * example.STEEPNESS**2 / 6 + step + width
assert covariance.GetRange(0)[0] > 25 * covariance.GetRange(1)[0], "not per axis"

with open(pictures.DATA / "cytometry_hsct.csv", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
kept = sum(float(row["FITC.CD45.1"]) > 0 and float(row["PE.Ly65Mac1"]) > 0 for row in rows)
assert table.FieldData["SampleCount"].GetRange()[0] == kept
assert table.FieldData["PointsLeftOut"].GetRange()[0] == len(rows) - kept

grid = views[0].AxesGrid
assert (grid.Visibility, grid.XTitle, grid.YTitle) == (1, "Concentration", "Gradient Magnitude")
assert views[1].AxesGrid.YTitle == "log10 PE.Ly65Mac1"
for (points, density), view in zip(displays, views):
    assert list(points.Scale) == list(density.Scale) == list(view.AxesGrid.DataScale)
assert displays[0][1].Scale[1] > 5, "the axis of the gradient would be a line"
image = example_test.pixels(example_test.FOLDER / "data_axes.png")
for half in (image[:, :560], image[:, 560:]):
    assert example_test.near(half, numpy.array([0.267, 0.005, 0.329]), 12).mean() > 0.1, "no density"
    assert example_test.near(half, numpy.array([0.13, 0.57, 0.55]), 30).mean() > 0.005, "no colours"
