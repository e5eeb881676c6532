# SPDX-License-Identifier: BSD-3-Clause
"""The view in which a score field says most: streamlines with critical points over the reliability.

    from scorefields.view import score_view
    score_view(ScoreField(Input=density))

docs/score-view.md tells how to make Python find this module.
"""
import inspect
import math
from types import SimpleNamespace

from paraview import servermanager, simple

from scorefields import critical_points

DARK = [0.15, 0.15, 0.15]
KIND_COLOURS = [0.85, 0.1, 0.1, 1.0, 0.75, 0.1, 0.15, 0.35, 0.8]  # mode, saddle, minimum
CALL = "\nrun(self.GetInputDataObject(0, 0), self.GetPolyDataOutput())\n"
ARROWS_ALONG = 22  # the longest axis


class Field:
    """What is to be drawn of a Score Field: where its nodes are and how long its kernel is."""

    def __init__(self, score):
        score.UpdatePipeline()
        information = score.GetDataInformation()
        extent = information.GetExtent()
        self.source = score
        self.nodes = [extent[2 * axis + 1] - extent[2 * axis] + 1 for axis in range(3)]
        self.bounds = information.GetBounds()
        self.flat = [axis for axis in range(3) if self.nodes[axis] == 1]
        self.is_flat = len(self.flat) > 0
        self.lengths = [self.bounds[2 * axis + 1] - self.bounds[2 * axis] for axis in range(3)]
        self.extent = extent
        self.spacing = max(self.lengths[axis] / max(self.nodes[axis] - 1, 1) for axis in range(3))
        bandwidth = score.FieldData["Bandwidth"]
        self.bandwidth = bandwidth.GetRange()[0] if bandwidth else 4 * self.spacing

    def normal(self):
        """From the image to the camera."""
        axis = self.flat[-1]
        return [(-1.0 if axis == 1 else 1.0) if i == axis else 0.0 for i in range(3)]

    def lift(self, display, level):
        """Moves a display towards the camera, so that it lies over the image."""
        if self.is_flat:
            shift(display, [0.01 * level * max(self.lengths) * n for n in self.normal()])

    def every(self, along):
        """The nodes taken for about so many along the longest axis."""
        return max(1, math.ceil(max(self.nodes) / along))


def shift(display, offset):
    """Moves what a display shows by an offset; from ParaView 5.13 on the property has another name."""
    name = "Translation" if "Translation" in display.ListProperties() else "Position"
    setattr(display, name, offset)


def score_view(score, view=None, arrows=False, length="log", unit="length"):
    """Sets up the view of a Score Field; returns what it made, for changes.

    arrows: whether to show them at once; they are made in any case and can be switched on in the
    Pipeline Browser. length: "true" (the mean shift, bandwidth^2 times the score), "capped" (the same,
    at most the distance of two arrows) or "log" (grows with the logarithm of the score). unit: the
    data's length unit, for the legend.
    """
    field = Field(score)
    view = view or simple.GetActiveViewOrCreate("RenderView")
    made = SimpleNamespace(view=view)
    made.reliability = show_reliability(field, view)
    made.trusted = trusted(field)
    made.streamlines = show_streamlines(field, made.trusted, view)
    made.critical_points = show_critical_points(field, view)
    made.arrows = show_arrows(field, made.trusted, view, length, unit)
    if not arrows:
        simple.Hide(made.arrows, view)
        simple.HideScalarBarIfNotNeeded(simple.GetColorTransferFunction("ScoreMagnitude"), view)
    look_at(field, view)
    simple.SetActiveSource(score)
    return made


def look_at(field, view):
    """The whole field, with room for the legends on the right of a flat one."""
    width, height = view.ViewSize
    if not field.is_flat:
        centre = [sum(field.bounds[2 * a:2 * a + 2]) / 2 for a in range(3)]
        view.CameraFocalPoint = centre
        view.CameraPosition = [c + o for c, o in zip(centre, (-0.5, -1.0, 0.5))]
        view.CameraViewUp = [0, 0, 1]
        simple.ResetCamera(view)
        view.CameraViewAngle = 24
        return
    normal = field.normal()
    axes = [a for a in range(3) if abs(normal[a]) < 0.5]
    across, up = axes if field.flat[-1] != 0 else (1, 2)
    pixel = max(field.lengths[across] / (0.66 * width), field.lengths[up] / (0.92 * height))
    centre = [sum(field.bounds[2 * a:2 * a + 2]) / 2 for a in range(3)]
    centre[across] += 0.145 * width * pixel
    view.InteractionMode = "2D"
    view.CameraParallelProjection = 1
    view.CameraParallelScale = pixel * height / 2
    view.CameraFocalPoint = centre
    distance = 10 * max(field.lengths)
    view.CameraPosition = [c + distance * n for c, n in zip(centre, normal)]
    view.CameraViewUp = [1.0 if a == up else 0.0 for a in range(3)]


def show_reliability(field, view):
    """The classes in their colours: the image itself, or the middle slice of a 3-D one."""
    display = simple.Show(field.source, view)
    display.SetRepresentationType("Slice")  # a square a node: classes are not to be mixed
    if not field.is_flat:
        display.SliceMode, display.Slice = "XY Plane", field.nodes[2] // 2
        display.Opacity = 0.5
    simple.ColorBy(display, ("POINTS", "Reliability"))
    legend(view, display, "Reliability", "Reliability", [0.73, 0.52])
    return display


def trusted(field):
    """The score where StabilityMask is 1, and 0 elsewhere, where lines end."""
    result = simple.Calculator(registrationName="TrustedScore", Input=field.source,
                               ResultArrayName="TrustedScore", Function="StabilityMask*Score")
    return result


def show_streamlines(field, source, view):
    """Lines along the score where it can be trusted: evenly spaced if it can be everywhere."""
    whole = field.source.FieldData["StableShare"].GetRange()[0] == 1
    ranks = servermanager.vtkProcessModule.GetProcessModule().GetNumberOfLocalPartitions()
    even = field.flat == [2] and whole and ranks == 1
    lines = evenly_spaced(field, source) if even else from_seeds(field, source)
    display = simple.Show(lines, view)
    display.SetRepresentationType("Surface")
    plain(display, DARK)
    display.LineWidth = 1.5
    field.lift(display, 1)
    return lines


def evenly_spaced(field, source):
    """Lines with the same distance everywhere."""
    centre = [sum(field.bounds[2 * a:2 * a + 2]) / 2 for a in range(3)]
    return simple.EvenlySpacedStreamlines2D(
        registrationName="Streamlines", Input=source, Vectors=["POINTS", "TrustedScore"],
        StartPosition=centre, IntegrationStepUnit="Cell Length", InitialStepLength=0.2,
        SeparatingDistance=max(field.nodes) / 50, SeparatingDistanceRatio=0.4,
        ClosedLoopMaximumDistance=0.1, TerminalSpeed=1e-3 / field.bandwidth)


def from_seeds(field, source):
    """Lines from evenly spread trusted nodes; in 3-D from those whose score is significant."""
    every = field.every(17 if field.is_flat else 14)
    seeds = simple.ExtractSubset(registrationName="Seeds", Input=source, VOI=field.extent,
                                 SampleRateI=every, SampleRateJ=every, SampleRateK=every)
    sound = simple.Threshold(registrationName="TrustedSeeds", Input=seeds)
    sound.Scalars = ["POINTS", "StabilityMask" if field.is_flat else "Reliability"]
    sound.LowerThreshold = sound.UpperThreshold = 1 if field.is_flat else 0
    sound.UpdatePipeline()  # or the tracer asks the seeds for the extent of the field
    return simple.StreamTracerWithCustomSource(
        registrationName="Streamlines", Input=source, SeedSource=sound,
        Vectors=["POINTS", "TrustedScore"], IntegrationDirection="FORWARD",
        MaximumStreamlineLength=2 * sum(field.lengths), TerminalSpeed=1e-3 / field.bandwidth)


def show_critical_points(field, view):
    """Modes, saddles and minima as discs (spheres in 3-D); they follow when the density changes."""
    script = inspect.getsource(critical_points) + CALL
    points = simple.ProgrammableFilter(registrationName="CriticalPoints", Input=field.source,
                                       OutputDataSetType="vtkPolyData", Script=script)
    display = simple.Show(points, view)
    display.SetRepresentationType("Point Gaussian")
    display.ShaderPreset = "Black-edged circle" if field.is_flat else "Sphere"
    display.GaussianRadius = (0.011 if field.is_flat else 0.018) * max(field.lengths)
    simple.ColorBy(display, ("POINTS", "Kind"))
    colours = simple.GetColorTransferFunction("Kind")
    colours.InterpretValuesAsCategories = 1
    colours.AnnotationsInitialized = 1
    colours.Annotations = [text for i, kind in enumerate(critical_points.KINDS)
                           for text in (str(i), kind)]
    colours.IndexedColors = KIND_COLOURS
    field.lift(display, 3)
    legend(view, display, "Kind", "Critical points", [0.73, 0.29])
    return points


def arrow(field, step, length, unit):
    """The vectors' formula and what it says in the legend."""
    shift = field.bandwidth**2
    size = "(mag(TrustedScore)+1e-300)"
    if length == "true":
        return f"{shift!r}*TrustedScore", f"arrow: {shift:.3g} x score\n(the mean shift)"
    if length == "capped":
        return (f"{shift!r}*min(1,{step / shift!r}/{size})*TrustedScore",
                f"arrow: {shift:.3g} x score,\nat most {step:.3g} {unit}")
    if length == "log":
        # one step at a score that moves a point by ten bandwidths
        factor = step / math.log10(11)
        return (f"{factor!r}*log10(1+{field.bandwidth!r}*{size})/{size}*TrustedScore",
                f"arrow: {factor:.3g} x\nlog10(1 + {field.bandwidth:.3g} x score)")
    raise ValueError(f'length is "{length}"; it must be "true", "capped" or "log"')


def show_arrows(field, source, view, length, unit):
    """Arrows on evenly spread trusted nodes; the legend says what their length means."""
    every = field.every(ARROWS_ALONG if field.is_flat else 10)
    step = every * field.spacing
    formula, meaning = arrow(field, step, length, unit)
    coarse = simple.ExtractSubset(registrationName="ArrowNodes", Input=source, VOI=field.extent,
                                  SampleRateI=every, SampleRateJ=every, SampleRateK=every)
    vectors = simple.Calculator(registrationName="ArrowVectors", Input=coarse,
                                ResultArrayName="Arrow", Function=formula)
    arrows = simple.Glyph(registrationName="Arrows", Input=vectors, GlyphMode="All Points",
                          GlyphType="2D Glyph" if field.is_flat else "Arrow")
    arrows.OrientationArray = arrows.ScaleArray = ["POINTS", "Arrow"]
    arrows.ScaleFactor = 1.0  # after the arrays, which bring a default of their own
    if field.is_flat:
        arrows.GlyphType.GlyphType, arrows.GlyphType.Filled = "Arrow", 0
        arrows.GlyphType.Center = [0.5, 0.0, 0.0]
    display = simple.Show(arrows, view)
    display.LineWidth = 2
    display.Ambient, display.Diffuse, display.Specular = 1.0, 0.0, 0.0
    simple.ColorBy(display, ("POINTS", "ScoreMagnitude"))
    simple.GetColorTransferFunction("ScoreMagnitude").ApplyPreset("Inferno (matplotlib)", True)
    field.lift(display, 2)
    legend(view, display, "ScoreMagnitude", f"Score [1/{unit}]\n{meaning}", [0.73, 0.03])
    return arrows


def plain(display, colour):
    """One colour, without light."""
    simple.ColorBy(display, None)
    display.AmbientColor = display.DiffuseColor = colour
    display.Ambient, display.Diffuse, display.Specular = 1.0, 0.0, 0.0


def legend(view, display, array, title, position):
    """A legend to the right of the field."""
    colours = simple.GetColorTransferFunction(array)
    bar = simple.GetScalarBar(colours, view)
    bar.Title, bar.ComponentTitle = title, ""
    bar.HorizontalTitle, bar.TitleJustification = 1, "Left"
    bar.TitleFontSize, bar.LabelFontSize = 14, 13
    bar.ScalarBarThickness = 14
    bar.AddRangeLabels = 0
    bar.WindowLocation, bar.Position = "Any Location", position
    bar.Orientation = "Vertical"
    bar.ScalarBarLength = {"Reliability": 0.4, "Kind": 0.14}.get(array, 0.14)
    if colours.InterpretValuesAsCategories:
        bar.TextPosition = "Ticks left/bottom, annotations right/top"
    display.SetScalarBarVisibility(view, True)
