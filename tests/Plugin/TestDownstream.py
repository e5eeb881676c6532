# SPDX-License-Identifier: BSD-3-Clause
"""ParaView's own filters and views take what Score Field gives.

Oracle: each picture has more than one colour beside the background, and each filter's output is not
empty; any error message fails the test through CTest. Surface LIC has a test of its own.
"""
import example_test  # first: it finds the examples

import numpy
from paraview import servermanager, simple

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


def check_regions():
    """Contour and Threshold take EnclosedMass: cells with all nodes at half of the mass or less have
    the area of the 50 % region, less than the cells at its border."""
    samples = simple.GaussianMixture(Mixture="Study", NumberOfPoints=1000)
    density = simple.KernelDensity(Input=samples, SampleDimensions=[128, 128, 1])
    regions = simple.HighestDensityRegions(Input=density)
    contour = simple.Contour(Input=regions, ContourBy=["POINTS", "EnclosedMass"], Isosurfaces=[0.5])
    inside = simple.Threshold(Input=regions, Scalars=["POINTS", "EnclosedMass"], LowerThreshold=0,
                              UpperThreshold=0.5)
    area, length = (integral(source) for source in (inside, contour))
    table = servermanager.Fetch(regions, idx=2)
    wanted = table.GetValueByName(1, "Measure").ToDouble()
    step = servermanager.Fetch(regions).GetSpacing()
    print("area inside", area, "of", wanted, "border", length)
    assert wanted - 2 * length * max(step) < area < wanted
    assert drawn(contour, "Surface") > 1 and drawn(inside, "Surface", "EnclosedMass") > 2


def integral(source):
    """The area of cells, or the length of lines."""
    whole = servermanager.Fetch(simple.IntegrateVariables(Input=source))
    return whole.GetCellData().GetArray(0).GetTuple1(0)


pictures.start()
check_regions()
flat = field("Study")
flat.UpdatePipeline()
check_filters(flat, flat.PointData["Density"].GetRange()[1])
assert drawn(flat, "Surface", "Reliability") > 2
solid = field("Clusters 3-D", SampleDimensions=[32, 32, 32])
solid.UpdatePipeline()
check_filters(solid, solid.PointData["Density"].GetRange()[1])
assert drawn(solid, "Volume", "Density") > 20
print("downstream filters and views show something")
