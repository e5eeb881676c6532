# SPDX-License-Identifier: BSD-3-Clause
"""A mistake in the panel, repaired: the view must follow. Run as gui_test.py says, once a filter.

Oracle: each mistake gives one message that names it; after each repair the picture shows something,
and something else than before it, since the value is another one.
"""
import sys

import gui_test

COMBO_BOX = '  <pqevent object="@PANEL@/{}/ComboBox" command="activated" arguments="{}" />\n'
MANUAL = COMBO_BOX.format("BandwidthRule", "Manual")
COLOUR = ('  <pqevent object="pqClientMainWindow/variableToolbar/displayColor/Variables"'
          ' command="activated" arguments="{}" />\n')
# ParaView chose an outline when the image was empty.
SURFACE = ('  <pqevent object="pqClientMainWindow/representationToolbar/displayRepresentation/comboBox"'
           ' command="activated" arguments="Surface" />\n')
MIXTURE = "  @MENU menuSources Score Fields/GaussianMixture@\n"
SAMPLES = MIXTURE + "  @APPLY@\n"
# Two clusters of the mixture, as the classes of one cloud.
CLASSES = COMBO_BOX.format("LabelArray", "Component")
DENSITY = SAMPLES + "  @MENU menuFilters Score Fields/KernelDensity@\n  @APPLY@\n"
LENGTH = "Bandwidth/DoubleLineEdit0"

# What comes before the filter, what shows its field, the field, a bad value and two good ones, the
# array to colour by, and what the message says.
CASES = {
    "GaussianMixture": ("", "", "NumberOfPoints/LineEdit0", -5, 50, 400, "", "NumberOfPoints is -5"),
    "MixtureTruth": (SAMPLES, "", LENGTH, -1, 0, 0.5, "TrueDensity",
                     "Bandwidth is -1"),
    "KernelDensity": (SAMPLES, MANUAL, LENGTH, 0, 0.5, 0.2, "Density", "Bandwidth is 0"),
    "KernelDensityGrid": (SAMPLES, "", "SampleDimensions/LineEdit0", 0, 64, 8, "Density",
                          "SampleDimensions is   0 128 128"),
    "KernelDensityAtPoints": (SAMPLES, MANUAL, LENGTH, 0, 0.5, 0.05, "Density", "Bandwidth is 0"),
    "ScoreField": (DENSITY, "", "MinimumSampleSize/DoubleLineEdit0", -1, 5, 30, "Reliability",
                   "MinimumSampleSize is -1"),
    "ScoreFlow": (SAMPLES, MANUAL, LENGTH, 0, 0.5, 0.05, "LogDensity", "Bandwidth is 0"),
    "ScoreMatchingFit": (SAMPLES, COMBO_BOX.format("Model", "Gaussian mixture"),
                         "NumberOfComponents/LineEdit0", 0, 1, 3, "LogDensity",
                         "NumberOfComponents is 0"),
    "DensityDifference": (SAMPLES, CLASSES + MANUAL, LENGTH, 0, 0.5, 0.2, "DifferenceClass",
                          "Bandwidth is 0"),
    "DensityRidges": (SAMPLES, MANUAL, LENGTH, 0, 0.5, 0.2, "LogDensity", "Bandwidth is 0"),
    "BandwidthScan": (SAMPLES, "", "ScanSteps/LineEdit0", 0, 3, 40, "", "ScanSteps is 0"),
}


def check(output):
    for name in ("first.png", "second.png"):
        assert gui_test.different_pixels(output / name, output / "broken.png")[0] > 200, name
    assert gui_test.different_pixels(output / "first.png", output / "second.png")[0] > 200


if __name__ == "__main__":
    case = sys.argv[-1]
    before, shown, field, bad, first, second, colour, message = CASES[case]
    proxy = case.removesuffix("Grid")
    look = COLOUR.format(colour) if colour else ""
    if proxy in ("KernelDensity", "ScoreField", "ScoreMatchingFit", "DensityDifference"):
        look = SURFACE + look
    gui_test.main(
        __file__, "Repair.xml.in", ("first.png", "broken.png", "second.png"), check,
        messages=(message, message), BEFORE=before, OPEN=shown, FIELD=field, BAD=bad, FIRST=first,
        SECOND=second, COLOUR=look,
        FILTER=MIXTURE if not before else f"  @MENU menuFilters Score Fields/{proxy}@\n")
