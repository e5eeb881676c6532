# SPDX-License-Identifier: BSD-3-Clause
"""ParaView's own filters and views take what Score Field gives.

Oracle: each picture has more than one colour beside the background, and each filter's output is not
empty; any error message fails the test through CTest. Surface LIC has a test of its own.
"""
import example_test  # first: it finds the examples

import numpy
from paraview import simple

import pictures

FOLDER = example_test.FOLDER


def field(mixture, **options):
    """A Score Field with hidden nodes."""
    samples = simple.GaussianMixture(Mixture=mixture)
    density = simple.KernelDensity(Input=samples, Engine="FFT", **options)
    return simple.ScoreField(Input=density, HideUnstable=1)


def drawn(source, representation, colour=None):
    """How many colours a picture of a source has."""
    view = simple.CreateView("RenderView")
    view.ViewSize = [300, 300]
    view.OrientationAxesVisibility = 0
    display = simple.Show(source, view)
    display.SetRepresentationType(representation)
    if colour:
        simple.ColorBy(display, ("POINTS", colour))
        display.RescaleTransferFunctionToDataRange(False, True)
    simple.ResetCamera(view)
    path = FOLDER / "downstream.png"
    simple.SaveScreenshot(str(path), view, ImageResolution=[300, 300])
    simple.Delete(view)
    colours, counts = numpy.unique(example_test.pixels(path).reshape(-1, 3), axis=0,
                                   return_counts=True)
    assert counts.max() < 0.998 * 300 * 300, f"{representation} of {source.GetXMLName()} is blank"
    return len(colours)


def check_filters(score, peak):
    """Glyph, Stream Tracer, Contour and Threshold have something to show."""
    glyph = simple.Glyph(Input=score, GlyphMode="Every Nth Point", Stride=20)
    glyph.OrientationArray = glyph.ScaleArray = ["POINTS", "Score"]
    glyph.ScaleFactor = 0.1
    tracer = simple.StreamTracer(Input=score, Vectors=["POINTS", "Score"], SeedType="Line")
    bounds = score.GetDataInformation().GetBounds()
    tracer.SeedType.Point1, tracer.SeedType.Point2 = bounds[::2], bounds[1::2]
    contour = simple.Contour(Input=score, ContourBy=["POINTS", "Density"],
                             ComputeScalars=1, Isosurfaces=[0.2 * peak, 0.5 * peak])
    threshold = simple.Threshold(Input=score, Scalars=["POINTS", "Reliability"])
    threshold.LowerThreshold = threshold.UpperThreshold = 0
    for made in (glyph, tracer, contour, threshold):
        made.UpdatePipeline()
        assert made.GetDataInformation().GetNumberOfPoints() > 20, made.GetXMLName()
        colour = "Density" if made is contour else "LogDensity"
        assert drawn(made, "Surface", colour) > 2, made.GetXMLName()


pictures.start()
flat = field("Study")
flat.UpdatePipeline()
check_filters(flat, flat.PointData["Density"].GetRange()[1])
assert drawn(flat, "Surface", "Reliability") > 2
solid = field("Clusters 3-D", SampleDimensions=[32, 32, 32])
solid.UpdatePipeline()
check_filters(solid, solid.PointData["Density"].GetRange()[1])
assert drawn(solid, "Volume", "Density") > 20
print("downstream filters and views show something")
