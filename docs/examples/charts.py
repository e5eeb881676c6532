# SPDX-License-Identifier: BSD-3-Clause
"""What the examples with line charts share: rows of charts over the bandwidth, in one image."""
from PIL import Image
from paraview import simple

import pictures

BLUE, RED, GREEN, GREY = (0.1, 0.35, 0.75), (0.8, 0.15, 0.1), (0.1, 0.55, 0.2), (0.55, 0.55, 0.55)
ORANGE, PURPLE, BLACK = (0.9, 0.5, 0.05), (0.5, 0.25, 0.65), pictures.TEXT
COLOURS = (BLUE, RED, GREEN, ORANGE, PURPLE, GREY, (0.1, 0.6, 0.7), (0.75, 0.4, 0.55))
SOLID, DASHED = "1", "2"


class Charts:
    """Charts side by side, a bandwidth on each x axis, by its logarithm."""

    def __init__(self, columns, height):
        self.size = (sum(columns), height)
        self.layout = simple.CreateLayout()
        self.layout.SetSize(*self.size)
        self.views = []
        for cell in pictures.split(self.layout.SplitHorizontal, 0, columns):
            view = simple.CreateView("XYChartView")
            self.layout.AssignView(cell, view)
            view.BottomAxisTitle, view.BottomAxisLogScale = "Bandwidth", 1
            for axis in ("Bottom", "Left"):
                setattr(view, f"{axis}AxisTitleFontSize", 16)
                setattr(view, f"{axis}AxisLabelFontSize", 14)
                setattr(view, f"{axis}AxisTitleBold", 0)
                setattr(view, f"{axis}AxisGridColor", [0.92, 0.92, 0.92])
            view.ChartTitleFontSize, view.LegendFontSize = 18, 13
            self.views.append(view)

    def frame(self, panel, title, x, y, logarithmic=False):
        """Title and ranges (least, largest) of a chart; returns its view."""
        view = self.views[panel]
        view.ChartTitle, view.LeftAxisLogScale = title, int(logarithmic)
        view.BottomAxisUseCustomRange = view.LeftAxisUseCustomRange = 1
        view.BottomAxisRangeMinimum, view.BottomAxisRangeMaximum = x
        view.LeftAxisRangeMinimum, view.LeftAxisRangeMaximum = y
        return view

    def save(self, path):
        """Writes the charts, drawn at twice their size: smooth lines, sharp letters."""
        self.layout.SetSize(*self.size)
        simple.SaveScreenshot(str(path), self.layout, SeparatorWidth=0,
                              ImageResolution=[2 * length for length in self.size])
        with Image.open(path) as image:
            image.convert("RGB").reduce(2).save(path)


def label_shares(view):
    """Labels from 0 to 1 only, for a chart whose legend stands above that."""
    view.LeftAxisUseCustomLabels = 1
    view.LeftAxisLabels = [text for text in ("0", "0.25", "0.5", "0.75", "1") for _ in range(2)]


def draw(view, table, series, line=SOLID, thickness=2):
    """Draws columns of a table over its column Bandwidth.

    series: column -> (label, colour).
    """
    display = simple.Show(table, view, "XYChartRepresentation")
    display.UseIndexForXAxis, display.XArrayName = 0, "Bandwidth"
    display.SeriesVisibility = list(series)
    display.SeriesLabel = [part for name in series for part in (name, series[name][0])]
    display.SeriesColor = [part for name in series
                           for part in (name, *(str(value) for value in series[name][1]))]
    display.SeriesLineStyle = [part for name in series for part in (name, line)]
    display.SeriesLineThickness = [part for name in series for part in (name, str(thickness))]
    return display
