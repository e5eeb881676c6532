# SPDX-License-Identifier: BSD-3-Clause
"""From samples to a score and back to a density, over the bandwidth.

A frame has four panels at one bandwidth: the density of the study's 200 samples by the classical
transform, its score with what each node is worth, the density that the trusted part of this score
has, and how far that is from the true density. A chart has the errors over the bandwidth.

  pvbatch score_story.py OUTPUT_FOLDER
"""
import csv

from paraview import servermanager, simple
from paraview.vtk.util.numpy_support import vtk_to_numpy

import charts
import colours
import frames
import pictures
import study

HALF_WIDTH = 5
BOX = [-HALF_WIDTH, HALF_WIDTH] * 2
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE, LEGEND = 340, 210
BANDWIDTHS = (0.1, 0.13, 0.17, 0.22, 0.28, 0.36, 0.46, 0.6, 0.77, 1.0)
LARGEST = 0.08  # of the errors that are drawn
EVERY = 12      # nodes from one arrow to the next
ARROW = 0.25    # of a mean shift
SCORES = {"BoxFFT": ("by FFT, each node of the box alike", charts.ORANGE),
          "BoxExact": ("by exact sums, each node alike", charts.PURPLE),
          "FFT": ("by FFT, nodes by the true density", charts.RED),
          "Exact": ("by exact sums, by the true density", charts.GREEN)}
DENSITIES = {"Density": ("kernel density", charts.BLUE),
             "Recovered": ("recovered from the trusted score", charts.GREEN),
             "Share": ("mass where the score is trusted", charts.ORANGE)}


class Story:
    """The filters, at a bandwidth that can be set."""

    def __init__(self):
        self.points = study.samples()
        self.density = study.density(self.points, HALF_WIDTH, BANDWIDTHS[0])
        self.score = simple.ScoreField(Input=self.density, Method="Fourth order", Tolerance=0.05)
        self.recovered = simple.DensityFromScore(Input=self.score, Samples=self.points)
        self.exact = study.density(self.points, HALF_WIDTH, BANDWIDTHS[0], "Exact")
        self.compared = {name: simple.CompareDensities(Input=simple.MixtureTruth(Input=image))
                         for name, image in (("FFT", self.score), ("Exact", self.exact),
                                             ("Recovered", self.recovered))}

        some = simple.ExtractSubset(Input=self.score, SampleRateI=EVERY, SampleRateJ=EVERY)
        some.VOI = [EVERY // 2, study.NODES - 1, EVERY // 2, study.NODES - 1, 0, 0]
        used = simple.Threshold(Input=some, Scalars=["POINTS", "StabilityMask"], LowerThreshold=0.5,
                                UpperThreshold=1.5, ThresholdMethod="Between")
        self.shifts = simple.Calculator(Input=used, ResultArrayName="Shift")
        self.show(BANDWIDTHS[0])

    def show(self, bandwidth):
        """Moves to a bandwidth, with mean shifts, which are the score times its square."""
        self.density.Bandwidth = self.exact.Bandwidth = bandwidth
        self.shifts.Function = f"Score*{bandwidth**2}"

    def errors(self):
        """What the chart shows: a value for each column of SCORES and DENSITIES."""
        values = {name: metrics(compared) for name, compared in self.compared.items()}
        row = {name: values[name]["Relative score error"] for name in ("FFT", "Exact")}
        row.update((f"Box{name}", error_in_box(self.compared[name])) for name in ("FFT", "Exact"))
        row["Density"] = values["FFT"]["Total variation distance"]
        row["Recovered"] = values["Recovered"]["Total variation distance"]
        row["Share"] = trusted_mass(self.compared["FFT"])
        return row


def metrics(compared):
    """Name -> value, from the table of Compare Densities."""
    compared.UpdatePipeline()
    table = servermanager.Fetch(compared, idx=1)
    return {table.GetValueByName(row, "Metric").ToString():
            table.GetValueByName(row, "Value").ToDouble() for row in range(table.GetNumberOfRows())}


def arrays(compared, *names):
    """Point arrays of what Compare Densities shows."""
    data = servermanager.Fetch(compared).GetPointData()
    return [vtk_to_numpy(data.GetArray(name)) for name in names]


def error_in_box(compared):
    """Root mean square error of the score over that of the true score, each node counting alike."""
    error, truth = arrays(compared, "ScoreError", "TrueScore")
    return ((error**2).sum() / (truth**2).sum())**0.5


def trusted_mass(compared):
    """How much of the true density lies where the score is trusted."""
    density, mask = arrays(compared, "TrueDensity", "StabilityMask")
    return density[mask == 1].sum() / density.sum()


def chart(folder, rows):
    """Errors over the bandwidth."""
    path = folder / "score_story.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([rows[0], *(row.values() for row in rows)])
    picture = charts.Charts([560, 560], 420)
    span = (BANDWIDTHS[0], BANDWIDTHS[-1])
    for panel, (title, series, y) in enumerate((
            ("Score: error relative to the true score", SCORES, (0.1, 1000)),
            ("Density: total variation distance from the truth", DENSITIES, (0, 1.6)))):
        view = picture.frame(panel, title, span, y, logarithmic=panel == 0)
        # A table shows once in a view.
        charts.draw(view, simple.CSVReader(FileName=[str(path)]), series, thickness=3)
    charts.label_shares(picture.views[1])
    picture.save(folder / "score_story_chart.png")


def draw(story):
    """The four panels and their legends; returns the picture and the text that says the bandwidth."""
    picture = pictures.Picture([SIZE, SIZE, LEGEND], 2 * (SIZE + 20), rows=2)
    places = (0, 1, 3, 4)
    titles = ("Density by FFT", "Score, and its worth", "Density from this score", "Its error")
    views = [picture.frame(place, BOX, MARGINS) for place in places]
    for view, title in zip(views[1:], titles[1:]):
        pictures.write(view, title)
    caption = pictures.write(views[0], titles[0])
    used = simple.Threshold(Input=story.compared["Recovered"], Scalars=["POINTS", "Island"],
                            LowerThreshold=0.5, UpperThreshold=1e9, ThresholdMethod="Between")
    for view, source in ((views[0], story.density), (views[2], used)):
        _, density = pictures.show_image(view, source, "Density", None, "Surface")
        colours.davos(density, 0, study.PEAK)
        pictures.show_points(view, story.points, 0.03)
    _, classes = pictures.show_image(views[1], story.score, "Reliability", None, "Surface")
    colours.reliability(classes)
    pictures.show_arrows(views[1], story.shifts, "Shift", ARROW, pictures.TEXT, BOX)
    _, errors = pictures.show_image(views[3], used, "DensityError", None, "Surface")
    colours.diverging(errors, LARGEST)
    upper, lower = picture.views[2], picture.views[5]
    pictures.colour_bar(upper, density, "Density", (0.05, 0.56), 0.34)
    pictures.colour_bar(upper, classes, "Reliability", (0.05, 0.05), 0.42)
    pictures.colour_bar(lower, errors, "Error of the density", (0.05, 0.1), 0.6)
    return picture, caption


def main(folder, bandwidths=BANDWIDTHS):
    """Writes the film and the chart; returns the rows of the chart."""
    pictures.start()
    story = Story()
    picture, caption = draw(story)
    film = frames.Frames(folder, "score_story")
    rows = []
    for bandwidth in bandwidths:
        story.show(bandwidth)
        caption.Text = f"Density by FFT, bandwidth {bandwidth:g}"
        rows.append({"Bandwidth": bandwidth, **story.errors()})
        film.add(picture)
    film.write(1)
    chart(folder, rows)
    return rows


if __name__ == "__main__":
    main(pictures.output_folder())
