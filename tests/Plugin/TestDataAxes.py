# SPDX-License-Identifier: BSD-3-Clause
"""What a view makes of points whose axes are arrays.

Contract: titles and one scale for all that is made of such points, also by ParaView's own filters. The
trace has it. A view that shows places, and a grid or a scale that the user has set up, stay as they
are.
"""
import os
import tempfile

os.environ["XDG_CONFIG_HOME"] = os.environ["HOME"] = tempfile.mkdtemp()  # no settings of the user's

from paraview import simple, smtrace  # noqa: E402


def fresh():
    """A view of a session without sources, and points with a long and a short axis."""
    simple.Disconnect()
    simple.Connect()
    mesh = simple.Wavelet()
    short = simple.Calculator(Input=mesh, ResultArrayName="short", Function="0.002*RTData+coordsX")
    points = simple.PointsFromArrays(Input=short, XArray=["POINTS", "RTData"],
                                     YArray=["POINTS", "short"])
    return simple.CreateView("RenderView"), mesh, points


def test_titles_and_scale():
    view, _, points = fresh()
    density = simple.KernelDensity(Input=points, SampleDimensions=[40, 40, 1])
    contours = simple.Contour(Input=density, ContourBy=["POINTS", "Density"], Isosurfaces=[1e-5])
    scales = [list(simple.Show(source, view).Scale) for source in (points, density, contours)]
    grid = view.AxesGrid
    assert (grid.Visibility, grid.XTitle, grid.YTitle) == (1, "RTData", "short")
    bounds = points.GetDataInformation().GetBounds()
    ratio = (bounds[1] - bounds[0]) / (bounds[3] - bounds[2])
    assert abs(scales[0][1] / ratio - 1) < 0.05, "two digits of the ratio"
    assert scales[0] == scales[1] == scales[2] == list(grid.DataScale), scales
    assert scales[0][0] == scales[0][2] == 1


def test_nearly_equal_axes_keep_their_proportions():
    view, mesh, _ = fresh()
    points = simple.PointsFromArrays(Input=mesh, XCoordinate=1)  # two coordinates
    display = simple.Show(points, view)
    assert list(display.Scale) == [1, 1, 1]
    assert (view.AxesGrid.XTitle, view.AxesGrid.YTitle) == ("y", "y")


def test_what_stays():
    view, _, points = fresh()
    view.AxesGrid.XTitle = "mine"
    assert list(simple.Show(points, view).Scale) == [1, 1, 1]
    assert (view.AxesGrid.Visibility, view.AxesGrid.XTitle) == (0, "mine")
    view, _, points = fresh()
    simple.Show(simple.Sphere(), view)  # a place
    assert list(simple.Show(points, view).Scale) == [1, 1, 1] and view.AxesGrid.Visibility == 0
    view, mesh, points = fresh()
    simple.Show(points.Input, view)  # the window hides an input right after
    assert simple.Show(points, view).Scale[1] > 3 and view.AxesGrid.Visibility == 1
    place = simple.Show(simple.Sphere(), view)
    assert list(place.Scale) == [1, 1, 1], "a place is no data"


def test_trace():
    view, _, points = fresh()
    smtrace.start_trace(preamble="")
    simple.Show(points, view)
    trace = smtrace.stop_trace()
    assert "AxesGrid.XTitle = 'RTData'" in trace and "Display.Scale = [1.0," in trace
    view, _, points = fresh()  # what the trace does, played
    view.AxesGrid.Visibility, view.AxesGrid.XTitle = 1, "RTData"
    assert list(simple.Show(points, view).Scale) == list(view.AxesGrid.DataScale) != [1, 1, 1]


test_titles_and_scale()
test_nearly_equal_axes_keep_their_proportions()
test_what_stays()
test_trace()
