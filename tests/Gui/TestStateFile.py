# SPDX-License-Identifier: BSD-3-Clause
"""Loads score_state.py into ParaView's window and looks at the picture.

    TestStateFile.py PARAVIEW STATE OUTPUT

Oracle: the colours of the classes that exact sums can have, in legend and field, and of modes; light
letters on the window's dark background.
"""
import json
import os
import pathlib
import subprocess
import sys

import numpy
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
paraview, state, output = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
output.mkdir(parents=True, exist_ok=True)
picture = output / "view.png"
picture.unlink(missing_ok=True)
environment = dict(os.environ, HOME=str(output), XDG_CONFIG_HOME=str(output))
events = pathlib.Path(__file__).with_name("StateFile.xml")
result = subprocess.run([paraview, "--dr", f"--state={state}", f"--test-script={events}",
                         f"--test-directory={output}", "--exit"], env=environment,
                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
if result.returncode != 0 or "Error" in result.stdout or "critical:" in result.stdout:
    sys.exit(f"ParaView returned {result.returncode} and said\n{result.stdout[:4000]}")

pixels = numpy.asarray(Image.open(picture).convert("RGB")).astype(int)
preset = json.loads((ROOT / "data/colormaps/Reliability.json").read_text())[0]
for i, colour in enumerate(numpy.reshape(preset["IndexedColors"], (8, 3))):
    share = (abs(pixels - 255 * colour).max(axis=2) <= 6).mean()
    print(preset["Annotations"][2 * i + 1], share)
    assert share > (0.01 if i in (0, 4) else 1e-4), "a class is missing in legend or field"
assert (abs(pixels - [217, 26, 26]).max(axis=2) <= 12).sum() > 50, "no modes"
right = pixels[:, int(0.76 * pixels.shape[1]):]
assert (right.min(axis=2) > 235).mean() > 0.003, "no letters that can be read"
