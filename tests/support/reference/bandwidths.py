# SPDX-License-Identifier: BSD-3-Clause
"""Reference values of the rules that choose a bandwidth, for the sample of 200 points.

The criteria, for n points in d dimensions, K_h the normal kernel and f_-i the estimate without the
point i; each estimates a distance between the estimate and the density behind the points:
    lscv_density    int f^2 - (2 / n) sum_i f_-i(x_i)                     (Bowman 1984)
    lscv_gradient   int |grad f|^2 + (2 / n) sum_i laplacian f_-i(x_i)    (Chacon and Duong 2013)
    likelihood_cv   (1 / n) sum_i log f_-i(x_i), to be made largest       (Duin 1976)
    loo_hyvarinen   (1 / n) sum_i (|s_-i|^2 / 2 + laplacian log f_-i)(x_i), s = grad log f
                                                                          (Hyvarinen 2005)
with int f^2 = n^-2 sum_ij K_g(x_i - x_j) and int |grad f|^2 = -n^-2 sum_ij laplacian K_g(x_i - x_j)
for g = sqrt(2) h, and laplacian K_h(z) = K_h(z) (|z|^2 / h^2 - d) / h^2.
"""
from mpmath import fp, mp, mpf

from gaussians import digits, minimum, numbers


def least_squares(points, order):
    """The criterion for the density (order 0) or its gradient (order 1)."""
    n, d = len(points), len(points[0])

    def criterion(h, context=mp):
        wide = narrow = 0
        for i, p in enumerate(points):
            for q in points[:i]:
                half = sum((a - b)**2 for a, b in zip(p, q)) / (2 * h**2)
                root = context.exp(-half / 2)
                # laplacian K_g = K_g (half - d) / 2h^2, laplacian K_h = K_h (2 half - d) / h^2
                wide += root * (d - half) / (2 * h**2) if order else root
                narrow += root**2 * (d - 2 * half) / h**2 if order else root**2
        diagonal = n * (d / (2 * h**2) if order else 1)
        peak = (2 * context.pi * h**2)**(-context.mpf(d) / 2)
        return peak * ((diagonal + 2 * wide) / (2**(context.mpf(d) / 2) * n**2) -
                       4 * narrow / (n * (n - 1)))
    return criterion


def leave_one_out(points, h, context):
    """Means over i of log f_-i and of Hyvarinen's terms.

    With r_j the shares of the others in f_-i, v_j = (x_j - x_i) / h^2 and s = sum r_j v_j, these
    terms are |s|^2 / 2 + laplacian log f_-i = sum r_j |v_j|^2 - |s|^2 / 2 - d / h^2.
    """
    n, d = len(points), len(points[0])
    kernel = [[context.mpf(0)] * n for _ in range(n)]
    for i, p in enumerate(points):
        for j, q in enumerate(points[:i]):
            kernel[i][j] = kernel[j][i] = context.exp(
                -sum((a - b)**2 for a, b in zip(p, q)) / (2 * h**2))
    likelihood = hyvarinen = 0
    for p, row in zip(points, kernel):
        total = sum(row)
        score = [sum(e * (q[a] - p[a]) for e, q in zip(row, points)) / (total * h**2)
                 for a in range(d)]
        square = sum(e * sum((a - b)**2 for a, b in zip(p, q)) for e, q in zip(row, points))
        likelihood += context.log(total)
        hyvarinen += square / (total * h**4) - sum(s**2 for s in score) / 2
    peak = (2 * context.pi * h**2)**(-context.mpf(d) / 2)
    return likelihood / n + context.log(peak / (n - 1)), hyvarinen / n - d / h**2


def best(points, criterion_of, sign=1):
    """Where a criterion (times the sign) is least, and its value there.

    Double arithmetic at 29 bandwidths finds the neighbourhood of the least minimum.
    """
    rough = criterion_of([[float(c) for c in p] for p in points])
    start = min((0.1 + 0.05 * i for i in range(29)), key=lambda h: sign * rough(h, fp))
    exact = criterion_of(points)
    h = minimum(exact, mpf(start))
    return {"h": digits(h), "value_at_h": digits(exact(h))}


def sheather_jones(values):
    """The improved Sheather-Jones bandwidth (Botev, Grotowski and Kroese 2010, algorithm 1, l = 7).

    An interval of length R exceeds the values by a tenth of their range on either side; u_i in
    [0, 1] are the places there and a_k = mean of cos(pi k u_i). The density smoothed for the time t
    has an s-th derivative of squared norm N_s(t) = 2 sum_k (pi k)^(2s) a_k^2 exp(-(pi k)^2 t).
    From M_7 = N_7(t) follow, for s = 6, ..., 2, with b_s = (1 + 2^-(s + 1/2)) / 3,
        t_s = (b_s 1 3 5 ... (2s - 1) / (n sqrt(pi / 2) M_(s+1)))^(2 / (3 + 2s)),   M_s = N_s(t_s).
    The solution is the largest t < 0.1 with t = (2 n sqrt(pi) M_2)^(-2/5); the bandwidth is
    R sqrt(t).
    """
    n, low = len(values), min(values)
    spread = max(values) - low
    length = spread * mpf(12) / 10
    places = [(value - low + spread / 10) / length for value in values]
    cosines = [(mp.fsum(mp.cos(mp.pi * k * u) for u in places) / n)**2 for k in range(1, 301)]

    def norm(s, t):
        return 2 * mp.fsum((mp.pi * k)**(2 * s) * a * mp.exp(-(mp.pi * k)**2 * t)
                           for k, a in enumerate(cosines, 1))

    def excess(t):
        size = norm(7, t)
        for s in range(6, 1, -1):
            odd = mp.fprod(range(1, 2 * s, 2))
            factor = (1 + mpf(2)**(-s - mpf(1) / 2)) / 3
            time = (factor * odd / (n * mp.sqrt(mp.pi / 2) * size))**(mpf(2) / (3 + 2 * s))
            size = norm(s, time)
        return t - (2 * n * mp.sqrt(mp.pi) * size)**(-mpf(2) / 5)

    upper = mpf("0.1")
    while excess(upper / mpf("1.3")) > 0:
        upper /= mpf("1.3")
    solution = mp.findroot(excess, (upper / mpf("1.3"), upper), solver="anderson")
    assert mp.exp(-(mp.pi * 300)**2 * solution / 10) < mpf(10)**-50, "too few cosines"
    return digits(length * mp.sqrt(solution))


def normal_scale(points):
    """The rules c^2 S, S the covariance with the divisor n - 1; c is for normal data the best.

    Scott: c = n^(-1/(d+4)); Silverman: c = (4 / ((d+2) n))^(1/(d+4)), least error of the density;
    normal gradient: c = (4 / ((d+4) n))^(1/(d+6)), least error of the gradient.
    """
    n, d = len(points), 2
    mean = [mp.fsum(p[a] for p in points) / n for a in range(d)]
    covariance = [mp.fsum((p[a] - mean[a]) * (p[b] - mean[b]) for p in points) / (n - 1)
                  for a, b in ((0, 0), (0, 1), (1, 1))]
    scott = mpf(n)**(-mpf(1) / (d + 4))
    silverman = (mpf(4) / ((d + 2) * n))**(mpf(1) / (d + 4))
    gradient = (mpf(4) / ((d + 4) * n))**(mpf(1) / (d + 6))
    return {"sample_cov": digits(covariance), "scott_factor": digits(scott),
            "silverman_factor": digits(silverman),
            "normal_gradient_factor": digits(gradient),
            "h_scott_xy": digits([scott * mp.sqrt(covariance[a]) for a in (0, 2)]),
            "silverman_covariance": digits([silverman**2 * c for c in covariance]),
            "normal_gradient_covariance": digits([gradient**2 * c for c in covariance])}


def cross_validated(points):
    """The criteria of all rules, in the plane, and least squares along the first axis alone."""
    def loo(which):
        return lambda p: lambda h, context=mp: leave_one_out(p, h, context)[which]

    line = [p[:1] for p in points]
    return {"likelihood_cv_max": best(points, loo(0), -1), "loo_hyvarinen": best(points, loo(1)),
            "lscv_density": best(points, lambda p: least_squares(p, 0)),
            "lscv_gradient": best(points, lambda p: least_squares(p, 1)),
            "lscv_density_x": best(line, lambda p: least_squares(p, 0))}
