# SPDX-License-Identifier: BSD-3-Clause
"""The study's density, spoiled by its transform, recovered from the reliable part of its score.

Oracles: the exact density of the same samples, by log-sum-exp, with the kernel that binning widens;
the mask of Score Field; the sides of the picture, which are white where nothing is recovered.
"""
import example_test  # first: it finds the examples

import numpy

import density_from_score
import study

recovered, used = density_from_score.main(example_test.FOLDER)
mask = example_test.point_array(recovered, "StabilityMask")
island = example_test.point_array(recovered, "Island")
density = example_test.point_array(recovered, "Density")
assert ((island > 0) == (mask == 1)).all()
assert (density[island == 0] == 0).all() and (density[island > 0] > 0).all()

# A sample at the share t of a cell is binned with the variance t (1 - t) step^2, up to step^2 / 6 from
# the mean. Where its kernel is exp(-a), that changes the logarithm by up to a step^2 / (6 h^2).
cloud = numpy.array(example_test.positions(example_test.source("GaussianMixture")))
step = 20 / 255
rows, columns = numpy.divmod(numpy.arange(256**2), 256)
nodes = numpy.stack([-10 + step * columns, -10 + step * rows], axis=1)[island == 1]
widened = density_from_score.BANDWIDTH**2 + step**2 / 6
squares = ((nodes[:, None, :] - cloud[None, :, :2])**2).sum(axis=2) / (2 * widened)
exact = numpy.log(numpy.exp(-squares).mean(axis=1) / (2 * numpy.pi * widened))
error = abs(numpy.log(density[island == 1]) - exact)
share = step**2 / (6 * widened)
core = exact > exact.max() - numpy.log(1000)
assert core.sum() > 2000 and error[core].max() < share * numpy.log(1000), error[core].max()
assert error.max() < share * (exact.max() - exact.min()), error.max()
assert study.field(recovered, "SamplesOutsideIslands") == [0]

image = example_test.pixels(example_test.FOLDER / "density_from_score.png")
middle = example_test.inside(image[:420, 400:800], (400, 420), density_from_score.MARGINS)
white = example_test.near(middle, (1, 1, 1), 8).mean()
share = (island > 0).mean()
assert abs(1 - white - share) < 0.03, (white, share)
