# SPDX-License-Identifier: BSD-3-Clause
"""Earthquakes under Fiji: the density of 1000 of them in 3-D, and the ways up to its peaks.

Longitude, latitude and depth become kilometres first: a distance, and so a bandwidth and a score,
needs one unit. Contours enclose the dense parts; the lines follow the score from a part of the
earthquakes until they meet where it vanishes.

  pvbatch quakes.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import pictures

KILOMETRES = "(coordsX-180)*104.3*iHat + (coordsY+20)*111.2*jHat - coordsZ*kHat"  # near 20 S


def earthquakes():
    """The points, in km east of 180 degrees, north of 20 degrees south, and up."""
    table = simple.CSVReader(FileName=[str(pictures.DATA / "quakes_fiji.csv")])
    points = simple.TableToPoints(Input=table, XColumn="long", YColumn="lat", ZColumn="depth",
                                  KeepAllDataArrays=1)
    return simple.Calculator(Input=points, CoordinateResults=1, Function=KILOMETRES)


def estimate(points):
    """The density and its score, in 1/km^3 and 1/km."""
    density = simple.KernelDensity(
        Input=points, BandwidthRule="Normal scale for the gradient", BandwidthShape="Per axis",
        BandwidthScale=0.4, SampleDimensions=[84, 108, 42])
    return simple.ScoreField(Input=density)


def show_contours(view, score):
    """Surfaces around the dense parts."""
    score.UpdatePipeline()
    peak = score.PointData["Density"].GetRange()[1]
    levels = [share * peak for share in (0.04, 0.2, 0.6)]
    contours = simple.Contour(Input=score, ContourBy=["POINTS", "Density"], Isosurfaces=levels)
    display, colour_map = pictures.show_image(view, contours, "Density", None, "Surface")
    display.Opacity, display.Ambient, display.Diffuse = 0.28, 0.3, 0.7
    colours.davos(colour_map, -0.6 * peak, 0.9 * peak)


def show_ways(view, score, points):
    """Lines that climb along the score, thick enough to see."""
    ways = simple.StreamTracerWithCustomSource(
        Input=score, SeedSource=simple.MaskPoints(Input=points, OnRatio=3),
        Vectors=["POINTS", "Score"], IntegrationDirection="FORWARD", MaximumStreamlineLength=4000,
        MaximumSteps=400, TerminalSpeed=2e-4)
    display = simple.Show(simple.Tube(Input=ways, Radius=6), view)
    pictures.one_colour(display, pictures.ORANGE)
    pictures.shift(display, [0, 0, 0])


def show_axes(view):
    """The box in kilometres."""
    grid = view.AxesGrid
    grid.Visibility = 1
    grid.XTitle, grid.YTitle, grid.ZTitle = "km east of 180", "km north of 20 S", "km up"
    for axis in "XYZ":
        for name in ("TitleFontSize", "LabelFontSize"):
            setattr(grid, axis + name, 22)
        setattr(grid, axis + "TitleColor", pictures.TEXT)
        setattr(grid, axis + "LabelColor", pictures.TEXT)
    grid.GridColor = [0.8, 0.8, 0.8]
    grid.ShowGrid = 1
    grid.XAxisUseCustomLabels = grid.YAxisUseCustomLabels = grid.ZAxisUseCustomLabels = 1
    grid.XAxisLabels, grid.ZAxisLabels = [-1500, -1000, 0, 500], [-600, -300, 0]
    grid.YAxisLabels = [-2000, -1000, 0, 1000]


def main(folder):
    """One picture."""
    pictures.start()
    points = earthquakes()
    score = estimate(points)
    picture = pictures.Picture([1100], 760)
    view = picture.views[0]
    show_contours(view, score)
    show_ways(view, score, points)
    pictures.shift(pictures.show_points(view, points, 7, pictures.TEXT), [0, 0, 0])
    show_axes(view)
    view.CameraFocalPoint = [0, 0, 0]
    view.CameraPosition = [-0.45, -1, 0.5]
    view.CameraViewUp = [0, 0, 1]
    simple.ResetCamera(view)
    view.CameraViewAngle = 23
    pictures.write(view, "1000 earthquakes near Fiji: density and the ways to its peaks", size=16)
    picture.save(folder / "quakes.png")
    simple.SaveData(str(folder / "quakes.vti"), score, DataMode="Binary")


if __name__ == "__main__":
    main(pictures.output_folder())
