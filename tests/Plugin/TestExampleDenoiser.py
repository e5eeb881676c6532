# SPDX-License-Identifier: BSD-3-Clause
"""A network that learns to denoise beside the kernel density whose score it should have.

Oracles: the identity of denoising, by which the loss is that of the kernel density and the distance
of the scores; the sums of the kernel density and the mixture's formula, written down in numpy, for the
errors over the noise; the film's frames.
"""
import example_test  # first: it finds the examples

import numpy

import denoiser
import score_matching_fit
import study

history, times, rows = denoiser.main(example_test.FOLDER, denoiser.NOISES[::2])
columns = {history.GetColumnName(i): numpy.array([history.GetValue(row, i).ToDouble()
           for row in range(history.GetNumberOfRows())]) for i in range(history.GetNumberOfColumns())}
assert list(columns["Step"]) == times and times[-1] == denoiser.STEPS and len(times) == 101
# Measured at 4096 noisy samples: the identity misses by the mean of a product of which each factor has
# the size of the distance and of the loss.
gap = columns["Loss"] - columns["KernelLoss"] - columns["KernelDistance"]
bound = 5 * numpy.sqrt(4 * columns["KernelDistance"] * columns["KernelLoss"] / 4096)
assert (abs(gap) < bound).all(), (gap, bound)
assert columns["KernelScoreError"][0] > 0.2 and columns["KernelScoreError"][-1] < 0.08
assert (numpy.diff(columns["Loss"][::25]) < 0.01).all() and columns["Loss"][-1] < columns["Loss"][0] - 0.05

half_width = score_matching_fit.HALF_WIDTH
nodes, measure = example_test.square(half_width, study.NODES)
truth, score = example_test.study_truth(nodes)
cloud = numpy.array(example_test.positions(example_test.source("GaussianMixture")))[:, :2]
size = (measure * truth * (score**2).sum(axis=1)).sum()
for row in rows:
    miss = example_test.kernel_score(nodes, cloud, row["Bandwidth"]) - score
    error = numpy.sqrt((measure * truth * (miss**2).sum(axis=1)).sum() / size)
    assert abs(row["Kernel"] - error) < 1e-8 * error, (row, error)
# The wider the noise, the smoother the score, and the nearer a network of one size comes. Where the
# kernel density follows each sample, the network cannot, and is the nearer to the truth.
distances = [row["Distance"] for row in rows]
assert distances == sorted(distances, reverse=True) and distances[-1] < 0.02, distances
assert rows[0]["Network"] < 0.9 * rows[0]["Kernel"]
best = min(rows, key=lambda row: row["Kernel"])
assert rows[0]["Kernel"] > 2 * best["Kernel"] and rows[-1]["Kernel"] > best["Kernel"]

frames = sorted((example_test.FOLDER / "denoiser_training").glob("*.png"))
assert len(frames) == len(denoiser.SHOWN)
first, last = (example_test.pixels(path) for path in (frames[0], frames[-1]))
side = score_matching_fit.SIZE
kernel = slice(0, side)
network = slice(side, 2 * side)
below = slice(40, None)  # the titles
assert (first[below, kernel] == last[below, kernel]).all(), "the kernel density stays"
assert (first[below, network] != last[below, network]).any(axis=2).mean() > 0.05
text = [text for text in example_test.texts() if text.startswith("Network, step")]
assert text == [f"Network, step {denoiser.STEPS}: error {columns['KernelScoreError'][-1]:.2f}"], text
