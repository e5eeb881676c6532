# SPDX-License-Identifier: BSD-3-Clause
"""Makes ParaView presets of colour maps in GMT's format, as published by Fabio Crameri.

  python3 from_cpt.py /usr/share/gmt/cpt/SCM/davos.cpt [more.cpt ...]

writes davos.json beside this file. Needed once; GMT's files are in Debian's package gmt-common.
"""
import json
import pathlib
import sys

CREDIT = {
    "Creator": "Fabio Crameri",
    "Source": "Scientific colour maps 7.0.1, https://zenodo.org/record/5501399",
    "License": "MIT, Copyright (c) 2021 Fabio Crameri; see LICENSE-scientific-colour-maps",
}


def control_points(path):
    """(position, red, green, blue) of every control point, colours from 0 to 1."""
    points = []
    for line in path.read_text().splitlines():
        if line[:1] not in "-0123456789" or not line:
            continue
        low, low_colour, high, high_colour = line.split()
        ends = [(low, low_colour), (high, high_colour)]
        for position, colour in ends[1:] if points else ends:
            rgb = [round(int(c) / 255, 6) for c in colour.split("/")]
            points.append((float(position), *rgb))
    return points


def preset(name, points):
    """The text of a preset file, one control point a line."""
    head = {"Name": name, **CREDIT, "ColorSpace": "RGB", "NanColor": [1.0, 1.0, 1.0]}
    fields = [f'"{key}" : {json.dumps(value)}' for key, value in head.items()]
    rows = ",\n".join("    " + ", ".join(f"{c:g}" for c in point) for point in points)
    fields.append(f'"RGBPoints" : [\n{rows}\n  ]')
    return "[{\n  " + ",\n  ".join(fields) + "\n}]\n"


for argument in sys.argv[1:]:
    source = pathlib.Path(argument)
    target = pathlib.Path(__file__).with_name(source.stem + ".json")
    target.write_text(preset(source.stem, control_points(source)))
    print(f"{target}: {len(control_points(source))} control points")
