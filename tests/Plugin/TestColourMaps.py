# SPDX-License-Identifier: BSD-3-Clause
"""The presets in data/colormaps: ParaView imports them, and they hold the published colours.

Oracles: davos and vik as GMT publishes them (ends and centre); the classes in the help of Score
Field.
"""
import json
import os
import re
import tempfile

os.environ["XDG_CONFIG_HOME"] = os.environ["HOME"] = tempfile.mkdtemp()  # presets are settings

from paraview import simple  # noqa: E402

import example_test  # noqa: E402
import proxy_xml  # noqa: E402

FOLDER = example_test.ROOT / "data" / "colormaps"


def preset(name):
    """Imports a preset and applies it to the range from 0 to 1."""
    simple.ImportPresets(str(FOLDER / f"{name}.json"))
    colour_map = simple.GetColorTransferFunction("anything")
    assert colour_map.ApplyPreset(name, True), name
    return colour_map


def colour(colour_map, value):
    """Red, green and blue from 0 to 255."""
    low, high = colour_map.RGBPoints[0], colour_map.RGBPoints[-4]
    rgb = [0.0, 0.0, 0.0]
    colour_map.SMProxy.GetClientSideObject().GetColor(low + value * (high - low), rgb)
    return [round(255 * channel) for channel in rgb]


davos = preset("davos")
assert colour(davos, 0) == [0, 5, 74] and colour(davos, 1) == [254, 254, 254]
vik = preset("vik")
assert colour(vik, 0) == [0, 18, 97] and colour(vik, 1) == [89, 0, 8]
assert min(colour(vik, 0.5)) > 215, "the centre of a diverging map is pale"



def classes(array, proxy, count):
    """The preset of an array of classes has the names in the help of the filter that makes it."""
    found = json.loads((FOLDER / f"{array}.json").read_text())[0]
    names = dict(zip(map(int, found["Annotations"][0::2]), found["Annotations"][1::2]))
    assert list(names) == list(range(count)) and len(found["IndexedColors"]) == 3 * count
    colours = [tuple(found["IndexedColors"][3 * i:3 * i + 3]) for i in range(count)]
    for i, one in enumerate(colours):
        for other in colours[:i]:
            assert max(abs(a - b) for a, b in zip(one, other)) > 0.15, "two classes look alike"
    help_text = next(element.find("Documentation").text for _, _, element in proxy_xml.proxies()
                     if element.get("name") == proxy)
    for value, name in names.items():
        pattern = rf"\b{value}\s+{name}".replace(" ", r"\s+")
        assert re.search(pattern, help_text), f"{value} {name}"
    preset(array)


classes("Reliability", "ScoreField", 8)
classes("DifferenceClass", "DensityDifference", 4)
classes("CriticalType", "DensityModes", 4)
print("davos, vik, Reliability, DifferenceClass, CriticalType")
