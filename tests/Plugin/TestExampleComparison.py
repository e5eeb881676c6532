# SPDX-License-Identifier: BSD-3-Clause
"""The comparison of a plain and a sharpened estimate with the truth, and its picture.

Oracles: sums over the samples and the mixture's formula, written down here; sharpening is nearer to
the truth; red pixels are where the error is positive.
"""
import example_test  # first: it finds the examples

import numpy

import compare_densities

points, (plain, sharp) = compare_densities.main(example_test.FOLDER)
h = compare_densities.BANDWIDTH
cloud = numpy.array(example_test.positions(example_test.source("GaussianMixture")))[:, :2]
step = 10 / 255
rows, columns = numpy.divmod(numpy.arange(256**2), 256)
nodes = numpy.stack([-5 + step * columns, -5 + step * rows], axis=1)


def gaussian(offsets, covariance):
    inverse = numpy.linalg.inv(covariance)
    exponent = -0.5 * numpy.einsum("...i,ij,...j->...", offsets, inverse, offsets)
    return numpy.exp(exponent) / (2 * numpy.pi * numpy.sqrt(numpy.linalg.det(covariance)))


tilted, round_ = [[0.5, 0.3], [0.3, 0.5]], [[0.5, 0.0], [0.0, 0.5]]
truth = sum(weight * gaussian(nodes - mean, numpy.array(covariance)) for weight, mean, covariance in
            ((0.2, (-1, -1), tilted), (0.2, (1, 1), tilted), (0.6, (1, -1), round_)))
estimate = numpy.mean([gaussian(nodes - sample, h**2 * numpy.eye(2)) for sample in cloud], axis=0)
error = example_test.point_array(plain, "DensityError")
print("largest difference", abs(error - (estimate - truth)).max())
assert abs(error - (estimate - truth)).max() < 1e-12

measure = numpy.outer(*2 * [numpy.r_[0.5, numpy.ones(254), 0.5]]).ravel() * step**2
found = compare_densities.metrics(plain)
assert abs(found["Total variation distance"] - 0.5 * (measure * abs(estimate - truth)).sum()) < 1e-12
divergence = (measure * estimate * numpy.log(estimate / truth)).sum()
assert abs(found["Kullback-Leibler divergence"] - divergence) < 1e-10
better = compare_densities.metrics(sharp)
for name in compare_densities.SHOWN:
    assert better[name] < found[name], (name, better[name], found[name])

image = example_test.pixels(example_test.FOLDER / "compare_densities.png")
panel = example_test.inside(image[:420, :400], (400, 420), compare_densities.MARGINS)
red = (panel[..., 0] - panel[..., 2] > 60).mean()
blue = (panel[..., 2] - panel[..., 0] > 60).mean()
assert 0.005 < red < 0.5 and 0.005 < blue < 0.5, (red, blue)
