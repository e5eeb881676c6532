# SPDX-License-Identifier: BSD-3-Clause
"""Prints the tables of TestStudyRegimes.cxx and TestStudyMode.cxx: the study's recipe in numpy.

    python3 tests/support/reference/study_frames.py      needs numpy and mpmath

It is the algorithm of KernelDensity.jl (bivariate.jl) in double precision, for the 200 points of
reference.json on 256 by 256 nodes of [-10, 10]^2: linear binning, real transform, times
exp(-h^2 (w_x^2 + w_y^2) / 2), transform back. The first number is the least value over the largest.
Values below 0 are set to 0; then come the logarithm, and its central difference along y at the
inner nodes. The shares are those of the nodes where
    the density is exactly 0; the difference is no number; it is infinite;
    it is finite and off by more than 0.5 and by more than 10 % of the exact score; it is right.
The tables in the tests were printed with numpy 1.24.2.
"""
import numpy

from estimates import sample

NODES = 256
DELTA = 20 / (NODES - 1)
BANDWIDTHS = (0.01, 0.06, 0.11, 0.16, 0.21, 0.31, 0.51, 0.81, 1.01, 1.31, 1.51)


def binned(points):
    """Linear binning, [y, x]; each point has the mass 1 / n in all."""
    grid = numpy.zeros((NODES, NODES))
    for x, y in points:
        i, j = int((x + 10) // DELTA), int((y + 10) // DELTA)
        u, v = (x + 10) / DELTA - i, (y + 10) / DELTA - j
        grid[j:j + 2, i:i + 2] += numpy.outer([1 - v, v], [1 - u, u]) / (len(points) * DELTA**2)
    return grid


def density(grid, h):
    w_x = 2 * numpy.pi * numpy.fft.rfftfreq(NODES, DELTA)
    w_y = 2 * numpy.pi * numpy.fft.fftfreq(NODES, DELTA)
    factors = numpy.exp(-h**2 * (w_x[None, :]**2 + w_y[:, None]**2) / 2)
    return numpy.fft.irfft2(numpy.fft.rfft2(grid) * factors, s=grid.shape)


def exact_score(points, h):
    """The second component of sum_i r_i (x_i - x) / h^2, r_i = softmax of -|x_i - x|^2 / 2h^2."""
    nodes = numpy.linspace(-10, 10, NODES)
    result = numpy.empty((NODES, NODES))
    for j, y in enumerate(nodes):
        exponents = -((points[:, 0, None] - nodes)**2 + (points[:, 1, None] - y)**2) / (2 * h**2)
        shares = numpy.exp(exponents - exponents.max(axis=0))
        result[j] = (shares * (points[:, 1, None] - y)).sum(axis=0) / shares.sum(axis=0) / h**2
    return result


def shares(points, h):
    values = numpy.maximum(density(binned(points), h), 0)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        logarithm = numpy.log(values)
        slope = (logarithm[2:, 1:-1] - logarithm[:-2, 1:-1]) / (2 * DELTA)
    score = exact_score(points, h)[1:-1, 1:-1]
    finite = numpy.isfinite(slope)
    right = finite & (numpy.abs(slope - score) <= numpy.maximum(0.5, 0.1 * numpy.abs(score)))
    return [(values == 0).mean(), numpy.isnan(slope).mean(), numpy.isinf(slope).mean(),
            (finite & ~right).mean(), right.mean()]


def main():
    points = numpy.array(sample(), dtype=float)
    print("numpy", numpy.__version__)
    for h in BANDWIDTHS:
        row = ", ".join(f"{share:.4f}" for share in shares(points, h))
        values = density(binned(points), h)
        print(f"{values.min() / values.max():.4e} {{ {h}, {{ {{ {row} }} }} }},")


if __name__ == "__main__":
    main()
