# SPDX-License-Identifier: BSD-3-Clause
"""The modes of a ring of clusters, and their picture.

Oracles: the eight clusters that the samples are drawn from, one significant mode in each; Morse's
relation, modes less saddles and minima 1; the coloured dots of the picture.
"""
import example_test  # first: it finds the examples

import numpy
from paraview import servermanager, simple

import density_modes as example

every, significant = example.main(example_test.FOLDER)

counts = servermanager.Fetch(every).GetFieldData().GetArray("CriticalCounts").GetTuple(0)
print("modes, saddles, second saddles, minima:", counts)
assert counts[0] - counts[1] + counts[3] == 1 and counts[2] == 0

points = servermanager.Fetch(significant)
kinds = numpy.array(example_test.point_array(significant, "CriticalType"))
places = numpy.array([points.GetPoint(i)[:2] for i in range(len(kinds))])[kinds == 0]
assert len(places) == 8, len(places)
angles = numpy.sort(numpy.arctan2(places[:, 1], places[:, 0]))
gaps = numpy.diff(numpy.append(angles, angles[0] + 2 * numpy.pi))
assert abs(gaps - numpy.pi / 4).max() < 0.3, gaps

basin = numpy.array(example_test.point_array(simple.OutputPort(significant, 1), "Basin"))
cluster = numpy.array(example_test.point_array(simple.OutputPort(significant, 1), "Component"))
for number in range(8):
    share = numpy.bincount(basin[cluster == number].astype(int)).max() / (cluster == number).sum()
    assert share > 0.95, (number, share)

image = example_test.pixels(example_test.FOLDER / "density_modes.png")
panel = example_test.inside(image[:, :520], (520, 560), example.MARGINS).astype(int)
red = (panel[..., 0] > 190) & (panel[..., 1] < 70) & (panel[..., 2] < 70)
yellow = (panel[..., 0] > 220) & (abs(panel[..., 1] - 190) < 20) & (panel[..., 2] < 60)
assert 0.001 < red.mean() < 0.05, red.mean()
assert 0.001 < yellow.mean() < 0.05, yellow.mean()
