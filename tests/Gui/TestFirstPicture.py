# SPDX-License-Identifier: BSD-3-Clause
"""What the window shows after Apply, with every property as it comes; run as gui_test.py says.

Oracle: in the plane, the share of the nodes in each class of Reliability, as Python counts it, is the
share of the image's pixels in the colour of that class. Contract: in space, surfaces in the colours
of the density and of the class reliable, not an outline; particles of several basins are larger than
the samples, which stay; the scan is a chart over the logarithm of the bandwidth. One undo takes it
all away.
"""
import sys

import gui_test

CASES = {
    "2D": ("Study", "KernelDensity", "ScoreField"),
    "3D": ("Clusters 3-D", "KernelDensity", "ScoreField"),
    "Flow": ("Clusters 3-D", "ScoreFlow"),
    "Scan": ("Study", "BandwidthScan"),
}
RELIABLE = (0.10, 0.60, 0.47)
BLUE, RED = (0.12, 0.47, 0.71), (0.84, 0.15, 0.16)  # of the first and the fourth basin


def near(path, colour, tolerance=20):
    """Which pixels have a colour of three numbers from 0 to 1, nearly."""
    pixels = gui_test.read_rows(path)
    return (abs(pixels - [255 * c for c in colour]) < tolerance).all(axis=2)


def hue(path, channel, excess=25):
    """Which pixels have one channel so far above the two others: surfaces in light vary."""
    import numpy

    pixels = gui_test.read_rows(path)
    return (pixels[:, :, channel:channel + 1] - numpy.delete(pixels, channel, axis=2) > excess).all(axis=2)


def check_plane(output):
    import numpy
    from paraview import simple
    from vtkmodules.util.numpy_support import vtk_to_numpy

    picture = output / "ScoreField.png"
    field = simple.ScoreField(Input=simple.KernelDensity(Input=simple.GaussianMixture()))
    classes = vtk_to_numpy(simple.servermanager.Fetch(field).GetPointData().GetArray("Reliability"))
    # The image: where neither background nor legend is, between the first and the last pale column.
    pale = near(picture, (0.9, 0.9, 0.86), 6)
    columns = numpy.flatnonzero(pale.mean(axis=0) > 0.3)
    rows = numpy.flatnonzero(pale.mean(axis=1) > 0.2)
    inside = near(picture, RELIABLE)[rows[0]:rows[-1], columns[0]:columns[-1]]
    seen, expected = inside.mean(), (classes == 0).mean()
    print("reliable:", seen, "of the picture,", expected, "of the nodes")
    # Pixels at the rim are those of one node or the other, and samples lie over some.
    assert columns[-1] - columns[0] > 100 and abs(seen - expected) < 0.03
    samples = near(output / "KernelDensity.png", (1, 1, 1), 40)
    left = samples[:, columns[0]:columns[0] + int(0.4 * (columns[-1] - columns[0]))].sum()
    print(samples.sum(), "pixels of samples over the density, of these to the left", left)
    assert samples.sum() > 3000 and left > 300, "the density hides samples"


def check_space(output):
    density, score = (gui_test.read_rows(output / f"{name}.png")
                      for name in ("KernelDensity", "ScoreField"))
    for pixels in (density, score):
        covered = (abs(pixels - pixels[0, 0]) > 20).any(axis=2).mean()
        print("covered", covered)
        assert 0.05 < covered < 0.8
    assert hue(output / "ScoreField.png", 1, 10).mean() > 0.05, "the reliable region is green"


def check_flow(output):
    picture = output / "ScoreFlow.png"
    blue, red = hue(picture, 2).sum(), hue(picture, 0).sum()
    print(blue, "blue pixels,", red, "red and orange ones")
    assert blue > 1000 and red > 300
    assert visible(output / "last.pvsm", "GaussianMixture1") == 1, "the samples have gone"


def visible(state, name):
    from paraview import simple

    simple.LoadState(str(state))
    return simple.GetRepresentation(simple.FindSource(name), simple.GetActiveView()).Visibility


def check_scan(output):
    from paraview import simple

    simple.LoadState(str(output / "last.pvsm"))
    chart = simple.GetViews(viewtype="XYChartView")[0]
    scan = simple.FindSource("BandwidthScan1")
    curves = simple.GetRepresentation(scan, chart)
    assert chart.BottomAxisLogScale == 1 and chart.BottomAxisTitle == "Bandwidth"
    assert curves.UseIndexForXAxis == 0 and curves.XArrayName == "Bandwidth"
    shown = curves.SeriesVisibility
    print("shown:", list(shown))
    assert 2 < len(list(shown)) < 6
    assert simple.GetRepresentation(simple.OutputPort(scan, 1), chart).Visibility == 1


CHECKS = {"2D": check_plane, "3D": check_space, "Flow": check_flow, "Scan": check_scan}


def check(output):
    CHECKS[case](output)
    last = CASES[case][-1]
    state = (output / "undone.pvsm").read_text()
    assert f'name="{last}1"' in state, "undoing Apply leaves the filter"
    assert f'logname="{last}1(' not in state, "undoing Apply leaves the display"


if __name__ == "__main__":
    case = sys.argv[-1]
    mixture, *filters = CASES[case]
    events = "".join(f"  @MENU menuFilters Score Fields/{name}@\n  @APPLY@\n  @PICTURE {name}.png@\n"
                     for name in filters)
    gui_test.main(__file__, "FirstPicture.xml.in",
                  ("last.pvsm", "undone.pvsm", *(f"{name}.png" for name in filters)), check,
                  MIXTURE=mixture, FILTERS=events)
