# SPDX-License-Identifier: BSD-3-Clause
"""The dial from memorising samples to going on between them: Score Smoothing.

200 samples of a spiral with noise. Three flows begin with the same noise and narrow the bandwidth
towards 0. The probability flow and annealed Langevin steps with the score of the samples end on the
samples, one without and one with chance on the way. The probability flow with the score averaged
over a Gaussian ends between them, near the curve that the samples came from. The chart shows how many
particles end on a sample, and how far they are from the curve, over the dial.

  pvbatch flow_dial.py OUTPUT_FOLDER
"""
import csv

import numpy
from paraview import servermanager, simple
from paraview.vtk.util.numpy_support import vtk_to_numpy

import charts
import frames
import pictures

BOX = (-3.4, 3.4, -3.4, 3.4)
MARGINS = (15, 15, 45, 45)
FIRST = 1
BANDWIDTH = 0.15
LAST = BANDWIDTH / 50
STEPS = 40
EVERY = 2  # steps from one frame to the next
LANGEVIN_STEPS = 10  # for one of the probability flow
DIAL = (0, 0.05, 0.1, 0.15, 0.2, 0.3)
UP = 0.15
TRAILS = 3
MOST = 0.05  # particles on a sample that may be left
FURTHER = 1.2  # from the curve than without smoothing
GREY = [0.7, 0.7, 0.7]
CURVE = [0.45, 0.6, 0.8]


def curve():
    """The spiral without noise: its radius grows with the angle to 2.6 at three turns."""
    angle = numpy.linspace(numpy.pi, 6 * numpy.pi, 2000)
    radius = 2.6 / (6 * numpy.pi) * angle
    return numpy.stack((radius * numpy.cos(angle), radius * numpy.sin(angle), 0 * angle), axis=1)


def positions(source, step=0):
    """The points of a source at a step."""
    source.UpdatePipeline(step)
    return vtk_to_numpy(servermanager.Fetch(source).GetPoints().GetData())


def distances(points, others):
    """From each point to the nearest of others."""
    return numpy.linalg.norm(points[:, None] - others[None, :], axis=2).min(axis=1)


def flow(samples, particles, steps, mode="Probability flow", smoothing=0):
    """From noise towards bandwidth 0."""
    return simple.ScoreFlow(
        Input=samples, Mode=mode, BandwidthRule="Manual", Bandwidth=BANDWIDTH, FirstBandwidth=FIRST,
        LastBandwidth=LAST, StartFrom="Noise", NumberOfParticles=particles, NumberOfSteps=steps,
        NumberOfLevels=STEPS, ScoreSmoothing=smoothing, NumberOfTrajectories=TRAILS)


def on_samples(points, samples):
    """The share of the points that are within a tenth of the bandwidth of a sample."""
    return (distances(points, samples) < BANDWIDTH / 10).mean()


def measure(samples, particles, dial):
    """The share on samples and the mean distance from the curve for each setting of the dial."""
    rows = []
    for smoothing in dial:
        ends = positions(flow(samples, particles, 1, smoothing=smoothing), 1)
        rows.append((smoothing, on_samples(ends, positions(samples)),
                     distances(ends, curve()).mean()))
    return rows


def chart(folder, rows):
    """Both over the dial."""
    path = folder / "flow_dial.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([
            ("Smoothing", "Share", "Distance", "ShareLimit", "DistanceLimit"),
            *((*row, MOST, FURTHER * rows[0][2]) for row in rows)])
    picture = charts.Charts([520, 520], 380)
    for panel, (name, title, limit, colour, top) in enumerate((
            ("Share", "Share of particles on a sample", "5 %", charts.RED, 1.05),
            ("Distance", "Mean distance from the curve", "a fifth more", charts.BLUE, 0.2))):
        view = picture.frame(panel, title, (0, rows[-1][0]), (0, top))
        view.BottomAxisTitle, view.BottomAxisLogScale = "Score Smoothing", 0
        for line, series in ((charts.SOLID, {name: ("particles", colour)}),
                             (charts.DASHED, {f"{name}Limit": (limit, charts.GREY)})):
            table = simple.CSVReader(FileName=[str(path)])  # a table shows once in a view
            charts.draw(view, table, series, line).XArrayName = "Smoothing"
    picture.save(folder / "flow_dial_chart.png")


def film(folder, samples, flows, every):
    """The three flows side by side; each caption says how many particles are on a sample."""
    picture = pictures.Picture([420] * len(flows), 480)
    line = simple.PolyLineSource(Points=curve()[::10].ravel().tolist())
    captions = []
    for panel, (title, particles, _) in enumerate(flows):
        view = picture.frame(panel, BOX, MARGINS, ([], []))
        display = simple.Show(line, view)
        pictures.one_colour(display, CURVE)
        display.LineWidth = 3
        trails = simple.Show(simple.OutputPort(particles, 1), view)
        pictures.one_colour(trails, pictures.ORANGE)
        pictures.shift(pictures.show_points(view, samples, 0.045, GREY), [0, 0, 1])
        pictures.shift(pictures.show_points(view, particles, 0.045), [0, 0, 2])
        pictures.write(view, title, bold=1)
        captions.append(pictures.write(view, "", "Lower Center", 14))
    shown = frames.Frames(folder, "flow_dial")
    for step in range(0, STEPS + 1, every):
        for view, caption, (_, particles, each) in zip(picture.views, captions, flows):
            view.ViewTime = step * each
            share = on_samples(positions(particles, step * each), positions(samples))
            bandwidth = particles.FieldData["Bandwidth"].GetRange()[0]
            caption.Text = f"Bandwidth {bandwidth:.3f}, on a sample: {100 * share:.0f} %"
        shown.add(picture)
    shown.write(4)


def main(folder, particles=150, dial=DIAL, every=EVERY):
    """Writes the film and the chart; returns the rows of the chart and the flows of the film."""
    pictures.start()
    samples = simple.GaussianMixture(Mixture="Spiral", NumberOfPoints=200)
    flows = (("Probability flow", flow(samples, particles, STEPS), 1),
             ("Annealed Langevin",
              flow(samples, particles, LANGEVIN_STEPS * STEPS, "Annealed Langevin"), LANGEVIN_STEPS),
             (f"Probability flow, Score Smoothing {UP}",
              flow(samples, particles, STEPS, smoothing=UP), 1))
    film(folder, samples, flows, every)
    rows = measure(samples, particles, dial)
    chart(folder, rows)
    return rows, flows


if __name__ == "__main__":
    main(pictures.output_folder())
