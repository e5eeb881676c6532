# SPDX-License-Identifier: BSD-3-Clause
"""Loads score_state.py into ParaView's window and looks at the picture.

    TestStateFile.py PARAVIEW STATE OUTPUT

Oracle: the colours of the classes that exact sums can have, in legend and field, and of modes; light
letters on the window's dark background.
"""
import json
import pathlib
import sys

import numpy
from PIL import Image

import gui_test

ROOT = pathlib.Path(__file__).resolve().parents[2]
paraview, state = sys.argv[1:3]
output = gui_test.empty_folder(sys.argv[3], ["view.png"])
gui_test.run_window(paraview, pathlib.Path(__file__).with_name("StateFile.xml"), output,
                    f"--state={state}")

pixels = numpy.asarray(Image.open(output / "view.png").convert("RGB")).astype(int)
preset = json.loads((ROOT / "data/colormaps/Reliability.json").read_text())[0]
for i, colour in enumerate(numpy.reshape(preset["IndexedColors"], (8, 3))):
    share = (abs(pixels - 255 * colour).max(axis=2) <= 6).mean()
    print(preset["Annotations"][2 * i + 1], share)
    assert share > (0.01 if i in (0, 4) else 1e-4), "a class is missing in legend or field"
assert (abs(pixels - [217, 26, 26]).max(axis=2) <= 12).sum() > 50, "no modes"
right = pixels[:, int(0.76 * pixels.shape[1]):]
assert (right.min(axis=2) > 235).mean() > 0.003, "no letters that can be read"
