# SPDX-License-Identifier: BSD-3-Clause
"""Reference values of kernel densities: five points, and a sample of 200 of the study's mixture."""
from mpmath import mp, mpf

from gaussians import Value, digits, kernel_density, newton, numbers
from study import COVARIANCES, MEANS

FIVE = [["-1", "-1"], ["1", "1"], ["1", "-1"], ["0.5", "-0.75"], ["-0.25", "0.5"]]
NEAR = [["0", "0"], ["-1", "-1"], ["0.75", "-0.875"], ["-0.25", "0.5"], ["0", "-1"], ["1", "0"],
        ["-3", "3"], ["2.5", "-2.5"], ["10", "-10"]]
FAR = [["40", "40"], ["-40", "39.5"], ["1000", "-1000"]]
AROUND = [["0", "0"], ["1", "-1"], ["-1", "-1"], ["1", "1"], ["-2.7", "1.3"], ["3", "3"],
          ["10", "-10"], ["40", "40"]]


def rows(points, h, places):
    """The density at places (gaussians.py), and two numbers of samples that count there.

    ess_kish = 1 / sum r_i^2 (Kish); ess_sizer = sum exp(-|x - x_i|^2 / 2h^2) = n p 2 pi h^2, the
    number of samples under a kernel of height 1.
    """
    density = kernel_density(numbers(points), h)
    result = []
    for x in places:
        value = Value(density, numbers(x))
        result.append({"x": x, "log_p": digits(value.log_density), "score": digits(value.score),
                       "hess_log_p": digits(value.hessian()),
                       "ess_kish": digits(1 / mp.fsum(r**2 for r in value.shares)),
                       "ess_sizer": digits(len(points) * value.density * 2 * mp.pi * h**2)})
    return result


def central_differences(h, delta):
    """(log p(x + delta e_a) - log p(x - delta e_a)) / (2 delta): the study's score."""
    density = kernel_density(numbers(FIVE), h)

    def log_density(x, y):
        return Value(density, (x, y)).log_density

    result = []
    for text in NEAR:
        x, y = numbers(text)
        slopes = ((log_density(x + delta, y) - log_density(x - delta, y)) / (2 * delta),
                  (log_density(x, y + delta) - log_density(x, y - delta)) / (2 * delta))
        result.append({"x": text, "fd_score": digits(slopes)})
    return result


def mean_shift_limits(h):
    """Where the mean shift x -> sum r_i x_i = x + h^2 score leads from each of the points.

    It is run until it moves by less than 1e-8; Newton's steps then give the zero of the score.
    """
    density = kernel_density(numbers(FIVE), h)
    result = []
    for start in FIVE:
        x, step = numbers(start), mpf(1)
        while step > mpf(10)**-8:
            score = Value(density, x).score
            step = h**2 * max(map(abs, score))
            x = [x[0] + h**2 * score[0], x[1] + h**2 * score[1]]
        mode = newton(density, x)
        result.append({"start": start, "mode": digits(mode),
                       "log_p": digits(Value(density, mode).log_density)})
    return result


def sharpened(h):
    """The density of the points moved to x_i + h^2 / 2 score(x_i), with the same bandwidth h."""
    points = numbers(FIVE)
    density = kernel_density(points, h)
    moved = []
    for x in points:
        score = Value(density, x).score
        moved.append((x[0] + h**2 / 2 * score[0], x[1] + h**2 / 2 * score[1]))
    after = kernel_density(moved, h)
    result = []
    for x in [["0", "0"], ["0.75", "-0.875"], ["2", "-2"], ["-1", "-1"]]:
        value = Value(after, numbers(x))
        result.append({"x": x, "log_p": digits(value.log_density), "score": digits(value.score)})
    return {"shifted_points": digits(moved), "rows": result}


def library_grid(h):
    """The algorithm of KernelDensity.jl (bivariate.jl) on 16 by 16 nodes of [-3, 3]^2, unclamped.

    Step delta = 6 / 15. A point between the nodes i and i + 1 gives them the shares 1 - u and u of
    its weight 1 / (n delta^2) along each axis, u = (x - x_i) / delta (linear binning). The discrete
    transform of the bins is multiplied by exp(-h^2 w^2 / 2) for the frequencies w of each axis,
    w_k = 2 pi k / (16 delta), |k| up to 8. This is a circular convolution with
        c_m = (1 / 16) sum_{k = -7}^{8} exp(-h^2 w_k^2 / 2) cos(2 pi k m / 16).
    """
    nodes, delta = 16, mpf(6) / 15
    bins = [[mpf(0)] * nodes for _ in range(nodes)]
    for x, y in numbers(FIVE):
        i, j = (int(mp.floor((c + 3) / delta + mpf(10)**-30)) for c in (x, y))
        u, v = (x + 3) / delta - i, (y + 3) / delta - j
        for a, along_x in ((i, 1 - u), (i + 1, u)):
            for b, along_y in ((j, 1 - v), (j + 1, v)):
                bins[a][b] += along_x * along_y / (5 * delta**2)
    kernel = [mp.fsum(mp.exp(-(h * 2 * mp.pi * k / (nodes * delta))**2 / 2) *
                      mp.cos(2 * mp.pi * k * m / nodes) for k in range(-7, 9)) / nodes
              for m in range(nodes)]
    half = [[mp.fsum(kernel[(i - k) % nodes] * bins[k][j] for k in range(nodes))
             for j in range(nodes)] for i in range(nodes)]
    density = [[mp.fsum(kernel[(j - k) % nodes] * half[i][k] for k in range(nodes))
                for j in range(nodes)] for i in range(nodes)]
    places = [(0, 0), (5, 5), (8, 8), (10, 10), (10, 5), (9, 6), (7, 9), (15, 15), (15, 0), (3, 12)]
    values = [{"ij": [i, j], "value": digits(density[i][j])} for i, j in places]
    return {"density_unclamped": values,
            "min": digits(min(map(min, density))), "max": digits(max(map(max, density)))}


def sample():
    """200 points of the study's mixture with six decimals, which are exactly the data.

    Uniform numbers u = s / 2^64 of Knuth's generator s -> 6364136223846793005 s +
    1442695040888963407 mod 2^64 from s = 42, three a point: one chooses the component by its share
    (0.2, 0.2, 0.6), two give normal numbers z by Box and Muller; x = m + L z with L L' = C.
    """
    state, points = 42, []
    for _ in range(200):
        uniform = []
        for _ in range(3):
            state = (6364136223846793005 * state + 1442695040888963407) % 2**64
            uniform.append(mpf(state) / 2**64)
        k = 0 if uniform[0] < mpf("0.2") else 1 if uniform[0] < mpf("0.4") else 2
        radius = mp.sqrt(-2 * mp.log(1 - uniform[1]))
        z = (radius * mp.cos(2 * mp.pi * uniform[2]), radius * mp.sin(2 * mp.pi * uniform[2]))
        mean, (xx, xy, yy) = numbers(MEANS[k]), numbers(COVARIANCES[k])
        lower = mp.sqrt(xx)
        x = mean[0] + lower * z[0]
        y = mean[1] + xy / lower * z[0] + mp.sqrt(yy - xy**2 / xx) * z[1]
        points.append([format(float(c), ".6f") for c in (x, y)])
    return points
