# SPDX-License-Identifier: BSD-3-Clause
"""Reference values of random numbers: quantiles, and the points that a seed gives."""
from mpmath import mp, mpf

from gaussians import Value, digits, kernel_density, numbers
from study import COVARIANCES, MEANS

WORD = 2**32


def philox(counter, key):
    """Philox4x32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011): four words from four."""
    for _ in range(10):
        product0, product1 = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [product1 // WORD ^ counter[1] ^ key[0], product1 % WORD,
                   product0 // WORD ^ counter[3] ^ key[1], product0 % WORD]
        key = [(key[0] + 0x9E3779B9) % WORD, (key[1] + 0xBB67AE85) % WORD]
    return counter


def uniform(seed, particle, draw):
    """Draw 0, 1, 2, ... of a particle of a cloud: (m + 1/2) 2^-52, m the upper bits of two words.

    The words are those of the counter (draw / 2, 2^32 - 1, particle), 2^32 - 1 being the step that
    stands for exact sampling, and the seed as the key; odd draws take the second two words.
    """
    words = philox([draw // 2, WORD - 1, particle % WORD, particle // WORD],
                   [seed % WORD, seed // WORD])
    low, high = words[2 * (draw % 2):2 * (draw % 2) + 2]
    return ((high * WORD + low) // 2**12 + mpf(1) / 2) / mpf(2)**52


def normal_quantile(p):
    """The x with erfc(-x / sqrt(2)) / 2 = p."""
    with mp.workdps(mp.dps + 20):
        return -mp.sqrt(2) * mp.erfinv(1 - 2 * p)


def normal_quantiles():
    """For probabilities in both tails and the middle; the last one is 2^-53."""
    places = ["0.5", "0.3", "0.075", "0.925", "0.01", "1e-5", "1e-12", mp.nstr(mpf(2)**-53, 40)]
    return [{"p": p, "x": digits(normal_quantile(mpf(p)))} for p in places]


def chi_square_quantiles():
    """The w with Gamma(d / 2, w / 2) / Gamma(d / 2) = 0.05, for d = 1, 2 and 3."""
    def excess(d):
        return lambda w: mp.gammainc(mpf(d) / 2, w / 2, regularized=True) - mpf("0.05")

    return [digits(mp.findroot(excess(d), 2 + 2 * d)) for d in (1, 2, 3)]


def cloud(count):
    """Points of the study's mixture from seed 1: m + L z, L L' = C, the component by its share."""
    points = []
    for particle in range(count):
        u = uniform(1, particle, 0)
        k = 0 if u < mpf("0.2") else 1 if u < mpf("0.4") else 2
        z = [normal_quantile(uniform(1, particle, draw)) for draw in (1, 2)]
        mean, (xx, xy, yy) = numbers(MEANS[k]), numbers(COVARIANCES[k])
        lower = mp.sqrt(xx)
        points.append((mean[0] + lower * z[0],
                       mean[1] + xy / lower * z[0] + mp.sqrt(yy - xy**2 / xx) * z[1]))
    return points


def cloud_modes():
    """Where the mean shift with h = 0.28 leads among 1000 points of seed 1, from two places."""
    h = mpf("0.28")
    density = kernel_density(cloud(1000), h)
    modes = []
    for x in ((mpf(1), mpf(-1)), (mpf(1), mpf(1))):
        step = mpf(1)
        while step > mpf(10)**-28:
            score = Value(density, x).score
            step = h**2 * max(map(abs, score))
            x = (x[0] + h**2 * score[0], x[1] + h**2 * score[1])
        modes.append(digits(x))
    return modes
