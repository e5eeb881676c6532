# SPDX-License-Identifier: BSD-3-Clause
"""Old Faithful: 272 eruptions and the waiting time after each, their density and where it grows.

The two times spread over very different lengths, so each axis has its own bandwidth. The arrows are
mean shifts, bandwidth^2 x score in minutes: the way from a place to the average of the eruptions
around it. They stand only where the score is sound and differs from 0 significantly.

  pvbatch faithful.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import pictures

BOX = [1.0, 6.0, 35.0, 105.0]  # minutes
STRETCH = 14  # of the first axis in the picture, which makes it square
TICKS = ([1, 2, 3, 4, 5, 6], [40, 60, 80, 100])
NODES, EVERY = 351, 14


def estimate():
    """The points and their density, in minutes."""
    table = simple.CSVReader(FileName=[str(pictures.DATA / "faithful.csv")])
    points = simple.TableToPoints(Input=table, XColumn="eruptions", YColumn="waiting", a2DPoints=1)
    density = simple.KernelDensity(
        Input=points, BandwidthRule="Normal scale for the gradient", BandwidthShape="Per axis",
        BandwidthScale=0.7, UseInputBounds=0, SamplingBounds=[*BOX, 0, 0],
        SampleDimensions=[NODES, NODES, 1])
    density.UpdatePipeline()
    return points, density


def mean_shifts(score, variances):
    """Arrows' vectors on every n-th node, 0 where the mask is 0."""
    coarse = simple.ExtractSubset(Input=score, VOI=[0, NODES - 1, 0, NODES - 1, 0, 0],
                                  SampleRateI=EVERY, SampleRateJ=EVERY)
    return simple.Calculator(
        Input=coarse, ResultArrayName="MeanShift",
        Function="StabilityMask*({!r}*Score_X*iHat + {!r}*Score_Y*jHat)".format(*variances))


def stretched(source):
    """In the picture's coordinates; vectors are stretched with them."""
    transform = simple.Transform(Input=source, Transform="Transform")
    transform.Transform.Scale = [STRETCH, 1, 1]
    return transform


def frame(picture, panel, title):
    """A panel of the box with the axes in minutes."""
    view = picture.frame(panel, [STRETCH * BOX[0], STRETCH * BOX[1], *BOX[2:]], (60, 25, 75, 50),
                         TICKS)
    pictures.axis_title(view, "eruption [min]", STRETCH)
    pictures.write(view, "waiting time [min]", where=(0.02, 0.925), size=12)
    pictures.write(view, title, size=16)
    return view


def main(folder):
    """Density on the left, reliability and arrows on the right."""
    pictures.start()
    points, density = estimate()
    variances = [density.FieldData["KernelCovariance"].GetRange(i)[0] for i in (0, 1)]
    peak = density.PointData["Density"].GetRange()[1]
    score = simple.ScoreField(Input=density, StabilityCriterion="Numerical and significance")
    picture = pictures.Picture([560, 560, 180], 560)
    left = frame(picture, 0, "Density")
    right = frame(picture, 1, "Reliability and mean shift")
    _, colour_map = pictures.show_image(left, stretched(density), "Density", None, "Surface")
    colours.davos(colour_map, 0, peak)
    _, classes = pictures.show_image(right, stretched(score), "Reliability", None, "Surface")
    colours.reliability(classes)
    pictures.show_points(left, stretched(points), 0.35)
    pictures.show_arrows(right, stretched(mean_shifts(score, variances)), "MeanShift", 0.5,
                         pictures.TEXT)
    legend = picture.views[2]
    pictures.colour_bar(legend, colour_map, "Density [1/min^2]", (0.05, 0.55), 0.32)
    pictures.colour_bar(legend, classes, "Reliability", (0.05, 0.1), 0.32)
    picture.save(folder / "faithful.png")
    simple.SaveData(str(folder / "faithful.vti"), score, DataMode="Binary")


if __name__ == "__main__":
    main(pictures.output_folder())
