# SPDX-License-Identifier: BSD-3-Clause
"""The pictures of real data, and the files they come from.

Oracles: size and checksum in data/README.md; integral 1 of a density over a box that holds nearly all
of it; the two clusters of eruptions known from the literature (near 2 and 4.4 minutes); colours.
"""
import hashlib
import re

import example_test  # before the examples: it finds them

import numpy
from paraview import simple

import faithful
import pictures
import quakes

FOLDER = example_test.FOLDER


def check_files():
    """Each file is the one that the README describes."""
    text = (example_test.ROOT / "data" / "README.md").read_text()
    listed = re.findall(r"^    ([0-9a-f]{64})  (\S+)$", text, re.MULTILINE)
    folder = example_test.ROOT / "data"
    assert sorted(name for _, name in listed) == sorted(p.name for p in folder.glob("*.csv"))
    for checksum, name in listed:
        content = (folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == checksum, name
        assert re.search(rf"`{name}` \|[^|]*\| {len(content)} \|", text), f"size of {name}"


def integral(source, cell):
    """The sum of a density times the measure of a cell."""
    return example_test.point_array(source, "Density").sum() * cell


def check_faithful():
    """Two clusters; arrows only where the mask is 1; all of it in the picture."""
    faithful.main(FOLDER)
    density = example_test.source("KernelDensity")
    step = (5 / 350, 70 / 350)
    assert abs(integral(density, step[0] * step[1]) - 1) < 0.01
    values = example_test.point_array(density, "Density").reshape(351, 351)
    for columns, mode in ((slice(0, 140), 2.0), (slice(140, 351), 4.4)):
        part = values[:, columns]
        column = numpy.unravel_index(part.argmax(), part.shape)[1] + columns.start
        assert abs(1 + column * step[0] - mode) < 0.25, f"mode near {mode}"
    shift = example_test.point_array(example_test.source("Calculator"), "MeanShift")
    mask = example_test.point_array(example_test.source("Calculator"), "StabilityMask")
    assert (shift[mask == 0] == 0).all() and (shift[mask == 1] != 0).any(axis=1).mean() > 0.9
    assert 0.2 < mask.mean() < 0.6
    picture = example_test.pixels(FOLDER / "faithful.png")
    assert picture.shape == (560, 1300, 3)
    left, right = picture[50:485, 60:535], picture[50:485, 620:1095]
    assert 1500 < example_test.near(left, pictures.RED).sum() < 10000
    assert abs(example_test.near(right, [0.10, 0.60, 0.47], 8).mean() - mask.mean()) < 0.1
    assert example_test.near(right, pictures.TEXT, 20).sum() > 2000, "arrows"


def check_quakes():
    """A density per km^3, all of it; lines that climb; a picture with every part."""
    quakes.main(FOLDER)
    density = example_test.source("KernelDensity")
    bounds = density.GetDataInformation().GetBounds()
    cell = numpy.prod([(bounds[2 * i + 1] - bounds[2 * i]) / (n - 1)
                       for i, n in enumerate(density.SampleDimensions)])
    assert abs(integral(density, cell) - 1) < 0.02
    ways = example_test.source("ArbitrarySourceStreamTracer")
    heights = example_test.point_array(ways, "LogDensity")
    assert len(heights) > 1000 and numpy.isfinite(heights).all()
    drops, rises = climbs(ways, heights)
    assert rises > 50 * drops, (rises, drops)
    saved = simple.XMLImageDataReader(FileName=[str(FOLDER / "quakes.vti")])
    assert abs(integral(saved, cell) - 1) < 0.02
    picture = example_test.pixels(FOLDER / "quakes.png")
    assert picture.shape == (760, 1100, 3)
    reddish = picture[:, :, 0] - picture[:, :, 2] > 60  # orange, also through a contour
    assert reddish.sum() > 3000, "lines"
    assert (picture.max(axis=2) < 100).sum() > 3000, "points"
    tinted = (picture.max(axis=2) - picture.min(axis=2) > 8) & (picture[:, :, 2] > 120)
    assert tinted.mean() > 0.05, "contours"


def climbs(ways, heights):
    """How far the log density falls and rises along all lines together."""
    from paraview import servermanager
    lines = servermanager.Fetch(ways)
    steps = []
    for i in range(lines.GetNumberOfCells()):
        ids = lines.GetCell(i).GetPointIds()
        steps.extend(numpy.diff([heights[ids.GetId(k)] for k in range(ids.GetNumberOfIds())]))
    steps = numpy.array(steps)
    return -steps[steps < 0].sum(), steps[steps > 0].sum()


check_files()
check_faithful()
check_quakes()
assert simple.GetSources()
print("the pictures of real data are right")
