# SPDX-License-Identifier: BSD-3-Clause
"""Data against data: the joint density of two arrays of a mesh, and of two columns of a table.

Left a concentration in 81^3 nodes and how fast it changes from node to node: each border between two
fluids is an arc. Right 39128 blood cells and what two dyes say of them, on log scales. Axes, titles
and the scale of the view are those that Apply makes.

  pvbatch data_axes.py OUTPUT_FOLDER
"""
from paraview import simple

import pictures

SIZE = (560, 480)
STEEPNESS = 0.25  # of a border, in 1 / length
# A ball of one fluid in a half space of another: their borders are logistic.
BALL = f"0.6/(1+exp({STEEPNESS}*(sqrt(coordsX^2+coordsY^2+(coordsZ-8)^2)-16)))"
FLOOR = f"0.4/(1+exp({STEEPNESS}*(coordsZ+0.31*coordsX+0.17*coordsY+18)))"


def mesh():
    """The concentration, and its gradient."""
    nodes = simple.Wavelet(WholeExtent=[-40, 40] * 3)
    field = simple.Calculator(Input=nodes, ResultArrayName="Concentration", Function=f"{BALL}+{FLOOR}")
    return simple.Gradient(Input=field, ScalarArray=["POINTS", "Concentration"],
                           ResultArrayName="Gradient")


def joint_of_mesh():
    """Concentration along x, the magnitude of its gradient along y, and their density."""
    points = simple.PointsFromArrays(Input=mesh(), XArray=["POINTS", "Concentration"],
                                     YArray=["POINTS", "Gradient"], YComponent=3)  # the magnitude
    return points, simple.KernelDensity(Input=points, BandwidthScale=0.1, BoundsMargin=8,
                                        SampleDimensions=[300, 300, 1])


def joint_of_table():
    """Two dyes on log scales, and the density of both."""
    cells = simple.CSVReader(FileName=[str(pictures.DATA / "cytometry_hsct.csv")])
    points = simple.PointsFromArrays(Input=cells, XArray=["ROWS", "FITC.CD45.1"], XLogScale=1,
                                     YArray=["ROWS", "PE.Ly65Mac1"], YLogScale=1)
    return points, simple.KernelDensity(Input=points, BandwidthScale=0.35,
                                        SampleDimensions=[300, 300, 1])


def panel(picture, number, title, points, density):
    """Shows the points, as Apply does, and then the logarithm of the density instead."""
    view = picture.views[number]
    hidden = simple.Show(points, view)
    display = simple.Show(density, view)
    simple.Hide(points, view)
    simple.ColorBy(display, ("POINTS", "LogDensity"), separate=True)
    colours = simple.GetColorTransferFunction("LogDensity", display, separate=True)
    colours.ApplyPreset("Viridis (matplotlib)", True)
    highest = density.PointData["LogDensity"].GetRange()[1]
    colours.RescaleTransferFunction(highest - 10, highest)
    display.Ambient, display.Diffuse = 1.0, 0.0
    grid = view.AxesGrid
    for axis in "XYZ":
        for name in ("TitleFontSize", "LabelFontSize"):
            setattr(grid, axis + name, 18)
    pictures.write(view, title)
    view.InteractionMode = "2D"
    simple.ResetCamera(view)
    view.CameraParallelScale *= 1.07
    return hidden, display


def main(folder):
    """Two panels."""
    pictures.start()
    picture = pictures.Picture([SIZE[0]] * 2, SIZE[1])
    cases = [("A mesh: concentration and its gradient", *joint_of_mesh()),
             ("A table: two dyes in blood cells", *joint_of_table())]
    displays = [panel(picture, number, *case) for number, case in enumerate(cases)]
    picture.save(folder / "data_axes.png")
    return cases, displays, picture.views


if __name__ == "__main__":
    main(pictures.output_folder())
