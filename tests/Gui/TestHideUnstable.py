# SPDX-License-Identifier: BSD-3-Clause
"""Hide Unstable hides what a user sees, with every other property as it comes; run as gui_test.py
says, once in the plane and once in space.

Oracle: the definition. In the plane, of the pixels that the image covers, those left are the share of
its cells whose corners are within the tolerance and have at least Minimum Sample Size samples. The
share is counted here from the arrays of a field with nothing hidden. In space a cube shows its front,
and after the tick what is left of it shows inside of that.
"""
import sys

import gui_test

MIXTURES = {"2D": "Study", "3D": "Clusters 3-D"}


def share_to_see():
    """The share of the cells whose corners all are reliable or not significant."""
    import numpy
    from paraview import simple
    from vtkmodules.util.numpy_support import vtk_to_numpy

    field = simple.ScoreField(Input=simple.KernelDensity(Input=simple.GaussianMixture()))
    image = simple.servermanager.Fetch(field)
    classes = vtk_to_numpy(image.GetPointData().GetArray("Reliability")).reshape(128, 128)
    sound = numpy.isin(classes, (0, 5))
    return (sound[1:, 1:] & sound[:-1, 1:] & sound[1:, :-1] & sound[:-1, :-1]).mean()


def covered(path):
    """Which pixels differ from the background, the colour of the first one."""
    pixels = gui_test.read_rows(path)
    return (abs(pixels - pixels[0, 0]) > 20).any(axis=2)


def check(output):
    whole = covered(output / "whole.png")
    # Beside the image there are a legend and the axes, but not over all of its height.
    rows = whole.mean(axis=1) > 0.3
    columns = whole[rows].mean(axis=0) > 0.9
    left = covered(output / "hidden.png")[rows][:, columns]
    seen = left.mean()
    print("the picture shows", seen, "of an image of", left.shape, "pixels")
    assert min(left.shape) > 100
    if case == "3D":
        assert 0.1 < seen < 0.8
        return
    expected = share_to_see()
    print("of the cells are sound", expected)
    assert 0.1 < expected < 0.6
    # Pixels at the rim are those of one cell or the other, and some samples show beside the cells.
    assert abs(seen - expected) < 0.01


if __name__ == "__main__":
    case = sys.argv[-1]
    gui_test.main(__file__, "HideUnstable.xml.in", ("whole.png", "hidden.png"), check,
                  MIXTURE=MIXTURES[case])
