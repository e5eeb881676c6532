# SPDX-License-Identifier: BSD-3-Clause
"""The way from samples to a score and back to a density, at three bandwidths.

Oracles: the mixture's formula, and the sums of the kernel density, both written down in numpy, for
the errors of the exact score; what must hold for any of the estimates; the arrows' own length; the
part of the picture that is white, where nothing is recovered.
"""
import example_test  # first: it finds the examples

import numpy

import pictures
import score_story
import study

BANDWIDTHS = (0.17, 0.1, 0.46)
rows = score_story.main(example_test.FOLDER, BANDWIDTHS)
assert [row["Bandwidth"] for row in rows] == list(BANDWIDTHS)

nodes, measure = example_test.square(score_story.HALF_WIDTH, study.NODES)
truth, score = example_test.study_truth(nodes)
cloud = numpy.array(example_test.positions(example_test.source("GaussianMixture")))[:, :2]
for row in rows:
    squares = ((example_test.kernel_score(nodes, cloud, row["Bandwidth"]) - score) ** 2).sum(axis=1)
    size = (score**2).sum(axis=1)
    weighted = numpy.sqrt((measure * truth * squares).sum() / (measure * truth * size).sum())
    alike = numpy.sqrt(squares.sum() / size.sum())
    assert abs(row["Exact"] - weighted) < 1e-8 * weighted, (row, weighted)
    assert abs(row["BoxExact"] - alike) < 1e-8 * alike, (row, alike)
# What a small bandwidth gets wrong is the estimate; what the transform adds shows at the larger one.
assert rows[0]["BoxExact"] > rows[0]["BoxFFT"] and rows[2]["BoxExact"] < 0.5 * rows[2]["BoxFFT"]
# Where all of the mass is trusted, the way to the score and back gives the density again.
assert rows[2]["Share"] > 0.9999 and rows[1]["Share"] < 0.9
assert abs(rows[2]["Recovered"] - rows[2]["Density"]) < 1e-4
assert rows[1]["Recovered"] > 1.05 * rows[1]["Density"]

assert example_test.source("Glyph").ScaleFactor == score_story.ARROW
arrows = example_test.source("Glyph")
assert arrows.Input.Function == f"Score*{BANDWIDTHS[-1] ** 2}"

story = example_test.pixels(example_test.FOLDER / "score_story" / "0002.png")
side = score_story.SIZE
lower = story[side + 20:, side:2 * side]
panel = example_test.inside(lower, (side, side + 20), score_story.MARGINS)
white = example_test.near(panel, (1, 1, 1), 4).mean()
island = example_test.point_array(example_test.source("DensityFromScore"), "Island")
assert abs(1 - white - (island > 0).mean()) < 0.03, (white, (island > 0).mean())
dark = example_test.near(story[:side + 20, side:2 * side], pictures.TEXT, 30).mean()
assert dark > 0.01, dark
chart = example_test.pixels(example_test.FOLDER / "score_story_chart.png")
for name, (_, colour) in {**score_story.SCORES, **score_story.DENSITIES}.items():
    assert example_test.near(chart, colour, 30).sum() > 100, name
