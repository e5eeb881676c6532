# SPDX-License-Identifier: BSD-3-Clause
"""Sums of Gaussians in the plane with 50 digits, by their definitions.

A density is a list of components (weight w, mean m, precision P = C^-1), all of them in mpmath's
numbers, whose exponents have no end: exp(-1e7) does not underflow. With
    e_k = w_k sqrt(det P_k) / (2 pi) exp(-(x - m_k)' P_k (x - m_k) / 2),   p = sum e_k,
    r_k = e_k / p,   v_k = P_k (m_k - x)
    score = grad log p = sum r_k v_k
    Hessian of log p = sum r_k (v_k v_k' - P_k) - score score'
                     = (1/2) sum_kl r_k r_l (v_k - v_l) (v_k - v_l)' - sum r_k P_k
The last form has no differences of large terms. Symmetric tensors are (xx, xy, yy).
"""
from mpmath import mp, mpf

mp.dps = 50


def digits(value):
    """A number as it stands in the file: 25 digits; lists element by element."""
    if isinstance(value, (list, tuple)):
        return [digits(entry) for entry in value]
    return mp.nstr(value, 25, strip_zeros=False, min_fixed=-5)


def numbers(texts):
    """The opposite of digits()."""
    return [numbers(t) if isinstance(t, (list, tuple)) else mpf(t) for t in texts]


def determinant(tensor):
    return tensor[0] * tensor[2] - tensor[1]**2


def inverse(tensor):
    det = determinant(tensor)
    return (tensor[2] / det, -tensor[1] / det, tensor[0] / det)


def times(tensor, vector):
    return (tensor[0] * vector[0] + tensor[1] * vector[1],
            tensor[1] * vector[0] + tensor[2] * vector[1])


def kernel_density(points, h):
    """The components of a kernel density with the isotropic bandwidth h."""
    return [(mpf(1) / len(points), tuple(point), (1 / h**2, mpf(0), 1 / h**2)) for point in points]


class Value:
    """What a density is at a point."""

    def __init__(self, density, x):
        terms, velocities = [], []
        for weight, mean, precision in density:
            offset = (mean[0] - x[0], mean[1] - x[1])
            velocity = times(precision, offset)
            exponent = -(offset[0] * velocity[0] + offset[1] * velocity[1]) / 2
            terms.append(weight * mp.sqrt(determinant(precision)) / (2 * mp.pi) * mp.exp(exponent))
            velocities.append(velocity)
        self.density = mp.fsum(terms)
        self.log_density = mp.log(self.density)
        self.shares = [term / self.density for term in terms]
        self.velocities = velocities
        self.precisions = [precision for _, _, precision in density]
        self.score = tuple(
            mp.fsum(r * v[a] for r, v in zip(self.shares, velocities)) for a in (0, 1))

    def hessian(self):
        result = [
            -mp.fsum(r * p[a] for r, p in zip(self.shares, self.precisions)) for a in range(3)]
        for k, (r, v) in enumerate(zip(self.shares, self.velocities)):
            for other, u in zip(self.shares[:k], self.velocities):
                x, y = v[0] - u[0], v[1] - u[1]
                for a, product in enumerate((x * x, x * y, y * y)):
                    result[a] += r * other * product
        return result


def newton(density, x):
    """The point near x where the score vanishes, by Newton's steps; None if they lead nowhere."""
    for _ in range(60):
        value = Value(density, x)
        hessian = value.hessian()
        if determinant(hessian) == 0:
            return None
        step = times(inverse(hessian), value.score)
        x = (x[0] - step[0], x[1] - step[1])
        if max(abs(x[0]), abs(x[1])) > 10:
            return None
        if abs(step[0]) + abs(step[1]) < mpf(10)**(-0.8 * mp.dps):
            return x
    return None


def minimum(function, start):
    """The place near start where function is least: the zero of its derivative, by the secant.

    The derivative is a central difference with the step 1e-16, off by about 1e-32 (truncation) and
    1e-34 (rounding), so that the zero has 25 digits where the second derivative is of order 1.
    """
    step = mpf(10)**-16

    def slope(h):
        return (function(h + step) - function(h - step)) / (2 * step)

    before, now = start, start * mpf("1.001")
    slope_before = slope(before)
    while abs(now - before) > mpf(10)**-27:
        slope_now = slope(now)
        change = slope_now * (now - before) / (slope_now - slope_before)
        before, slope_before, now = now, slope_now, now - change
    return now
