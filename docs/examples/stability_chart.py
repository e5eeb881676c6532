# SPDX-License-Identifier: BSD-3-Clause
"""Which share of the nodes has a sound score, and how far the score is from the truth, over the
bandwidth and under both engines: the classical FFT recipe and exact sums.

Left as Score Field reports it, at every step of a sweep; right the mean squared error of the score
over all nodes and over the sound ones, weighted with the true density. To the left of 0.1 the classical
recipe seems better: it has no numbers there, Score Field puts 0 in their place, and 0 is nearer to the
truth than the wild score of a tiny bandwidth.

  pvbatch stability_chart.py OUTPUT_FOLDER
"""
import csv

from paraview import simple

import charts
import frames
import pictures
import study

BANDWIDTHS = study.schedule(41)
FFT, EXACT = "classical FFT recipe", "exact sums"
COLUMNS = ("StableShare", "FisherDivergence", "StableFisherDivergence")


def branch(points, engine, bandwidths):
    """A sweep and its score beside the true one."""
    density = study.density(points, 6, bandwidths[0], engine)
    study.sweep(density, bandwidths)
    truth = simple.MixtureTruth(Input=density)
    return simple.ScoreField(
        Input=truth, Tolerance=0.05,
        Method="Best available" if engine == "Exact" else "Central difference")


def measure(bandwidths):
    """Rows of bandwidth and, for each engine, the columns."""
    points = study.samples()
    fields = [branch(points, engine, bandwidths) for engine in ("FFT", "Exact")]
    rows = []
    for step, bandwidth in enumerate(bandwidths):
        rows.append([bandwidth])
        for field in fields:
            field.UpdatePipeline(step)
            rows[-1] += [field.FieldData[name].GetRange()[0] for name in COLUMNS]
    return rows


def main(folder, bandwidths=None):
    """Writes the numbers and draws them."""
    pictures.start()
    rows = measure(bandwidths or BANDWIDTHS)
    path = folder / "stability_chart.csv"
    names = [f"{name} {engine}" for engine in ("FFT", "Exact") for name in COLUMNS]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["Bandwidth", *names], *rows])
    table = simple.CSVReader(FileName=[str(path)])
    picture = charts.Charts([560, 560], 460)
    shares = picture.frame(0, "Nodes with a sound score", (0.01, 2), (0, 1.25))
    charts.label_shares(shares)
    charts.draw(shares, table, {
        "StableShare Exact": (EXACT, charts.GREEN), "StableShare FFT": (FFT, charts.RED),
    }, thickness=3)
    errors = picture.frame(1, "Mean squared error of the score", (0.01, 2), (0.1, 1e5),
                           logarithmic=True)
    charts.draw(errors, table, {
        "FisherDivergence Exact": (EXACT, charts.GREEN),
        "FisherDivergence FFT": (f"{FFT}, all nodes", charts.RED),
        "StableFisherDivergence FFT": (f"{FFT}, sound nodes", charts.ORANGE),
    }, thickness=3)
    picture.save(folder / "stability_chart.png")
    return folder / "stability_chart.png"


if __name__ == "__main__":
    main(pictures.output_folder())
