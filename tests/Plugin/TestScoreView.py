# SPDX-License-Identifier: BSD-3-Clause
"""The ready-made view: its critical points, its picture, the legend's names, and the state file.

Oracles: critical points of the smoothed study in 25 digits (reference.json); Euler's characteristic
of the plane, modes + minima - saddles = 1, where the score points inwards at all borders; closed
forms of the arrows' lengths; colours of the classes.
"""
import json
import pathlib
import runpy

import example_test  # first: it finds the examples

import numpy
from paraview import simple

import colours
import score_view

FOLDER = example_test.FOLDER
ROOT = example_test.ROOT


def check_critical_points():
    """The modes and saddles of the study's mixture, smoothed by 0.1."""
    from scorefields import critical_points
    reference = json.loads((ROOT / "tests/support/reference.json").read_text())["seed_mixture"]
    rows = reference["critical_points_of_smoothed_density"]["by_h"]["0.1"]
    nodes = numpy.linspace(-4, 4, 321)
    x, y = numpy.meshgrid(nodes, nodes, indexing="ij")
    weights, means = [0.2, 0.2, 0.6], [(-1, -1), (1, 1), (1, -1)]
    covariances = [[[0.5, 0.3], [0.3, 0.5]]] * 2 + [[[0.5, 0], [0, 0.5]]]
    density, gradient = 0, 0
    for weight, mean, covariance in zip(weights, means, covariances):
        smoothed = numpy.array(covariance) + 0.01 * numpy.eye(2)
        offset = numpy.stack([x - mean[0], y - mean[1]], axis=-1)
        solved = offset @ numpy.linalg.inv(smoothed)
        part = weight * numpy.exp(-(offset * solved).sum(-1) / 2) / numpy.sqrt(
            numpy.linalg.det(smoothed))
        density, gradient = density + part, gradient - part[..., None] * solved
    score = gradient / density[..., None]
    places, rising = critical_points.find(score, density > 0, [0.025, 0.025])
    found = sorted((kind, *(-4 + 0.025 * p)) for p, kind in zip(
        places, critical_points.kind_of(rising, 2)))
    expected = sorted((critical_points.KINDS.index(r["kind"]), float(r["x"][0]),
                       float(r["x"][1])) for r in rows)
    assert len(found) == len(expected), (found, expected)
    for a, b in zip(sorted(found), sorted(expected)):
        assert a[0] == b[0] and numpy.hypot(a[1] - b[1], a[2] - b[2]) < 5e-3, (a, b)


def check_view(made):
    """Arrows of the stated length; a picture with every class; lines that climb."""
    points = example_test.positions(made.critical_points)
    kinds = example_test.point_array(made.critical_points, "Kind")
    assert (kinds == 0).sum() + (kinds == 2).sum() - (kinds == 1).sum() == 1, kinds
    assert (kinds == 0).sum() >= 2 and len(points) == len(kinds)
    heights = example_test.point_array(made.critical_points, "LogDensity")
    assert heights[kinds == 0].min() > heights[kinds == 2].max()
    vectors = simple.FindSource("ArrowVectors")
    arrow = numpy.linalg.norm(example_test.point_array(vectors, "Arrow"), axis=1)
    size = example_test.point_array(vectors, "ScoreMagnitude")
    assert numpy.allclose(arrow / numpy.log10(1 + 0.25 * size),
                          (arrow / numpy.log10(1 + 0.25 * size))[0])
    picture = example_test.pixels(FOLDER / "score_view.png")
    classes = numpy.reshape(colours.read("Reliability")["IndexedColors"], (8, 3))
    for value in (0, 4, 5):
        assert example_test.near(picture, classes[value], 8).mean() > 0.01, value
    assert example_test.near(picture, [0.85, 0.1, 0.1], 20).sum() > 100, "no modes"
    dark = example_test.near(picture[:, :700], [0.15, 0.15, 0.15], 20).mean()
    assert 0.01 < dark < 0.3, f"lines on {dark} of the picture"
    solid = example_test.pixels(FOLDER / "score_view_3d.png")
    assert example_test.near(solid[:, :700], [0.15, 0.15, 0.15], 30).mean() > 0.005


def check_lengths():
    """Every way to an arrow's length, and what the legend says of it."""
    from scorefields.view import Field, arrow
    samples = simple.GaussianMixture(NumberOfPoints=50)
    score = simple.ScoreField(Input=simple.KernelDensity(Input=samples, BandwidthRule="Manual",
                                                         Bandwidth=0.5))
    field = Field(score)
    for length, say in (("true", "0.25 x score\n(the mean shift)"), ("capped", "at most 0.3 km"),
                        ("log", "log10(1 + 0.5 x score)")):
        formula, meaning = arrow(field, 0.3, length, "km")
        assert say in meaning, meaning
        vectors = simple.Calculator(Input=simple.Calculator(
            Input=score, ResultArrayName="TrustedScore", Function="StabilityMask*Score"),
            ResultArrayName="Arrow", Function=formula)
        drawn = numpy.linalg.norm(example_test.point_array(vectors, "Arrow"), axis=1)
        size = example_test.point_array(vectors, "ScoreMagnitude")
        expected = {"true": 0.25 * size, "capped": numpy.minimum(0.25 * size, 0.3),
                    "log": 0.3 / numpy.log10(11) * numpy.log10(1 + 0.5 * size)}[length]
        assert numpy.allclose(drawn, expected, rtol=1e-9, atol=1e-12), length


def check_legend():
    """Whoever colours by Reliability gets the classes' names and colours."""
    preset = colours.read("Reliability")
    table = simple.GetColorTransferFunction("Reliability")
    assert table.InterpretValuesAsCategories == 1
    assert list(table.Annotations) == preset["Annotations"]
    assert numpy.allclose(table.IndexedColors, preset["IndexedColors"])


def check_state(made):
    """The state file draws a Score Field of its own, and the active one where there is one."""
    state = str(pathlib.Path(made.__file__).parents[1] / "score_state.py")
    simple.ResetSession()
    result = runpy.run_path(state)
    assert result["score"].Input.Bandwidth == 0.25
    assert simple.FindSource("Streamlines").GetDataInformation().GetNumberOfCells() > 50
    simple.ResetSession()
    mine = simple.ScoreField(Input=simple.KernelDensity(Input=simple.GaussianMixture(),
                                                        Engine="FFT"))
    result = runpy.run_path(state)
    assert result["score"] == mine


made = score_view.main(FOLDER)
check_view(made)
check_legend()
check_critical_points()
check_lengths()
import scorefields.view  # noqa: E402  (the example has found it)
check_state(scorefields.view)
print("the ready-made view is right")
