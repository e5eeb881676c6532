# SPDX-License-Identifier: BSD-3-Clause
"""Clouds of one's own: along a clicked curve, in the letters of a word, on the dark pixels of a picture.

Above the shapes and 4000 points of each, drawn by Points From Shape; below their kernel densities.
docs/draw-your-own.md says what to click for each.

  pvbatch draw_your_own.py OUTPUT_FOLDER
"""
from PIL import Image, ImageDraw
from paraview import simple

import colours
import pictures

WORD = "draw\nme"
POINTS = 4000
CLICKS = [(-1.6, -0.9), (-0.9, 0.8), (0.0, -0.7), (0.8, 0.9), (1.6, -0.4), (0.6, -1.1)]
PIXELS = 240
GREY = [0.62, 0.62, 0.62]
NODES = 160
MARGINS = (20, 20, 20, 60)


def curve():
    """The source Spline through points that were clicked."""
    spline = simple.SplineSource()
    spline.ParametricFunction.Points = [c for x, y in CLICKS for c in (x, y, 0)]
    return spline


def letters(word=WORD):
    """The source 3D Text, whose Python name says so."""
    return simple.a3DText(Text=word)


def draw_picture(path):
    """A cat, light fur and dark lines, as a PNG of grey pixels."""
    image = Image.new("L", (PIXELS, PIXELS), 255)
    draw = ImageDraw.Draw(image)
    for outer, tip, inner in ((48, 56, 98), (192, 184, 142)):
        draw.polygon([(outer, 110), (tip, 20), (inner, 75)], fill=120)
    draw.ellipse((40, 55, 200, 205), fill=200)
    for centre in (90, 150):
        draw.ellipse((centre - 15, 105, centre + 15, 137), fill=0)
        draw.ellipse((centre - 3, 110, centre + 7, 120), fill=255)
    draw.polygon([(111, 153), (129, 153), (120, 163)], fill=0)
    for box in ((98, 155, 120, 178), (120, 155, 142, 178)):
        draw.arc(box, 20, 160, fill=0, width=4)
    for side in (-1, 1):
        for rise in (-14, 0, 14):
            draw.line([(120 + side * 38, 163 + rise // 3), (120 + side * 98, 163 + rise)], fill=60, width=3)
    image.save(path)
    return path


def picture(path):
    """The reader of PNG files, whose unit of length is a pixel."""
    reader = simple.PNGSeriesReader(FileNames=[str(draw_picture(path))])
    reader.UpdatePipeline()  # its array is known then
    return reader


def cloud(shape, **options):
    """The points of a shape."""
    return simple.PointsFromShape(Input=shape, NumberOfPoints=POINTS, **options)


def box_of(source):
    """The plane box around a source, a tenth larger, with sides as a panel has them."""
    source.UpdatePipeline()
    bounds = source.GetDataInformation().GetBounds()
    half = 0.6 * max(bounds[1] - bounds[0], bounds[3] - bounds[2])
    centre = (bounds[0] + bounds[1]) / 2, (bounds[2] + bounds[3]) / 2
    return [centre[0] - half, centre[0] + half, centre[1] - half, centre[1] + half]


def show_density(view, points, box):
    """The kernel density of a cloud in a box; its bandwidth is chosen by the rule that sees details."""
    density = simple.KernelDensity(
        Input=points, BandwidthRule="Improved Sheather-Jones", UseInputBounds=0,
        SamplingBounds=[*box, 0, 0], SampleDimensions=[NODES, NODES, 1])
    density.UpdatePipeline()
    _, colour_map = pictures.show_image(view, density, "Density")
    colours.davos(colour_map, 0, density.PointData["Density"].GetRange()[1])
    return density


def main(folder):
    """Writes the picture; returns the clouds and densities by their titles."""
    pictures.start()
    panels = pictures.Picture([400, 400, 400], 860, rows=2)
    image = picture(folder / "draw_your_own_cat.png")
    shapes = {"A curve": (curve(), dict(Jitter=0.05)), "Letters": (letters(), {}),
              "A picture": (image, dict(DrawFrom="Dark pixels"))}
    found = {}
    for column, (title, (shape, options)) in enumerate(shapes.items()):
        points = cloud(shape, **options)
        box = box_of(points)
        above = panels.frame(column, box, MARGINS, ([], []))
        if shape is image:
            _, grey = pictures.show_image(above, shape, shape.PointData[0].GetName())
            grey.RGBPoints = [0, 0, 0, 0, 255, 1, 1, 1]
            grey.AutomaticRescaleRangeMode = "Never"
        else:
            pictures.one_colour(simple.Show(shape, above), GREY)
        pictures.shift(pictures.show_points(above, points, 0.0035 * (box[1] - box[0])), [0, 0, 1])
        pictures.write(above, title, bold=1)
        below = panels.frame(column + 3, box, MARGINS, ([], []))
        found[title] = points, show_density(below, points, box)
        pictures.write(below, "Its density" if column != 1 else "Their density", bold=1)
    panels.save(folder / "draw_your_own.png")
    return found


if __name__ == "__main__":
    main(pictures.output_folder())
