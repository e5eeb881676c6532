# SPDX-License-Identifier: BSD-3-Clause
"""Two arrays against each other, chosen in the panel; run as gui_test.py says.

Oracle: the state that the window saved has the arrays chosen, axes with their names, and one scale for
all displays of such data; the pictures show points and a field.
"""
import gui_test


def check_state(path):
    from paraview import simple

    simple.LoadState(str(path))
    view = simple.GetActiveView()
    points, density = simple.FindSource("PointsFromArrays1"), simple.FindSource("KernelDensity1")
    grid = view.AxesGrid
    print(grid.XTitle, grid.YTitle, list(grid.DataScale))
    assert (grid.Visibility, grid.XTitle, grid.YTitle) == (1, "TrueDensity", "TrueScore Magnitude")
    shown = [simple.GetRepresentation(source, view) for source in (points, density)]
    assert list(shown[0].Scale) == list(shown[1].Scale) == list(grid.DataScale)
    assert max(grid.DataScale) > 3 and shown[1].Visibility == 1
    samples = simple.GetRepresentation(simple.FindSource("GaussianMixture1"), view)
    assert samples.Visibility == 0, "the window has not hidden the input"
    density.UpdatePipeline()
    covariance = density.FieldData["KernelCovariance"]
    assert covariance.GetRange(1)[0] > 25 * covariance.GetRange(0)[0], "not a bandwidth per axis"


def check(output):
    import numpy

    check_state(output / "axes.pvsm")
    assert len(numpy.unique(gui_test.read_picture(output / "density.png"), axis=0)) > 100
    points = gui_test.read_rows(output / "points.png")
    white = numpy.argwhere((points > 230).all(axis=-1))
    height, width = points.shape[:2]
    assert (abs(white.mean(axis=0) - (height / 2, width / 2)) < (height / 5, width / 5)).all(), \
        "the camera does not look at the points"
    assert gui_test.different_pixels(output / "points.png", output / "density.png")[1] > 0.1


if __name__ == "__main__":
    gui_test.main(__file__, "DataAxes.xml.in", ("points.png", "density.png", "axes.pvsm"), check)
