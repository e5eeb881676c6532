# SPDX-License-Identifier: BSD-3-Clause
"""The example of two clouds that differ, and its picture.

Oracles: equal clouds have no difference anywhere; where one is found between clouds of known mixtures,
the true densities smoothed by the kernel differ in that direction; shallow and deep earthquakes lie in
different places; each class has pixels of its colour.
"""
import example_test  # first: it finds the examples

import numpy

import colours
import density_difference as example

same, other, quakes = example.main(example_test.FOLDER)
counts = [example.fact(found, "DifferenceCounts") for found in (same, other, quakes)]
print(counts)
assert counts[0][1] == counts[0][2] == 0 and counts[0][0] > 1000 and counts[0][3] > 1000
assert min(counts[1]) > 100 and min(counts[2]) > 100

h = example.fact(other, "Bandwidth")[0]
nodes = numpy.linspace(-5, 5, 160)
x, y = (axis.ravel() for axis in numpy.meshgrid(nodes, nodes))
variance = 0.6 + h**2
smooth = sum((a - b) * numpy.exp(-((x - place[0])**2 + (y - place[1])**2) / (2 * variance))
             for a, b, place in zip(example.WEIGHTS_A, example.WEIGHTS_B, example.PLACES))
classes = example_test.point_array(other, "DifferenceClass")
assert (smooth[classes == 1] > 0).all() and (smooth[classes == 2] < 0).all()
standardised = example_test.point_array(other, "StandardisedDifference")
assert (numpy.sign(standardised[classes == 1]) == 1).all()

found = example_test.point_array(quakes, "DifferenceClass")
assert example.fact(quakes, "SampleCountA")[0] + example.fact(quakes, "SampleCountB")[0] == 1000
image = example_test.pixels(example_test.FOLDER / "density_difference.png")
legend = numpy.array(colours.read("DifferenceClass")["IndexedColors"]).reshape(-1, 3)
middle = example_test.inside(image[:420, 400:800], (400, 420), example.MARGINS)
for number, colour in enumerate(legend):
    share = example_test.near(middle, colour, 12).mean()
    print(number, share)
    assert share > 0.01, number
first = example_test.inside(image[:420, :400], (400, 420), example.MARGINS)
assert max(example_test.near(first, colour, 12).mean() for colour in legend[1:3]) < 0.001
