# SPDX-License-Identifier: BSD-3-Clause
"""The models that are fitted to the study's points, and their picture.

Oracles: the mixture's formula, written down here, for the true score and the error of each estimate;
the densities have an integral of 1; the kernel exponential family, which knows nothing of the truth,
comes near the kernel density at its best bandwidth; particles that climb a learned score end where it
is 0.
"""
import example_test  # first: it finds the examples

import numpy
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy

import score_matching_fit

points, found, errors = score_matching_fit.main(example_test.FOLDER)
nodes, measure = example_test.square(4, 256)
truth, score = example_test.study_truth(nodes)

for title, image in found.items():
    mine = numpy.array(example_test.point_array(image, "Score"))[:, :2]
    squares = measure * truth * ((mine - score) ** 2).sum(axis=1)
    error = numpy.sqrt(squares.sum() / (measure * truth * (score**2).sum(axis=1)).sum())
    print(title, error, errors[title])
    assert abs(error - errors[title]) < 1e-9, title
    mass = (measure * example_test.point_array(image, "Density")).sum()
    assert abs(mass - 1) < 0.01, (title, mass)
assert errors["Kernel exponential family"] < 1.1 * errors["Kernel density"]
assert all(error < 0.7 for error in errors.values())

flow = simple.ScoreFlow(Input=points, Target="Image", ScoreImage=found["Kernel exponential family"],
                        Mode="Ascent")
flow.TimestepValues  # the last one is the end
flow.UpdatePipeline(flow.TimestepValues[-1])
moved = servermanager.Fetch(flow).GetPointData()
speed = numpy.linalg.norm(vtk_to_numpy(moved.GetArray("Score")), axis=1)
print("particles at rest", (speed < 0.05).mean())
assert (speed < 0.05).mean() > 0.9

image = example_test.pixels(example_test.FOLDER / "score_matching_fit.png")
for number in range(6):
    left, upper = 360 * (number % 3), 380 * (number // 3)
    panel = example_test.inside(image[upper:upper + 380, left:left + 360], (360, 380),
                                score_matching_fit.MARGINS)
    dark = (panel.astype(int).sum(axis=2) < 300).mean()
    assert 0.005 < dark < 0.5, (number, dark)
