# SPDX-License-Identifier: BSD-3-Clause
"""Draws time against measured error for Kernel Density and for other programs that estimate densities
on a grid, on this machine in one run.

  PYTHONPATH=BUILD/plugins/ScoreFields/python /usr/bin/python3 compare_accuracy_time.py measure > TABLE.md
  /usr/bin/python3 compare_accuracy_time.py draw TABLE.md PICTURE.png

The first prints a Markdown table, the second makes the picture of it.

Beside Kernel Density (engines Auto and FFT at tolerances from 1e-2 to 1e-12, with the best vector
instructions and with AVX2) run those of the following that are installed:

- the numpy/scipy recipe (recipe_numpy.py),
- FINUFFT: its transform of type 1 takes the samples to Fourier modes, which are multiplied by the
  kernel's; then its type 2, or scipy's FFT, gives the values at the nodes,
- KDEpy's FFTKDE, the package ks of R with binning (r-cran-ks), and scipy's gaussian_kde, whose time
  for all nodes is its time for a few of them times the nodes.

Names of those that are absent stand below the picture. Samples: three Gaussians, h = 0.3 on
[-6, 6]^d. The error is the largest one over 400 nodes, half of them next to samples, over the
largest density, against sums over all pairs. Each configuration runs in a process of its own, with
one and with two threads where it has threads: one run to warm up, then the median of three.
Kernel Density is timed through the pipeline and writes the log density too; the others only compute
the density. "Between threads" is the largest change of a value, over the largest density, when a
second thread is added."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy

from compare_fft_numpy import samples

LIMIT = 6.0
BANDWIDTH = 0.3
CASES = [(1000000, 2, 1024), (1000000, 3, 128)]  # points, dimension, nodes per axis
CHECKED = 400
ROUNDS = 3
TOLERANCES = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12]
# Below that Auto leaves the core to exact sums: minutes in 3-D.
OF_AUTO = TOLERANCES[:-1]
NONE = [0.0]

R_SCRIPT = """
suppressMessages(library(ks))
points <- matrix(readBin("{folder}/points.bin", "double", {count} * {dimension}), ncol = {dimension},
  byrow = TRUE)
ones <- rep(1, {dimension})
work <- function() kde(points, H = {bandwidth}^2 * diag({dimension}), gridsize = {nodes} * ones,
  xmin = -{limit} * ones, xmax = {limit} * ones, binned = TRUE)$estimate
density <- work()
seconds <- replicate({rounds}, system.time(work())[["elapsed"]])
writeBin(as.vector(density), "{folder}/density.bin")
cat(seconds)
"""


def median_time(work, rounds=ROUNDS):
    """Median seconds and the result, after a run to warm up."""
    result = work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


# Each program is a function of (points, nodes per axis, tolerance); it returns seconds and the
# density at all nodes, x fastest, or at the first of the checked ones. It raises ImportError where the
# program is not installed.


def kernel_density(engine):
    def run(points, nodes, tolerance):
        from compare_filter_numpy import make_filter, poly_data
        from compare_filter_numpy import run as update

        dimension = points.shape[1]
        padded = numpy.zeros((len(points), 3))
        padded[:, :dimension] = points
        data = poly_data(padded)
        kde = make_filter(data, dimension, nodes, BANDWIDTH, engine, tolerance, False)
        kde.SetRelativeTolerance(min(tolerance, 0.1))

        def once():
            data.GetPoints().Modified()  # nothing is kept from the run before
            return update(kde)

        return median_time(once)

    return run


def recipe(points, nodes, tolerance):
    import recipe_numpy

    seconds, values = median_time(lambda: recipe_numpy.density(points, nodes, BANDWIDTH, LIMIT))
    return seconds, values.ravel()


def finufft(to_grid):
    """With a period that keeps the images of samples away, and the modes that the kernel leaves."""

    def run(points, nodes, tolerance):
        import finufft as library
        import scipy.fft

        dimension = points.shape[1]
        spacing = 2.0 * LIMIT / (nodes - 1)
        reach = BANDWIDTH * numpy.sqrt(-2.0 * numpy.log(0.1 * tolerance))
        period = scipy.fft.next_fast_len(nodes + int(reach / spacing))  # in nodes
        scale = 2.0 * numpy.pi / (period * spacing)
        half = min(int(numpy.sqrt(-2.0 * numpy.log(0.1 * tolerance)) / (BANDWIDTH * scale)) + 1,
                   period // 2 - 1)
        modes = numpy.arange(-half, half + 1)
        factor = numpy.exp(-0.5 * (BANDWIDTH * scale * modes) ** 2) / (period * spacing)
        threads = int(os.environ["OMP_NUM_THREADS"])
        options = {"eps": max(tolerance, 1e-14), "nthreads": threads}
        ones = numpy.ones(len(points), dtype=complex)
        places = numpy.arange(nodes) * spacing * scale
        grid = [axis.ravel() for axis in numpy.meshgrid(*[places] * dimension, indexing="ij")]
        type1 = {2: library.nufft2d1, 3: library.nufft3d1}[dimension]
        type2 = {2: library.nufft2d2, 3: library.nufft3d2}[dimension]

        def once():
            # Axes are reversed, so that x is the fastest of the result.
            angles = [(points[:, axis] + LIMIT) * scale for axis in reversed(range(dimension))]
            spectrum = type1(*angles, ones, (len(modes),) * dimension, isign=-1, **options)
            for axis in range(dimension):
                spectrum *= factor.reshape([-1 if a == axis else 1 for a in range(dimension)])
            spectrum /= len(points)
            if to_grid == "type 2":
                return type2(*grid, spectrum, isign=1, **options).real
            # The half that a real inverse transform reads, at its places.
            padded = numpy.zeros((period,) * (dimension - 1) + (period // 2 + 1,), dtype=complex)
            rows = numpy.ix_(*[modes % period] * (dimension - 1), numpy.arange(half + 1))
            padded[rows] = spectrum[..., half:]
            values = scipy.fft.irfftn(padded, (period,) * dimension, norm="forward", workers=threads)
            return numpy.ascontiguousarray(values[(slice(nodes),) * dimension])

        seconds, values = median_time(once)
        return seconds, values.ravel()

    return run


def kdepy(points, nodes, tolerance):
    import KDEpy

    dimension = points.shape[1]
    axis = numpy.linspace(-LIMIT, LIMIT, nodes)
    # The last coordinate is the fastest, as KDEpy wants it.
    grid = numpy.stack([a.ravel() for a in numpy.meshgrid(*[axis] * dimension, indexing="ij")], axis=1)
    swapped = numpy.ascontiguousarray(points[:, ::-1])
    seconds, values = median_time(
        lambda: KDEpy.FFTKDE(kernel="gaussian", bw=BANDWIDTH).fit(swapped).evaluate(grid))
    return seconds, values


def ks(points, nodes, tolerance):
    if subprocess.run(["Rscript", "-e", "library(ks)"], capture_output=True, check=False).returncode:
        raise ImportError("ks")
    with tempfile.TemporaryDirectory() as folder:
        points.tofile(folder + "/points.bin")
        script = R_SCRIPT.format(folder=folder, count=len(points), dimension=points.shape[1],
                                 nodes=nodes, bandwidth=BANDWIDTH, limit=LIMIT, rounds=ROUNDS)
        out = subprocess.run(["Rscript", "-e", script], check=True, capture_output=True, text=True).stdout
        values = numpy.fromfile(folder + "/density.bin")  # R's arrays too have x fastest
    return statistics.median(float(text) for text in out.split()), values


def scipy_kde(points, nodes, tolerance):
    import scipy.stats

    dimension, few = points.shape[1], 20
    kde = scipy.stats.gaussian_kde(points.T)
    kde.covariance = BANDWIDTH**2 * numpy.eye(dimension)
    kde.cho_cov = BANDWIDTH * numpy.eye(dimension)
    kde.log_det = dimension * numpy.log(2 * numpy.pi * BANDWIDTH**2)
    places = place_of(checked_nodes(points, nodes)[:few], nodes, dimension)
    seconds, values = median_time(lambda: kde(places.T), 1)
    return seconds * nodes**dimension / few, values


# label: function, whether it has threads, tolerances, vector instructions
PROGRAMS = {
    "Kernel Density, Auto": (kernel_density("Auto"), True, OF_AUTO, ""),
    "Kernel Density, FFT": (kernel_density("FFT"), True, TOLERANCES, ""),
    "Kernel Density, Auto, AVX2": (kernel_density("Auto"), True, OF_AUTO, "avx2"),
    "Kernel Density, FFT, AVX2": (kernel_density("FFT"), True, TOLERANCES, "avx2"),
    "FINUFFT, types 1 and 2": (finufft("type 2"), True, TOLERANCES, ""),
    "FINUFFT type 1, FFT": (finufft("FFT"), True, TOLERANCES, ""),
    "numpy recipe": (recipe, False, NONE, ""),
    "KDEpy": (kdepy, False, NONE, ""),
    "R ks, binned": (ks, False, NONE, ""),
    "scipy gaussian_kde": (scipy_kde, False, NONE, ""),
}


def place_of(numbers, nodes, dimension):
    spacing = 2.0 * LIMIT / (nodes - 1)
    places = [numbers // nodes**axis % nodes * spacing - LIMIT for axis in range(dimension)]
    return numpy.stack(places, axis=1)


def checked_nodes(points, nodes):
    """Numbers of nodes, x fastest: every second next to a sample, the others all over the grid."""
    count, dimension = points.shape
    spacing = 2.0 * LIMIT / (nodes - 1)
    near = numpy.rint((points[:: 2 * count // CHECKED] + LIMIT) / spacing).astype(int).clip(0, nodes - 1)
    numbers = numpy.zeros(CHECKED, dtype=int)
    numbers[::2] = sum(near[: CHECKED // 2, axis] * nodes**axis for axis in range(dimension))
    numbers[1::2] = numpy.random.default_rng(1).integers(0, nodes**dimension, CHECKED // 2)
    return numbers


def exact_sums(points, places):
    dimension = points.shape[1]
    scale = len(points) * (2.0 * numpy.pi * BANDWIDTH**2) ** (dimension / 2.0)
    away = (((points - place) ** 2).sum(axis=1) for place in places)
    return numpy.array([numpy.exp(-0.5 / BANDWIDTH**2 * squares).sum() for squares in away]) / scale


def measured(program, case, tolerance, threads):
    """Seconds, and the density at the checked nodes, from a process of its own; None if absent."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), VTK_SMP_MAX_THREADS=str(threads))
        if PROGRAMS[program][3]:
            environment["SCOREFIELDS_SIMD"] = PROGRAMS[program][3]
        command = [sys.executable, __file__, "one", program, case, tolerance, folder]
        subprocess.run([str(word) for word in command], check=True, env=environment)
        result = json.loads(pathlib.Path(folder, "result.json").read_text())
        return result and (result["seconds"], numpy.array(result["values"]))


def measure_one(program, case, tolerance, folder):
    """What `measured` reads."""
    count, dimension, nodes = CASES[int(case)]
    points = numpy.ascontiguousarray(samples(count, dimension)[:, :dimension])
    result = None
    try:
        seconds, values = PROGRAMS[program][0](points, nodes, float(tolerance))
        if len(values) > CHECKED:
            values = values[checked_nodes(points, nodes)]
        result = {"seconds": seconds, "values": list(values)}
    except ImportError:
        pass
    pathlib.Path(folder, "result.json").write_text(json.dumps(result))


def title_of(case):
    count, dimension, nodes = CASES[case]
    return f"{count:.0e}, {nodes}^{dimension}"


def measure_all():
    print("| points, nodes | program | tolerance | error | 1 thread, s | 2 threads, s | between threads |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for case, (count, dimension, nodes) in enumerate(CASES):
        points = samples(count, dimension)[:, :dimension]
        exact = exact_sums(points, place_of(checked_nodes(points, nodes), nodes, dimension))
        for program, (_, has_threads, tolerances, _) in PROGRAMS.items():
            for tolerance in tolerances:
                runs = [measured(program, case, tolerance, threads)
                        for threads in ((1, 2) if has_threads else (1,))]
                if None in runs:
                    break
                print_row(case, program, tolerance, runs, exact)


def print_row(case, program, tolerance, runs, exact):
    seconds, values = zip(*runs)
    error = max(numpy.abs(v - exact[: len(v)]).max() for v in values) / exact.max()
    change = numpy.abs(values[-1] - values[0]).max() / exact.max()
    cells = [title_of(case), program, f"{tolerance:.0e}" if tolerance else "-", f"{error:.0e}"]
    cells += [f"{s:.3g}" for s in seconds] + ["-"] * (2 - len(seconds))
    cells += ["-" if len(seconds) == 1 else (f"{change:.0e}" if change else "0")]
    print("| " + " | ".join(cells) + " |", flush=True)


def read_table(name):
    """By case and program: errors and seconds, with one and with two threads."""
    curves = {}
    for line in pathlib.Path(name).read_text().splitlines()[2:]:
        case, program, _, error, one, two, _ = (cell.strip() for cell in line.strip("| ").split("|"))
        row = (float(error), float(one), float(one if two == "-" else two))
        curves.setdefault(case, {}).setdefault(program, []).append(row)
    return curves


def draw_curve(axes, program, rows, colour):
    errors, one, two = zip(*rows)
    other_target = bool(PROGRAMS[program][3])
    axes.loglog(errors, one, "--" if other_target else "-", label=program, color=colour, marker="o",
                markersize=3 if other_target else 5, linewidth=0.8 if other_target else 1.6)
    if len(rows) > 1 and not other_target:
        axes.loglog(errors, two, ":", color=colour)


def draw(table, picture):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    curves = read_table(table)
    colours = dict(zip(PROGRAMS, ["C0", "C1", "C0", "C1", "C2", "C4", "C7", "C5", "C6", "C3"]))
    figure, panels = pyplot.subplots(1, len(CASES), figsize=(12, 5.6), sharey=True)
    for case, axes in enumerate(panels):
        count, dimension, nodes = CASES[case]
        for program, rows in curves.get(title_of(case), {}).items():
            draw_curve(axes, program, rows, colours[program])
        axes.set(title=f"{count:,} points, {nodes}^{dimension} nodes, h = {BANDWIDTH}",
                 xlabel="measured error, over the largest density")
        axes.invert_xaxis()
        axes.grid(True, which="major", alpha=0.3)
    panels[0].set_ylabel("seconds, wall time")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncol=5, fontsize=8, bbox_to_anchor=(0.5, 0.04))
    absent = ", ".join(name for name in PROGRAMS if name not in labels) or "none"
    text = "lines: one thread; dotted: two threads; below and to the right is better; not installed: "
    figure.text(0.5, 0.015, text + absent, ha="center", fontsize=8)
    figure.tight_layout(rect=(0, 0.13, 1, 1))
    figure.savefig(picture, dpi=110)


def main():
    {"measure": measure_all, "draw": draw, "one": measure_one}[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
