# SPDX-License-Identifier: BSD-3-Clause
"""A filter from the menu whose optional inputs are not connected; run as gui_test.py says, once a filter.

Oracle: ParaView says nothing, also not when the advanced rows are shown, and the picture changes.
"""
import sys

import gui_test

SHOW_ADVANCED = (f'  <pqevent object="{gui_test.WINDOW}/propertiesDock/propertiesPanel/SearchBox/'
                 'AdvancedButton" command="set_boolean" arguments="true" />')
BEFORE = {"DensityFromScore": "ScoreField", "CompareDensities": "MixtureTruth",
          "HighestDensityRegions": "ScoreField", "DensityModes": "ScoreField"}


def check(output):
    count, share = gui_test.different_pixels(output / "before.png", output / "after.png")
    if sys.argv[-1] == "DensityModes":
        assert count > 20 and share < 0.2, "points above the image, which stays"
    else:
        assert share > 0.01


if __name__ == "__main__":
    case = sys.argv[-1]
    before = f"  @MENU menuFilters Score Fields/{BEFORE[case]}@\n  @APPLY@"
    gui_test.main(__file__, "Panels.xml.in", ("before.png", "after.png"), check, FILTER=case,
                  BEFORE=before, OPEN=SHOW_ADVANCED)
