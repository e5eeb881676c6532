# SPDX-License-Identifier: BSD-3-Clause
"""Writes tests/support/reference.json: the values that tests compare with, from their definitions.

    python3 tests/support/reference/make_reference.py            writes the file: some three minutes
    ... --check            changes nothing; fails and names each number that is not the same
    ... --check --quick    the same without the parts that take more than a few seconds

Every number is a decimal string of 25 digits, found with 50 digits by mpmath (python3-mpmath). The
formulas stand in the comments of gaussians.py (sums of Gaussians), study.py (the study's mixture),
estimates.py (kernel densities of points), bandwidths.py (rules that choose a bandwidth), fits.py
(models fitted by score matching) and draws.py (random numbers).
"""
import json
import pathlib
import sys

try:
    from mpmath import mpf
except ImportError:
    print("mpmath is not installed (python3-mpmath): nothing was checked")
    sys.exit(77)  # CTest: skipped

import bandwidths
import draws
import estimates
import fits
import study
from gaussians import digits, numbers

FILE = pathlib.Path(__file__).resolve().parents[1] / "reference.json"
ABOUT = "Written by tests/support/reference/make_reference.py, which says what each number is."


def kernel_densities():
    """Of five points, out to where the density is exp(-1.1e7), and of the sample."""
    places = estimates.NEAR + estimates.FAR
    return {f"h{h}": estimates.rows(estimates.FIVE, mpf(h), places)
            for h in ("0.3", "0.01", "2.01")}


def rules():
    points = numbers(estimates.sample())
    along = [[point[axis] for point in points] for axis in (0, 1)]
    return {**bandwidths.normal_scale(points),
            "isj_botev_xy": [bandwidths.sheather_jones(values) for values in along]}


# JSON pointer -> what computes the value there.
QUICK = {
    "/seed_mixture": study.mixture,
    "/seed_mixture/critical_bandwidth/h": study.critical_bandwidth,
    "/kde5": kernel_densities,
    "/kde5/points": lambda: estimates.FIVE,
    "/kde5/central_difference_of_log_density_h0.3_delta20over255":
        lambda: estimates.central_differences(mpf("0.3"), mpf(20) / 255),
    "/kde5/mean_shift_limits":
        lambda: {h: estimates.mean_shift_limits(mpf(h)) for h in ("0.3", "0.6", "1.0")},
    "/score_fits_of_five_points": fits.all_fits,
    "/sd_kde_5pt_h0.3": lambda: estimates.sharpened(mpf("0.3")),
    "/kerneldensity_jl_16x16/grids":
        lambda: {f"h{h}": estimates.library_grid(mpf(h)) for h in ("0.3", "0.05")},
    "/sample200/points": estimates.sample,
    "/sample200/kde_h0.3":
        lambda: estimates.rows(estimates.sample(), mpf("0.3"), estimates.AROUND),
    "/sample200/selectors": rules,
    "/exact_mise_seed_mixture/optimum": study.best_bandwidths,
    "/draws/normal_quantiles": draws.normal_quantiles,
    "/draws/chi_square_quantiles": draws.chi_square_quantiles,
    "/draws/first_points_of_seed_1": lambda: digits(draws.cloud(3)),
}
SLOW = {
    "/seed_mixture/critical_points_of_smoothed_density/by_h": study.critical_points,
    "/metrics/values": study.integrals,
    "/sample200/selectors": lambda: bandwidths.cross_validated(numbers(estimates.sample())),
    "/draws/modes_of_1000_points_h0.28": draws.cloud_modes,
}


def computed(parts):
    """The values of (pointer, function) pairs as one tree."""
    tree = {}
    for pointer, compute in parts:
        *path, name = pointer.split("/")[1:]
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        value = compute()
        node[name] = {**node[name], **value} if name in node else value
    return tree


def differences(found, stored, whole, path=""):
    """What is not the same to 23 digits; `whole`: the file has nothing more than was computed."""
    if isinstance(found, list) and isinstance(stored, list) and len(found) == len(stored):
        found, stored = dict(enumerate(found)), dict(enumerate(stored))
    if isinstance(found, dict) and isinstance(stored, dict):
        lines = [f"{path}/{key}: not in the file" for key in found.keys() - stored.keys()]
        if whole:
            lines += [f"{path}/{key}: only in the file" for key in stored.keys() - found.keys()]
        for key in found.keys() & stored.keys():
            lines += differences(found[key], stored[key], whole, f"{path}/{key}")
        return sorted(lines)
    if found == stored:
        return []
    try:
        same = abs(mpf(found) - mpf(stored)) <= mpf(10)**-23 * abs(mpf(found))
    except (TypeError, ValueError):
        same = False
    return [] if same else [f"{path}: {stored} in the file, {found} computed"]


def text_of(value, indent=""):
    """JSON with whatever fits on a line of 100 columns on one line."""
    line = json.dumps(value)
    if len(indent) + len(line) <= 98 or not isinstance(value, (dict, list)):
        return line
    inner = indent + " "
    if isinstance(value, dict):
        entries = [f"{inner}{json.dumps(k)}: {text_of(entry, inner)}" for k, entry in value.items()]
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + text_of(entry, inner) for entry in value) + f"\n{indent}]"


def main():
    quick = "--quick" in sys.argv
    tree = {"about": ABOUT, **computed([*QUICK.items(), *([] if quick else SLOW.items())])}
    if "--check" not in sys.argv:
        FILE.write_text(text_of(tree) + "\n")
        return 0
    lines = differences(tree, json.loads(FILE.read_text()), whole=not quick)
    print("\n".join(lines) or f"{FILE.name} is what the definitions give")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
