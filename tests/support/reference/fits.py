# SPDX-License-Identifier: BSD-3-Clause
"""Reference values of models fitted by score matching to five points, by their definitions.

With k(r) = exp(-|r|^2 / 2), r = x - y, d = 2:
    Gaussian basis: s_a(x) = sum_m t_ma k(x - x_m),  t_a = -(G + lambda I)^-1 b_a,
        G = mean_i k(x_i - x_m) k(x_i - x_l),  b_ma = mean_i d_a k(x_i - x_m)
    kernel exponential family: s = -(zeta - sum_m Gamma(x, x_m) c_m) / lambda,
        Gamma = (I - r r') k,  zeta(x) = mean_i r_i (d + 2 - |r_i|^2) k(r_i),
        (Gamma + n lambda I) c = zeta at the points
    Gaussian: mean, and covariance with divisor n as (xx, xy, yy).
"""
from mpmath import mp, mpf

from estimates import FIVE
from gaussians import digits, numbers

QUERIES = [["0", "0"], ["0.75", "-0.875"], ["2", "-2"], ["-1", "-1"]]


def minus(x, y):
    return [a - b for a, b in zip(x, y)]


def kernel(r):
    return mp.exp(-sum(c * c for c in r) / 2)


def basis(regularization):
    points = numbers(FIVE)
    n = len(points)
    bumps = mp.matrix(n, n)
    for i in range(n):
        for m in range(n):
            bumps[i, m] = kernel(minus(points[i], points[m]))
    gram = bumps.T * bumps / n + regularization * mp.eye(n)
    parameters = []
    for axis in (0, 1):
        slope = mp.matrix([mp.fsum((points[m][axis] - points[i][axis]) * bumps[i, m]
                                   for i in range(n)) / n for m in range(n)])
        parameters.append(list(-mp.lu_solve(gram, slope)))
    scores = [[mp.fsum(t[m] * kernel(minus(x, points[m])) for m in range(n)) for t in parameters]
              for x in numbers(QUERIES)]
    return {"parameters_x": digits(parameters[0]), "parameters_y": digits(parameters[1]),
            "score": digits(scores)}


def gamma(x, y):
    r = minus(x, y)
    k = kernel(r)
    return [[((a == b) - r[a] * r[b]) * k for b in (0, 1)] for a in (0, 1)]


def zeta(x, points):
    total = [mpf(0), mpf(0)]
    for y in points:
        r = minus(x, y)
        factor = (4 - sum(c * c for c in r)) * kernel(r) / len(points)
        total = [t + factor * c for t, c in zip(total, r)]
    return total


def kernel_family(regularization):
    points = numbers(FIVE)
    n = len(points)
    matrix = n * regularization * mp.eye(2 * n)
    for i in range(n):
        for j in range(n):
            block = gamma(points[i], points[j])
            for a in (0, 1):
                for b in (0, 1):
                    matrix[2 * i + a, 2 * j + b] += block[a][b]
    right = mp.matrix([value for point in points for value in zeta(point, points)])
    c = mp.lu_solve(matrix, right)
    scores = []
    for x in numbers(QUERIES):
        at = zeta(x, points)
        scores.append([-(at[a] - mp.fsum(gamma(x, points[m])[a][b] * c[2 * m + b]
                                         for m in range(n) for b in (0, 1))) / regularization
                       for a in (0, 1)])
    return {"score": digits(scores)}


def gaussian():
    points = numbers(FIVE)
    mean = [mp.fsum(p[a] for p in points) / len(points) for a in (0, 1)]
    covariance = [mp.fsum((p[a] - mean[a]) * (p[b] - mean[b]) for p in points) / len(points)
                  for a, b in ((0, 0), (0, 1), (1, 1))]
    return {"mean": digits(mean), "covariance": digits(covariance)}


def all_fits():
    return {"queries": QUERIES, "gaussian": gaussian(),
            "basis": {text: basis(mpf(text)) for text in ("0.001", "0.1")},
            "kernel_family": {text: kernel_family(mpf(text)) for text in ("0.001", "0.1")}}
