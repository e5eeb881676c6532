# SPDX-License-Identifier: BSD-3-Clause
"""The box of a filter from its panel; run as gui_test.py says, once a filter.

Oracle: the numbers typed into the six fields, whose labels say which is which; after a reset the box
around the samples, as a Gaussian Mixture made in Python has it. The image of Kernel Density has that
box along x and y. The samples are flat along z, so that the image is as well.
"""
import sys

import gui_test

TYPED = (-9, 8, -7, 6, -0.5, 0.25)
LABELS = ("X from", "X to", "Y from", "Y to", "Z from", "Z to")
SHOW_ADVANCED = (f'  <pqevent object="{gui_test.WINDOW}/propertiesDock/propertiesPanel/SearchBox/'
                 'AdvancedButton" command="set_boolean" arguments="true" />')
FROM_A_BOX = '  <pqevent object="@PANEL@/StartFrom/ComboBox" command="activated" arguments="Box" />'
CLASSES = '  <pqevent object="@PANEL@/LabelArray/ComboBox" command="activated" arguments="Component" />'

# What shows the rows, the tick that hides the box, and the box.
CASES = {
    "KernelDensity": ("", "UseInputBounds", "SamplingBounds"),
    "KernelDensityAtPoints": (SHOW_ADVANCED, "UseInputBounds", "SamplingBounds"),
    "BandwidthScan": (SHOW_ADVANCED, "UseInputBounds", "SamplingBounds"),
    "ScoreMatchingFit": ("", "UseInputBounds", "SamplingBounds"),
    "DensityDifference": (CLASSES, "UseInputBounds", "SamplingBounds"),
    "ScoreFlow": (FROM_A_BOX, "UseSampleBounds", "StartBounds"),
}


def fields(box):
    """The check of each label, and the number that is typed under it."""
    for i, (label, number) in enumerate(zip(LABELS, TYPED)):
        yield (f'  <pqcheck object="@PANEL@/{box}/1pqLabel{i}" property="text"'
               f' arguments="{label}" />')
        yield (f'  <pqevent object="@PANEL@/{box}/DoubleLineEdit{i}" command="set_string"'
               f' arguments="{number}" />')


def near(found, expected):
    return all(abs(a - b) < 1e-6 * (1 + abs(b)) for a, b in zip(found, expected))


def check_state(state, expected):
    from paraview import simple

    simple.LoadState(str(state))
    loaded = simple.FindSource(case + "1")
    found = tuple(loaded.GetPropertyValue(CASES[case][2]))
    print(state.name, found)
    assert near(found, expected), expected
    if case in ("KernelDensity", "ScoreMatchingFit", "DensityDifference"):
        loaded.UpdatePipeline()
        bounds = loaded.GetDataInformation().GetBounds()
        assert near(bounds[:4], expected[:4]) and bounds[4:] == (0, 0), bounds
    simple.Disconnect()
    simple.Connect()


def check(output):
    from paraview import simple

    check_state(output / "typed.pvsm", TYPED)
    samples = simple.GaussianMixture()
    samples.UpdatePipeline()
    check_state(output / "reset.pvsm", samples.GetDataInformation().GetBounds())


if __name__ == "__main__":
    case = sys.argv[-1]
    shown, automatic, box = CASES[case]
    gui_test.main(__file__, "Box.xml.in", ("typed.pvsm", "reset.pvsm"), check, FILTER=case,
                  OPEN=shown, AUTOMATIC=automatic, BOX=box, FIELDS="\n".join(fields(box)))
