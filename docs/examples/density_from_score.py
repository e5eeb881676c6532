# SPDX-License-Identifier: BSD-3-Clause
"""What can be repaired of a density that a Fourier transform has spoiled.

The study's density at bandwidth 0.31 is noise and zeros away from the samples. Score Field says where
its score can be trusted. Density From Score takes that part, and recovers the log density from the
score alone. Beside it stands its error against the exact density. Linear binning widens the kernel
by a sixth of the squared spacing along each axis, so the exact kernel is as wide.

  pvbatch density_from_score.py OUTPUT_FOLDER
"""
import math

from paraview import simple

import colours
import pictures
import study

HALF_WIDTH, BANDWIDTH = 10, 0.31
LOWEST = -50.0  # of the log densities that are drawn
BOX = [-HALF_WIDTH, HALF_WIDTH] * 2
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = 400


def recover(points):
    """The study's density, its masked score, and the density that this score has."""
    spoiled = study.density(points, HALF_WIDTH, BANDWIDTH)
    score = simple.ScoreField(Input=spoiled, Method="Fourth order", Tolerance=0.05)
    recovered = simple.DensityFromScore(Input=score, Samples=points)
    recovered.UpdatePipeline()
    return spoiled, recovered


def error_of(recovered, points):
    """The nodes in use, with the array Error: the recovered log density less the exact one."""
    spacing = 2 * HALF_WIDTH / (study.NODES - 1)
    widened = math.sqrt(BANDWIDTH**2 + spacing**2 / 6)
    exact = study.density(points, HALF_WIDTH, widened, "Exact")
    named = simple.Calculator(Input=exact, ResultArrayName="Exact", Function="LogDensity")
    only = simple.PassArrays(Input=named, PointDataArrays=["Exact"])
    both = simple.AppendAttributes(Input=[recovered, only])
    error = simple.Calculator(Input=both, ResultArrayName="Error", Function="LogDensity-Exact")
    used = simple.Threshold(Input=error, Scalars=["POINTS", "Island"], LowerThreshold=0.5,
                            UpperThreshold=1e9, ThresholdMethod="Between")
    used.UpdatePipeline()
    return used


def panel(picture, number, title):
    """A panel of the box with ticks and a title."""
    view = picture.frame(number, BOX, MARGINS, ([-10, 0, 10], [-10, 0, 10]))
    pictures.write(view, title)
    return view


def main(folder):
    """Three panels: the spoiled log density, the recovered one, its error."""
    pictures.start()
    points = study.samples()
    spoiled, recovered = recover(points)
    used = error_of(recovered, points)
    picture = pictures.Picture([SIZE, SIZE, SIZE, 170], SIZE + 20)
    views = [panel(picture, number, title) for number, title in
             enumerate(("By FFT", "Recovered from its score", "Error of the recovered"))]
    for view, source in ((views[0], spoiled), (views[1], used)):
        _, logarithm = pictures.show_image(view, source, "LogDensity", None, "Surface")
        colours.davos(logarithm, LOWEST, 0)
    _, errors = pictures.show_image(views[2], used, "Error", None, "Surface")
    colours.diverging(errors, 0.2)
    for view in views[:2]:
        pictures.show_points(view, points, 0.06)
    legend = picture.views[3]
    pictures.colour_bar(legend, logarithm, "Log density", (0.05, 0.55), 0.32)
    pictures.colour_bar(legend, errors, "Error", (0.05, 0.08), 0.32)
    picture.save(folder / "density_from_score.png")
    return recovered, used


if __name__ == "__main__":
    main(pictures.output_folder())
