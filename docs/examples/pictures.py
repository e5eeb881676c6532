# SPDX-License-Identifier: BSD-3-Clause
"""What the example scripts share to draw with ParaView: panels, images, points, arrows, legends."""
import pathlib
import sys

from PIL import Image
from paraview import simple

TEXT = [0.15, 0.15, 0.15]
DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
RED = [0.85, 0.1, 0.1]
ORANGE = [0.9, 0.38, 0.05]
GREEN = [0.1, 0.6, 0.15]
LIFT = 0.5  # overlays lie this far in front of an image in the plane z = 0


def output_folder():
    """Where a script run by hand writes: its first argument, or the current folder."""
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def start():
    """A fresh session on white paper; needs the plugin loaded."""
    if not hasattr(simple, "KernelDensity"):
        sys.exit("The plugin ScoreFields is not loaded: set PV_PLUGIN_PATH to build/plugins")
    simple.ResetSession()
    simple.LoadPalette("WhiteBackground")


class Picture:
    """Rows of square-cornered panels (render views), left to right and then down, in one image.

    columns: their widths in pixels; the rows share the height.
    """

    def __init__(self, columns, height, rows=1):
        self.size = (sum(columns), height)
        self.sizes = [(width, height // rows) for width in columns] * rows
        self.layout = simple.CreateLayout()
        self.layout.SetSize(*self.size)
        self.views = []
        for row in split(self.layout.SplitVertical, 0, [1] * rows):
            for cell in split(self.layout.SplitHorizontal, row, columns):
                view = simple.CreateView("RenderView")
                view.OrientationAxesVisibility = 0
                view.UseFXAA = 0  # it smears thin lines and letters
                self.layout.AssignView(cell, view)
                self.views.append(view)

    def frame(self, panel, box, margins, ticks=None):
        """Puts a box of the plane z = 0 (x min, x max, y min, y max) into a panel.

        margins: pixels kept free to the left, right, bottom and top. ticks: the labels of the x
        and of the y axis, by default the ends of the box. Returns the panel's view.
        """
        view, (width, height) = self.views[panel], self.sizes[panel]
        left, right, bottom, top = margins
        pixel = max((box[1] - box[0]) / (width - left - right),
                    (box[3] - box[2]) / (height - bottom - top))
        centre = [(box[0] + box[1] + (right - left) * pixel) / 2,
                  (box[2] + box[3] + (top - bottom) * pixel) / 2]
        view.InteractionMode = "2D"
        view.CameraParallelProjection = 1
        view.CameraParallelScale = height * pixel / 2
        view.CameraFocalPoint = [*centre, 0.0]
        view.CameraPosition = [*centre, 100.0]
        view.CameraViewUp = [0.0, 1.0, 0.0]
        axes(view, box, ticks or (box[:2], box[2:]))
        return view

    def save(self, path):
        """Writes the picture as it is now, drawn at twice its size: smooth lines, sharp letters."""
        self.layout.SetSize(*self.size)
        simple.SaveScreenshot(str(path), self.layout, SeparatorWidth=0, CompressionLevel="1",
                              ImageResolution=[2 * length for length in self.size])
        with Image.open(path) as image:
            image.convert("RGB").reduce(2).save(path)


def split(divide, cell, shares):
    """The cells of a layout after dividing one of them in proportion to the shares."""
    cells = []
    for i in range(len(shares) - 1):
        first = divide(cell, shares[i] / sum(shares[i:]))
        cells.append(first)
        cell = first + 1
    return cells + [cell]


def axes(view, box, ticks):
    """A thin frame around the box with labels below and to the left of it."""
    grid = view.AxesGrid
    grid.Visibility = 1
    grid.XTitle = grid.YTitle = grid.ZTitle = ""
    grid.ShowGrid = grid.ShowEdges = grid.ShowTicks = 0
    grid.AxesToLabel = 3
    grid.UseCustomBounds = 1
    grid.CustomBounds = [*box, 0.0, 0.0]
    grid.XAxisUseCustomLabels = grid.YAxisUseCustomLabels = 1
    grid.XAxisLabels, grid.YAxisLabels = list(ticks[0]), list(ticks[1])
    grid.XLabelFontSize = grid.YLabelFontSize = 24  # the only letters that do not scale
    grid.XLabelColor = grid.YLabelColor = TEXT
    corners = [(0, 2), (1, 2), (1, 3), (0, 3)]
    edge = simple.PolyLineSource(Points=[c for x, y in corners for c in (box[x], box[y], 0)])
    edge.Closed = 1
    display = simple.Show(edge, view)
    display.LineWidth = 2
    one_colour(display, TEXT)


def axis_title(view, title, stretch=1):
    """Title of the x axis; stretch: how far the axis is drawn out of its unit."""
    view.AxesGrid.XTitle = title
    view.AxesGrid.XTitleFontSize = 24
    view.AxesGrid.XTitleColor = TEXT
    view.AxesGrid.DataScale = [stretch, 1, 1]


def show_image(view, source, array, component=None, representation="Slice"):
    """Draws a point array of an image, one coloured square a node; returns display and colours."""
    display = simple.Show(source, view)
    display.SetRepresentationType(representation)
    name = ("POINTS", array) if component is None else ("POINTS", array, component)
    simple.ColorBy(display, name, separate=True)
    display.SetScalarBarVisibility(view, False)
    if representation == "Surface":
        display.Ambient, display.Diffuse, display.Specular = 1.0, 0.0, 0.0
    return display, simple.GetColorTransferFunction(array, display, separate=True)


def show_points(view, points, radius, colour=None):
    """Draws points as flat discs, their radius in the data's length unit."""
    display = simple.Show(points, view)
    display.SetRepresentationType("Point Gaussian")
    display.ShaderPreset = "Plain circle"
    display.GaussianRadius = radius
    one_colour(display, colour or RED)
    return display


def show_arrows(view, source, array, factor, colour, inside=None):
    """Draws an arrow at every point, its length the array's times the factor.

    inside: the box (x min, x max, y min, y max) that the arrows are cut off at; they are thin
    lines then, however long. Otherwise their thickness grows with their length.
    """
    arrows = simple.Glyph(Input=source, GlyphMode="All Points")
    arrows.OrientationArray = arrows.ScaleArray = ["POINTS", array]
    arrows.ScaleFactor = factor  # last, since ParaView sets it for an array
    if inside is None:
        arrows.GlyphType = "Arrow"
        arrows.GlyphType.ShaftRadius, arrows.GlyphType.TipRadius = 0.03, 0.11
        shown = arrows
    else:
        arrows.GlyphType = "2D Glyph"
        arrows.GlyphType.GlyphType = "Arrow"
        arrows.GlyphType.Filled = 0
        arrows.GlyphType.Center = [0.5, 0.0, 0.0]
        shown = simple.Clip(Input=arrows, ClipType="Box", Invert=1)
        shown.ClipType.Position = [inside[0], inside[2], -1]
        shown.ClipType.Length = [inside[1] - inside[0], inside[3] - inside[2], 2]
    display = simple.Show(shown, view)
    display.LineWidth = 3
    one_colour(display, colour)
    return arrows


def shift(display, offset):
    """Moves what a display shows by an offset; from ParaView 5.13 on the property has another name."""
    name = "Translation" if "Translation" in display.ListProperties() else "Position"
    setattr(display, name, offset)


def one_colour(display, colour):
    """Paints a display flat, without shading, and lifts it above the images."""
    display.ColorArrayName = ["POINTS", ""]
    display.AmbientColor = display.DiffuseColor = colour
    display.Ambient, display.Diffuse, display.Specular = 1.0, 0.0, 0.0
    shift(display, [0.0, 0.0, LIFT])


def write(view, text, where="Upper Center", size=16, bold=0):
    """Puts a text into a view, at a named place or at a position (x, y) from 0 to 1."""
    source = simple.Text(Text=text)
    display = simple.Show(source, view)
    display.FontSize, display.Bold, display.Color = size, bold, TEXT
    if isinstance(where, str):
        display.WindowLocation = where
    else:
        display.WindowLocation = "Any Location"
        display.Position = list(where)
    return source


def colour_bar(view, colour_map, title, position, length, size=12):
    """Draws the legend of a colour map, upright, its lower left corner at (x, y) from 0 to 1."""
    bar = simple.GetScalarBar(colour_map, view)
    bar.Title, bar.ComponentTitle = title, ""
    bar.HorizontalTitle, bar.TitleJustification = 1, "Left"
    if colour_map.InterpretValuesAsCategories:
        bar.TextPosition = "Ticks left/bottom, annotations right/top"
    bar.Orientation, bar.WindowLocation = "Vertical", "Any Location"
    bar.Position, bar.ScalarBarLength = list(position), length
    bar.ScalarBarThickness = size
    bar.TitleFontSize = bar.LabelFontSize = size
    bar.TitleColor = bar.LabelColor = TEXT
    bar.AddRangeLabels = 0
    bar.Visibility = 1
    return bar
