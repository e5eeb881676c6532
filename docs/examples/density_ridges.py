# SPDX-License-Identifier: BSD-3-Clause
"""The filaments of two clouds: the ridge lines of their densities.

Left roads: points near five streets, of which one is a ring, with a tenth of the points anywhere. Lines
have the colour of their log density. In the middle the same points, moved to the lines, in the colours
of the branches. Right points around a helix in space, with the helix that is found.

  pvbatch density_ridges.py OUTPUT_FOLDER
"""
import math

from paraview import simple

import pictures

BOX = [-1.7, 2.3, -2.0, 2.0]
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = 440
ROADS, NOISE, HELIX = 2500, 250, 5000
WIDTH = 0.06  # standard deviation of the points about their road
RADIUS, TURNS, RISE = 1.0, 3, 0.25  # of the helix; the rise is per radian


def line(points, closed=False):
    """A line through points of the plane."""
    source = simple.PolyLineSource(Points=[c for x, y in points for c in (x, y, 0)])
    source.Closed = int(closed)
    return source


def roads():
    """A ring, a road that leaves it, and a fork at the end of that, and points that are on none."""
    ring = [(0.8 * math.cos(t * math.pi / 30) - 0.6, 0.8 * math.sin(t * math.pi / 30)) for t in range(60)]
    bend = [(0.2 + 0.05 * k, 0.25 * math.sin(0.05 * k * math.pi)) for k in range(21)]
    streets = simple.AppendDatasets(Input=[line(ring, True), line(bend), line([(1.2, 0), (2.1, 1.5)]),
                                           line([(1.2, 0), (1.9, -1.7)])])
    points = simple.PointsFromShape(Input=streets, NumberOfPoints=ROADS, Jitter=WIDTH)
    plane = simple.Plane(Origin=[BOX[0], BOX[2], 0], Point1=[BOX[1], BOX[2], 0],
                         Point2=[BOX[0], BOX[3], 0])
    anywhere = simple.PointsFromShape(Input=plane, NumberOfPoints=NOISE)
    return simple.AppendDatasets(Input=[points, anywhere])


def helix():
    """Points about three turns of a helix."""
    steps = [2 * math.pi * TURNS * k / 300 for k in range(301)]
    curve = simple.PolyLineSource(
        Points=[c for t in steps for c in (RADIUS * math.cos(t), RADIUS * math.sin(t), RISE * t)])
    return simple.PointsFromShape(Input=curve, NumberOfPoints=HELIX, Jitter=0.1)


def ridges(points, bandwidth, **options):
    """The lines of a cloud."""
    found = simple.DensityRidges(Input=points, BandwidthRule="Manual", Bandwidth=bandwidth, **options)
    found.UpdatePipeline()
    return found


def show_lines(view, found):
    """Lines in the colours of their log density."""
    display = simple.Show(found, view)
    display.LineWidth = 7
    simple.ColorBy(display, ("POINTS", "LogDensity"), separate=True)
    display.SetScalarBarVisibility(view, False)
    colour_map = simple.GetColorTransferFunction("LogDensity", display, separate=True)
    colour_map.ApplyPreset("Plasma (matplotlib)", True)
    low, high = found.PointData["LogDensity"].GetRange()
    colour_map.RescaleTransferFunction(low, high + 0.3 * (high - low))  # no yellow on white
    return display


def main(folder):
    """Draws three panels; returns the points and the lines of the plane and of space."""
    pictures.start()
    picture = pictures.Picture([SIZE] * 3, SIZE + 20)
    town, spring = roads(), helix()
    plane = ridges(town, 0.1)
    space = ridges(spring, 0.15)
    view = picture.frame(0, BOX, MARGINS)
    pictures.write(view, "Points, and the ridges of their density")
    pictures.show_points(view, town, 0.008, [0.65, 0.65, 0.65])
    pictures.shift(show_lines(view, plane), [0, 0, 2 * pictures.LIFT])
    view = picture.frame(1, BOX, MARGINS)
    pictures.write(view, "The points moved to them, by branch")
    on_lines = simple.Threshold(Input=simple.OutputPort(plane, 1), Scalars=["POINTS", "Filament"],
                                LowerThreshold=-0.5, UpperThreshold=1e9)
    moved = pictures.show_points(view, on_lines, 0.015)
    simple.ColorBy(moved, ("POINTS", "Filament"))
    moved.SetScalarBarVisibility(view, False)
    view = picture.views[2]
    pictures.write(view, "A helix")
    pictures.shift(pictures.show_points(view, spring, 0.009, [0.72, 0.72, 0.72]), [0, 0, 0])
    show_lines(view, space).RenderLinesAsTubes = 1
    view.CameraFocalPoint = [0, 0, RISE * math.pi * TURNS]
    view.CameraPosition = [6, -14, 8]
    view.CameraViewUp = [0, 0, 1]
    view.CameraParallelProjection, view.CameraParallelScale = 1, 3.2
    picture.save(folder / "density_ridges.png")
    return town, plane, spring, space


if __name__ == "__main__":
    main(pictures.output_folder())
