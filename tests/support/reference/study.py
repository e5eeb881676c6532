# SPDX-License-Identifier: BSD-3-Clause
"""Reference values of the study's mixture: three Gaussians in the plane."""
from mpmath import mp, mpf

from gaussians import Value, determinant, digits, inverse, minimum, newton, numbers, times

WEIGHTS = ["0.2", "0.2", "0.6"]
MEANS = [["-1", "-1"], ["1", "1"], ["1", "-1"]]
COVARIANCES = [["0.5", "0.3", "0.5"], ["0.5", "0.3", "0.5"], ["0.5", "0", "0.5"]]

POINTS = [["0", "0"], ["-1", "-1"], ["1", "1"], ["1", "-1"], ["0.5", "-0.25"], ["-2.7", "1.3"],
          ["-3", "3"], ["3", "3"], ["10", "-10"], ["-10", "10"], ["40", "40"], ["-300", "500"]]
BANDWIDTHS = ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "1.0", "1.5", "2.01"]


def smoothed(h):
    """The mixture convolved with N(0, h^2 I): what its kernel densities are in the mean."""
    components = zip(numbers(WEIGHTS), numbers(MEANS), numbers(COVARIANCES))
    return [(weight, mean, inverse((c[0] + h**2, c[1], c[2] + h**2)))
            for weight, mean, c in components]


def mixture():
    """Parameters, moments and values at points.

    mean = sum w m, covariance = sum w (C + m m') - mean mean'; the rest as in gaussians.py.
    """
    weights, means, covariances = numbers(WEIGHTS), numbers(MEANS), numbers(COVARIANCES)
    mean = [mp.fsum(w * m[a] for w, m in zip(weights, means)) for a in (0, 1)]
    covariance = [mp.fsum(w * (c[a + b] + m[a] * m[b]) for w, m, c in
                          zip(weights, means, covariances)) - mean[a] * mean[b]
                  for a, b in ((0, 0), (0, 1), (1, 1))]
    rows = []
    for x in POINTS:
        value = Value(smoothed(0), numbers(x))
        rows.append({"x": x, "p": digits(value.density), "log_p": digits(value.log_density),
                     "score": digits(value.score), "hess_log_p": digits(value.hessian()),
                     "responsibilities": digits(value.shares)})
    return {"weights": WEIGHTS, "means": MEANS,
            "covariances": [[c[:2], c[1:]] for c in COVARIANCES],
            "mean": digits(mean), "covariance": digits(covariance), "points": rows}


def zeros_of_the_score(density):
    """All of them in the square |x|, |y| <= 1.5, which has them all: Newton from 169 places."""
    found = []
    mp.dps = 15
    for i in range(-6, 7):
        for j in range(-6, 7):
            x = newton(density, (mpf(i) / 4, mpf(j) / 4))
            if x and max(map(abs, x)) < 1.5 and all(
                    abs(x[0] - y[0]) + abs(x[1] - y[1]) > 1e-6 for y in found):
                found.append(x)
    mp.dps = 50
    return [newton(density, x) for x in found]


def critical_points():
    """Where the score of the smoothed mixture vanishes; modes first, each kind from left to right.

    The score points inwards far away, so modes + minima - saddles = 1: none was missed.
    """
    table = {}
    for h in BANDWIDTHS:
        density = smoothed(mpf(h))
        rows = []
        for x in zeros_of_the_score(density):
            value = Value(density, x)
            hessian = value.hessian()
            kind = "saddle" if determinant(hessian) < 0 else "mode" if hessian[0] < 0 else "minimum"
            rows.append((kind, x, value.log_density))
        kinds = [kind for kind, _, _ in rows]
        assert len(rows) - 2 * kinds.count("saddle") == 1, (h, rows)
        table[h] = [{"x": digits(x), "kind": kind, "log_p": digits(log_density)}
                    for kind, x, log_density in sorted(rows)]
    return table


def critical_bandwidth():
    """The bandwidth at which a mode of the smoothed mixture meets a saddle.

    There score = 0 and det(Hessian) = 0: three equations for x, y and h. Below it the smoothed
    mixture has 3 modes, above it 1 (the mirror point (-y, -x) folds at the same h).
    """
    def equations(x, y, h):
        value = Value(smoothed(h), (x, y))
        return [*value.score, determinant(value.hessian())]

    x, y, h = mp.findroot(equations, (mpf("0.8"), mpf("0.65"), mpf("0.15")))
    return digits(h)


def integrals():
    """Entropy and Fisher information of the mixture p, and its divergences from smoothed ones q.

    entropy = -int p log p, Fisher information = int p |grad log p|^2,
    Kullback-Leibler divergence = int p log(p / q), Fisher divergence = int p |grad log(p / q)|^2.
    Sums over a lattice with the step 1/12 in [-12, 12]^2. Outside p < e^-121; inside, sums of a
    function that is analytic in a strip of half width a are off by exp(-2 pi a / step). The steps
    1/5 and 1/8 differ by 1e-12, so a = 0.88 and the step 1/12 leaves 1e-28. Nodes with p < 1e-45
    are left out. The mirror (x, y) -> (-y, -x) maps p and q to themselves: half of the nodes do.
    """
    bandwidths = ("0.3", "1.01")
    blurred = [smoothed(mpf(h)) for h in bandwidths]
    sums = [[mpf(0), mpf(0)] for _ in range(3)]
    for i in range(-144, 145):
        for j in range(-144, -i + 1):
            x = (mpf(i) / 12, mpf(j) / 12)
            truth = Value(smoothed(0), x)
            if truth.density < mpf(10)**-45:
                continue
            mass = truth.density * (1 if i == -j else 2) / 144
            sums[0][0] -= mass * truth.log_density
            sums[0][1] += mass * (truth.score[0]**2 + truth.score[1]**2)
            for sum_, density in zip(sums[1:], blurred):
                value = Value(density, x)
                sum_[0] += mass * (truth.log_density - value.log_density)
                sum_[1] += mass * ((truth.score[0] - value.score[0])**2 +
                                   (truth.score[1] - value.score[1])**2)
    result = {"entropy_p": digits(sums[0][0]), "FisherInformation_p": digits(sums[0][1])}
    for h, (divergence, fisher) in zip(bandwidths, sums[1:]):
        result[h] = {"KL_p_to_ph": digits(divergence), "FisherDivergence_p_to_ph": digits(fisher)}
    return result


def overlap(scale, order):
    """sum_kl w_k w_l (-laplacian)^order phi(m_k - m_l), phi = N(0, C_k + C_l + scale I).

    The Laplacian of a centred normal density phi is phi (|S^-1 z|^2 - tr S^-1).
    """
    weights, means, covariances = numbers(WEIGHTS), numbers(MEANS), numbers(COVARIANCES)
    total = mpf(0)
    for w, m, c in zip(weights, means, covariances):
        for u, o, e in zip(weights, means, covariances):
            precision = inverse((c[0] + e[0] + scale, c[1] + e[1], c[2] + e[2] + scale))
            z = (m[0] - o[0], m[1] - o[1])
            y = times(precision, z)
            term = mp.sqrt(determinant(precision)) / (2 * mp.pi)
            term *= mp.exp(-(z[0] * y[0] + z[1] * y[1]) / 2)
            if order == 1:
                term *= precision[0] + precision[2] - y[0]**2 - y[1]**2
            total += w * u * term
    return total


def best_bandwidths():
    """The bandwidths of least mean integrated squared error for n samples of the mixture.

    With Om(a) = overlap(a h^2), the mean of int (f - p)^2 (order 0) or int |grad f - grad p|^2
    (order 1) is R / n + (1 - 1/n) Om(2) - 2 Om(1) + Om(0), with R = int K_h^2 = 1 / (4 pi h^2) or
    int |grad K_h|^2 = 1 / (4 pi h^4) (Marron and Wand 1992; Chacon, Duong and Wand 2011).
    """
    def error(n, order):
        def at(h):
            variance = 1 / (4 * mp.pi * h**(2 + 2 * order))
            return (variance / n + (1 - mpf(1) / n) * overlap(2 * h**2, order) -
                    2 * overlap(h**2, order) + overlap(mpf(0), order))
        return at

    near = {200: ("0.37", "0.42"), 100000: ("0.115", "0.165")}
    return {str(n): {"h_density": digits(minimum(error(n, 0), mpf(density))),
                     "h_gradient": digits(minimum(error(n, 1), mpf(gradient)))}
            for n, (density, gradient) in near.items()}
