# SPDX-License-Identifier: BSD-3-Clause
"""The sweep of the study's score beside the exact one: values, classes, colours, captions.

Oracles: classes that an exact sum cannot have; the definition of the score, by log-sum-exp, 40
bandwidths and more from most samples; the share of pixels of a class against the share
of nodes; the regime of each bandwidth (truncation, rounding, wrap-around).
"""
import csv

import example_test  # first: it finds the examples

import numpy
from PIL import Image
from paraview import simple

import colours
import reliability_sweep

FOLDER = example_test.FOLDER
BANDWIDTHS = [0.06, 0.31, 0.51]
STATISTICAL = {0, 4, 5}
PANELS = ((0, 0), (500, 0), (0, 520), (500, 520))  # left and upper edges
CLASSES = numpy.reshape(colours.read("Reliability")["IndexedColors"], (8, 3))


def panel(frame, number):
    """The pixels of the box in one of the four panels."""
    image = example_test.pixels(FOLDER / "reliability_sweep" / f"{frame:04d}.png")
    left, top = PANELS[number]
    return example_test.inside(image[top:top + 520, left:left + 500], (500, 520),
                               reliability_sweep.MARGINS)


def fields():
    """Score Field of the study's density and of the exact one, at the last bandwidth."""
    found = [s for s in simple.GetSources().values() if s.GetXMLName() == "ScoreField"]
    return sorted(found, key=lambda s: s.Method != "Central difference")


film = reliability_sweep.main(FOLDER, BANDWIDTHS)
with Image.open(film) as pictures_of_film:
    assert pictures_of_film.n_frames == len(BANDWIDTHS)
assert "Bandwidth 0.51" in example_test.texts()

classical, exact = fields()
classes = example_test.point_array(exact, "Reliability")
assert set(numpy.unique(classes)) <= STATISTICAL, numpy.unique(classes)
assert (example_test.point_array(exact, "StabilityMask") == 1).all()
assert "numerically sound: 100 % of the nodes" in example_test.texts()
share = (example_test.point_array(classical, "StabilityMask") == 1).mean()
assert f"numerically sound: {100 * share:.0f} % of the nodes" in example_test.texts()
assert 0.1 < share < 0.6

# the definition, at a node of the left edge
score = example_test.point_array(exact, "Score").reshape(256, 256, 3)
cloud = numpy.array(example_test.positions(example_test.source("GaussianMixture")))
edge = numpy.array([-10.0, -10 + 20 * 100 / 255, 0])
weights = -((cloud - edge)**2).sum(axis=1) / (2 * 0.51**2)
weights = numpy.exp(weights - weights.max())
expected = (weights @ (cloud - edge)) / weights.sum() / 0.51**2
assert numpy.allclose(score[100, 0], expected, rtol=1e-9), (score[100, 0], expected)

table = list(csv.DictReader((FOLDER / "reliability_sweep.csv").open()))
assert [float(row["bandwidth"]) for row in table] == [h for h in BANDWIDTHS for _ in range(2)]
counts = numpy.array([list(row.values())[3:] for row in table], dtype=int)
assert (counts.sum(axis=1) == 256**2).all(), counts
assert int(table[-1]["too few samples"]) == (classes == 4).sum()

for value, colour in enumerate(CLASSES):
    for source, number in ((classical, 2), (exact, 3)):
        nodes = (example_test.point_array(source, "Reliability") == value).mean()
        shown = example_test.near(panel(2, number), colour, 8).mean()
        assert abs(nodes - shown) < 0.03, (value, number, nodes, shown)

assert example_test.near(panel(0, 2), CLASSES[2], 8).mean() > 0.4, "h = 0.06 is cut off"
assert example_test.near(panel(1, 2), CLASSES[1], 8).mean() > 0.4, "h = 0.31 is rounding"
for frame in range(len(BANDWIDTHS)):
    grey = [example_test.near(panel(frame, number), colours.HOLE, 6).mean() for number in (0, 1)]
    assert grey[1] < 1e-3, "the exact score has holes"
    assert frame == 0 or grey[0] > 0.1, "the study's score has no holes"
right = panel(2, 1)
assert right[:, 5, 0].mean() > right[:, 5, 2].mean() + 50, "the score left of the cloud is positive"
assert right[:, -5, 2].mean() > right[:, -5, 0].mean() + 50, "the score right of it is negative"
print("the two ways to the score look as they should")
