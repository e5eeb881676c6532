# SPDX-License-Identifier: BSD-3-Clause
"""Surface LIC, part of ParaView, draws the streamlines of Score Field's vectors.

Where ParaView was built without it the test ends with 77, which CTest reports as skipped.

Oracle: the same view without it. Line integral convolution smears noise along the vectors: the picture
changes nearly everywhere the field is, and it is smoother along the score than across it.
"""
import sys

import example_test  # first: it finds the examples

import numpy
from paraview import simple

import pictures

SIZE = 400


def picture(view, name):
    """Brightness of each pixel, rows from below."""
    path = example_test.FOLDER / f"lic_{name}.png"
    simple.SaveScreenshot(str(path), view, ImageResolution=[SIZE, SIZE])
    return example_test.pixels(path).reshape(SIZE, SIZE, -1)[::-1, :, :3].mean(axis=2)


def main():
    pictures.start()
    samples = simple.GaussianMixture(Mixture="Study")
    density = simple.KernelDensity(Input=samples, BandwidthRule="Manual", Bandwidth=0.8,
                                   UseInputBounds=0, SamplingBounds=[-3, 3, -3, 3, 0, 0],
                                   SampleDimensions=[61, 61, 1])
    score = simple.ScoreField(Input=density)
    surface = simple.ExtractSurface(Input=score)
    view = simple.CreateView("RenderView")
    view.ViewSize = [SIZE, SIZE]
    view.OrientationAxesVisibility = 0
    view.CameraParallelProjection = 1
    view.CameraPosition, view.CameraFocalPoint = [0, 0, 10], [0, 0, 0]
    view.CameraParallelScale = 3
    display = simple.Show(surface, view)
    simple.ColorBy(display, ("POINTS", "LogDensity"))
    display.SetScalarBarVisibility(view, False)
    if "Surface LIC" not in display.GetProperty("Representation").Available:
        print("this ParaView has no Surface LIC")
        sys.exit(77)
    display.SetRepresentationType("Surface")
    plain = picture(view, "plain")
    display.SetRepresentationType("Surface LIC")
    display.SelectInputVectors = ["POINTS", "Score"]
    drawn = picture(view, "drawn")
    changed = numpy.abs(drawn - plain) > 8
    assert changed.mean() > 0.3, changed.mean()
    # One mode near (0.8, -0.8) at this bandwidth: the score points there. Where it points along x the
    # texture varies along y, and the other way round.
    texture = drawn - plain
    middle = slice(40, SIZE - 40)
    column, row = (int(SIZE * (0.5 + x / 6)) for x in (0.8, -0.8))
    sideways = texture[row - 15:row + 15, 20:column - 100]
    upwards = texture[row + 100:SIZE - 20, column - 15:column + 15]
    for part, across in ((sideways, 0), (upwards, 1)):
        steps = [numpy.abs(numpy.diff(part, axis=axis)).mean() for axis in (0, 1)]
        print("mean steps across and along the score:", steps[across], steps[1 - across])
        assert steps[across] > 1.5 * steps[1 - across], steps
    assert texture[middle, middle].std() > 8


main()
