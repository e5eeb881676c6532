# SPDX-License-Identifier: BSD-3-Clause
"""What Show makes of each filter, without further settings.

Contract: the display that the filter's user wants (docs/first-pictures.md has the table), in the plane
and in space. Nothing that is there already is changed: neither a display, nor a colour map, nor a
default that the user has saved. The trace and the state have what Show chose.
"""
import os
import tempfile

os.environ["XDG_CONFIG_HOME"] = os.environ["HOME"] = tempfile.mkdtemp()  # no settings of the user's

from paraview import simple, smtrace  # noqa: E402
from paraview.servermanager import vtkSMSettings  # noqa: E402

PLANE, SPACE = "Study", "Clusters 3-D"


def outputs(mixture):
    """Each filter on a mixture, in the order in which a user makes them."""
    samples = simple.GaussianMixture(Mixture=mixture)
    density = simple.KernelDensity(Input=samples, SampleDimensions=[32, 32, 32])
    return {"GaussianMixture": samples, "KernelDensity": density,
            "ScoreField": simple.ScoreField(Input=density),
            "CompareDensities": simple.CompareDensities(Input=simple.MixtureTruth(Input=density)),
            "HighestDensityRegions": simple.HighestDensityRegions(Input=density),
            "DensityModes": simple.DensityModes(Input=density, Samples=samples),
            "PointsFromShape": simple.PointsFromShape(Input=samples, NumberOfPoints=500),
            "PointsFromArrays": simple.PointsFromArrays(
                Input=samples, XArray=["POINTS", "Component"], NumberOfAxes=3),
            "DensityFromScore": simple.DensityFromScore(Input=density),
            "DensityDifference": simple.DensityDifference(
                Input=samples, InputB=simple.GaussianMixture(Mixture=mixture, Seed=2),
                SampleDimensions=[32, 32, 32]),
            "DensityRidges": simple.DensityRidges(Input=samples, MinimumStrength=0, MinimumLength=0),
            "ScoreMatchingFit": simple.ScoreMatchingFit(Input=samples, SampleDimensions=[32, 32, 32]),
            "KernelDensityAtPoints": simple.KernelDensityAtPoints(Input=samples),
            "ScoreFlow": simple.ScoreFlow(Input=samples, NumberOfSteps=5)}


def array_of(display):
    return display.ColorArrayName[1]


EXPECTED = {  # in the plane, in space
    "GaussianMixture": (("Surface", ""), ("Surface", "")),
    "KernelDensity": (("Surface", "Density"), ("Volume", "Density")),
    "ScoreField": (("Surface", "Reliability"), ("Volume", "Reliability")),
    "CompareDensities": (("Surface", "DensityError"), ("Volume", "DensityError")),
    "HighestDensityRegions": (("Surface", "EnclosedMass"), ("Outline", "")),
    "DensityModes": (("Surface", "CriticalType"), ("Surface", "CriticalType")),
    "DensityFromScore": (("Surface", "Density"), ("Volume", "Density")),
    "DensityDifference": (("Surface", "DifferenceClass"), ("Volume", "DifferenceClass")),
    "DensityRidges": (("Surface", "LogDensity"), ("Surface", "LogDensity")),
    "ScoreMatchingFit": (("Surface", "Density"), ("Volume", "Density")),
    "PointsFromShape": (("Surface", ""), ("Surface", "")),
    "PointsFromArrays": (("Surface", ""), ("Surface", "")),
    "KernelDensityAtPoints": (("Surface", "LogDensity"), ("Surface", "LogDensity")),
    "ScoreFlow": (("Surface", "LogDensity"), ("Surface", "Basin")),  # one mode, or several
}


def fresh():
    """A view of a session without sources, displays and colour maps."""
    simple.Disconnect()
    simple.Connect()
    return simple.CreateView("RenderView")


def test_displays():
    for place, mixture in enumerate((PLANE, SPACE)):
        view = fresh()
        for name, source in outputs(mixture).items():
            display = simple.Show(source, view)
            found = display.Representation, array_of(display)
            print(mixture, name, *found)
            assert found == EXPECTED[name][place], EXPECTED[name][place]
            if name == "HighestDensityRegions":
                borders = simple.GetRepresentation(simple.OutputPort(source, 1), view)
                assert borders.Visibility == 1, "the borders of the regions are not shown"
                assert array_of(borders) == ("", "EnclosedMass")[place], array_of(borders)
            if name == "DensityModes":
                ways = simple.GetRepresentation(simple.OutputPort(source, 2), view)
                assert ways.Visibility == 1, "the ways from the saddles are not shown"
                assert display.PointSize == 12, display.PointSize
            if name in ("GaussianMixture", "PointsFromShape", "KernelDensityAtPoints", "ScoreFlow"):
                assert display.PointSize >= 6, display.PointSize
            if name == "DensityRidges":
                assert (display.LineWidth, display.RenderLinesAsTubes) == (4, 1), display.LineWidth
                assert simple.GetRepresentation(source.Input, view).Visibility == 1
            if found == ("Volume", "DifferenceClass"):
                assert display.InterpolationType == "Nearest", "classes are mixed"
        compared = simple.GetColorTransferFunction("DensityError").RGBPoints
        assert compared[0] == -compared[-4] < 0, "errors are not shown about 0"
    opacity = simple.GetOpacityTransferFunction("DensityError").Points
    assert opacity[0] == -opacity[-4] < 0, "the volume of errors is not clear at 0"


def test_colours():
    """Colours by name, also of an array that is chosen later."""
    fresh()
    for name, kind in (("LogDensity", "Viridis (matplotlib)"), ("LogDensityError", "Cool to Warm")):
        made, preset = (simple.GetColorTransferFunction(n) for n in (name, name + " as the preset"))
        preset.ApplyPreset(kind, False)
        assert list(made.RGBPoints)[1:4] == list(preset.RGBPoints)[1:4], name
    assert simple.GetColorTransferFunction("Basin").InterpretValuesAsCategories == 1
    classes = simple.GetColorTransferFunction("Reliability")
    assert list(classes.RGBPoints)[1:4] == list(classes.IndexedColors)[:3]


def test_scan():
    """The chart that the scan opens in: few curves over the bandwidth, and the rules."""
    fresh()
    chart = simple.CreateView("XYChartView")
    scan = simple.BandwidthScan(Input=simple.GaussianMixture(), ScanSteps=5,
                                SampleDimensions=[32, 32, 1])
    curves = simple.Show(scan, chart)
    rules = simple.GetRepresentation(simple.OutputPort(scan, 1), chart)
    for display, least, most in ((curves, 3, 5), (rules, 2, 4)):
        assert display.UseIndexForXAxis == 0 and display.XArrayName == "Bandwidth"
        shown = [name for name in display.SeriesVisibility]
        print("shown:", shown)
        assert least <= len(shown) <= most
    assert chart.BottomAxisLogScale == 1 and chart.BottomAxisTitle == "Bandwidth"


def test_nothing_is_changed():
    view = fresh()
    density = outputs(PLANE)["KernelDensity"]
    colours = simple.GetColorTransferFunction("Density")
    colours.ApplyPreset("Grayscale", False)
    before = list(colours.RGBPoints)[1:4]
    display = simple.Show(density, view)
    assert list(colours.RGBPoints)[1:4] == before, "a colour map that was there has changed"
    display.Representation, display.Ambient = "Wireframe", 0.25
    simple.Hide(density, view)
    again = simple.Show(density, view)
    assert (again.Representation, again.Ambient) == ("Wireframe", 0.25)
    state = os.path.join(os.environ["HOME"], "state.pvsm")
    simple.SaveState(state)
    fresh()
    simple.LoadState(state)
    loaded = simple.GetRepresentation(simple.FindSource("KernelDensity1"), simple.GetActiveView())
    assert (loaded.Representation, loaded.Ambient) == ("Wireframe", 0.25), "the state file is not obeyed"


def test_saved_defaults():
    """A default that the user has saved is taken instead."""
    saved = '{"representations": {"UniformGridRepresentation": {"Representation": "Outline"}}}'
    settings = vtkSMSettings.GetInstance()
    settings.AddCollectionFromString(saved, 10.0)
    view = fresh()
    display = simple.Show(outputs(SPACE)["KernelDensity"], view)
    settings.ClearAllSettings()
    assert display.Representation == "Outline", display.Representation


def test_trace():
    fresh()
    density = outputs(SPACE)["KernelDensity"]
    view = simple.CreateView("RenderView")
    smtrace.start_trace(preamble="")
    simple.Show(density, view)
    trace = smtrace.stop_trace()
    assert "Representation = 'Volume'" in trace and "Shade = 1" in trace, trace


test_displays()
test_colours()
test_scan()
test_nothing_is_changed()
test_trace()
test_saved_defaults()  # the last: it clears the settings
