# SPDX-License-Identifier: BSD-3-Clause
"""The project's colour maps (data/colormaps) and how the examples use them.

The scripts read the preset files themselves: ParaView's ImportPresets would store the presets among
the user's settings. In ParaView's window, Choose Preset > Import takes the same files.
"""
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "data" / "colormaps"
HOLE = [0.62, 0.62, 0.62]  # not a number


def davos(colour_map, low, high):
    """The study's colours: white for the lowest value, dark blue for the highest."""
    scale(colour_map, "davos", low, high)
    colour_map.InvertTransferFunction()


def diverging(colour_map, largest):
    """Blue for negative, white for 0, brown for positive; the same scale on both sides."""
    scale(colour_map, "vik", -largest, largest)


def scale(colour_map, preset, low, high):
    """A preset over a fixed range; nodes without a number are grey."""
    points = read(preset)["RGBPoints"]
    first, last = points[0], points[-4]
    colour_map.ColorSpace = "RGB"
    colour_map.RGBPoints = [
        value if i % 4 else low + (high - low) * (value - first) / (last - first)
        for i, value in enumerate(points)]
    colour_map.AutomaticRescaleRangeMode = "Never"
    colour_map.ScalarRangeInitialized = 1
    colour_map.NanColor = HOLE


def reliability(colour_map):
    """The classes of the array Reliability, each with its name and colour."""
    classes(colour_map, "Reliability")


def classes(colour_map, array):
    """The classes of an array that has a preset of its name."""
    preset = read(array)
    colour_map.InterpretValuesAsCategories = 1
    colour_map.AnnotationsInitialized = 1
    colour_map.Annotations = preset["Annotations"]
    colour_map.IndexedColors = preset["IndexedColors"]


def read(preset):
    """The contents of a preset file."""
    return json.loads((FOLDER / f"{preset}.json").read_text())[0]
