# SPDX-License-Identifier: BSD-3-Clause
"""The pictures about the bandwidth: charts, mode tree, film with a caption; and the data behind them.

Oracles: the schedule; Score Field's field data for the caption; the number of modes by the scan's own
table; the critical bandwidth 0.14992 of the study's mixture; where the exact errors are least (the
optima of the mean squared errors, 0.367 and 0.419, within what one sample scatters).
"""
import csv

import example_test  # first: it finds the examples

import numpy
from paraview import servermanager, simple

import bandwidth_film
import bandwidth_scan
import charts
import mode_tree
import stability_chart
import study

FOLDER = example_test.FOLDER


def colours_of(name):
    """Share of the pixels that are not white, and the picture."""
    image = example_test.pixels(FOLDER / name)
    return (image.min(axis=2) < 245).mean(), image


def table(name):
    """A written table: column -> numbers."""
    rows = list(csv.DictReader((FOLDER / name).open()))
    return {key: numpy.array([float(row[key]) for row in rows]) for key in rows[0]}


def check_scan():
    """Every curve is in the chart, the numbers are what theory says."""
    bandwidth_scan.main(FOLDER)
    _, image = colours_of("bandwidth_scan.png")
    for colour in (charts.GREEN, charts.BLUE, charts.RED, charts.ORANGE):
        assert example_test.near(image[:, :520], colour, 60).sum() > 200, colour
    # Charts with titles of their own have what the example chose, and no first picture.
    shown = [len(view.Representations) for view in simple.GetViews(viewtype="XYChartView")]
    assert shown == [2, 1, 1], shown
    for view in simple.GetViews(viewtype="XYChartView"):
        assert (view.LeftAxisTitle, view.RightAxisTitle) == ("", ""), view.ChartTitle
    values = table("bandwidth_scan.csv")
    bandwidth = values["Bandwidth"]
    assert (values["StableShareExact"] == 1).all()
    assert (numpy.diff(values["StableShareFFT"]) > -1e-3).all()
    step = bandwidth[1] / bandwidth[0]
    last = bandwidth[values["TrueModes"] == 3].max()
    assert last < 0.1499235 < last * step, last
    assert set(values["TrueModes"]) == {1, 3}
    for name, optimum in (("SquaredError", 0.367), ("SquaredGradientError", 0.419)):
        best = bandwidth[values[name].argmin()]
        assert 0.75 < best / optimum < 1.33, (name, best)


def check_tree():
    """As many lines at the bottom as modes, one at the top; drawn in dark and light colours."""
    mode_tree.main(FOLDER)
    shown, image = colours_of("mode_tree.png")
    assert 0.05 < shown < 0.5, shown
    assert example_test.near(image, [0.27, 0.0, 0.33], 40).any(), "no small bandwidth"
    scan = example_test.source("BandwidthScan")
    tree = servermanager.Fetch(scan, idx=2)
    modes = servermanager.Fetch(scan).GetColumnByName("Modes")
    lines = tree.GetNumberOfLines()
    joined = tree.GetCellData().GetArray("JoinedTrack")
    going_on = [i for i in range(lines) if joined.GetValue(i) < 0]
    assert lines >= modes.GetValue(0) > 50 and modes.GetValue(119) == 1
    assert len(going_on) == 1, "one mode is left at the largest bandwidth"
    assert abs(tree.GetBounds()[5] - mode_tree.HEIGHT) < 1e-9


def check_film():
    """The caption follows the steps; the region shown grows."""
    bandwidth_film.main(FOLDER, 3)
    assert list(simple.GetTimeKeeper().TimestepValues) == [0, 1, 2]
    shown = [colours_of(f"bandwidth_film/{i:04d}.png")[0] for i in range(3)]
    assert shown[0] < shown[1] - 0.02, shown
    simple.SaveAnimation(str(FOLDER / "saved.png"), simple.GetActiveView(),
                         ImageResolution=[200, 200])
    saved = [example_test.pixels(path) for path in sorted(FOLDER.glob("saved*.png"))]
    assert len(saved) == 3, "SaveAnimation writes every step"
    assert all((saved[i] != saved[i + 1]).any() for i in range(2))
    score = example_test.source("ScoreField")
    for step, expected in ((2, 1.6), (0, 0.1), (1, 0.4)):
        annotation = example_test.source("PythonAnnotation")
        annotation.UpdatePipeline(step)
        text = servermanager.Fetch(annotation).GetColumn(0).GetValue(0)
        share = 100 * study.field(score, "StableShare", step)[0]
        assert text == f"Bandwidth {expected:.2f}, sound: {share:.0f} % of the nodes", text


def check_chart():
    """Exact sums are sound everywhere; in the core the classical recipe is as right as they are."""
    stability_chart.main(FOLDER, [0.11, 0.41, 0.81])
    values = table("stability_chart.csv")
    assert (values["StableShare Exact"] == 1).all()
    assert values["StableShare FFT"].max() < 0.9
    classical, exact = values["StableFisherDivergence FFT"][1], values["FisherDivergence Exact"][1]
    assert abs(classical / exact - 1) < 0.05, (classical, exact)
    _, image = colours_of("stability_chart.png")
    for colour in (charts.GREEN, charts.RED, charts.ORANGE):
        assert example_test.near(image, colour, 60).sum() > 100, colour


check_scan()
check_tree()
check_film()
check_chart()
print("the pictures about the bandwidth are right")
