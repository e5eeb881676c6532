# SPDX-License-Identifier: BSD-3-Clause
"""The example of roads and a helix, and its picture.

Oracles: the streets and the helix that the points were drawn from. Lines lie on them within the width
of the kernel, and all of a street but its ends has a line; the helix is one line, smaller in radius by
what smoothing does to it (half the variance over the radius of curvature).
"""
import example_test  # first: it finds the examples

import math

import numpy

import density_ridges as example

town, plane, spring, space = example.main(example_test.FOLDER)

lines = example_test.positions(plane)
ring = numpy.hypot(lines[:, 0] + 0.6, lines[:, 1])
angles = numpy.degrees(numpy.arctan2(lines[:, 1], lines[:, 0] + 0.6))[abs(ring - 0.8) < 0.1]
covered = numpy.histogram(angles, bins=36, range=(-180, 180))[0]
print("points of lines by tens of degrees of the ring:", covered)
assert (covered > 0).sum() >= 34, covered
for end in ((2.1, 1.5), (1.9, -1.7)):
    for share in (0.3, 0.5, 0.8):
        place = numpy.array([1.2 + share * (end[0] - 1.2), share * end[1]])
        distance = numpy.hypot(*(lines[:, :2] - place).T).min()
        print("from a street:", distance)
        assert distance < 0.06, (end, share, distance)
assert plane.FieldData["NumberOfFilaments"].GetRange()[0] >= 3

found = example_test.positions(space)
assert space.FieldData["NumberOfFilaments"].GetRange()[0] == 1
turn = found[:, 2] / example.RISE
inner = (turn > 2) & (turn < 2 * math.pi * example.TURNS - 2)
shrunk = example.RADIUS - 0.5 * (0.15**2 + 0.1**2) / (1 + example.RISE**2)
radius = numpy.hypot(found[inner, 0], found[inner, 1])
print("radius of the helix:", radius.mean(), "expected:", shrunk)
assert abs(radius.mean() - shrunk) < 0.01, radius.mean()
assert abs(radius - shrunk).max() < 0.05, radius
steps = numpy.linspace(0, 2 * math.pi * example.TURNS, 2000)
curve = numpy.stack([shrunk * numpy.cos(steps), shrunk * numpy.sin(steps), example.RISE * steps], axis=1)
off = [numpy.sqrt(((curve - place)**2).sum(axis=1).min()) for place in found[inner]]
print("largest distance from it:", max(off))
assert max(off) < 0.05

branch = example_test.point_array(example.simple.OutputPort(plane, 1), "Filament")
assert len(branch) == example.ROADS + example.NOISE and (branch >= 0).mean() > 0.7, (branch >= 0).mean()
image = example_test.pixels(example_test.FOLDER / "density_ridges.png")
for panel in range(3):
    part = image[60:, panel * example.SIZE:(panel + 1) * example.SIZE]
    coloured = (part.max(axis=-1) - part.min(axis=-1) > 60).mean()
    print("coloured pixels:", coloured)
    assert coloured > 0.005, panel
