# SPDX-License-Identifier: BSD-3-Clause
"""A denoiser is a score: a network learns to remove noise, and with it the score of a kernel density.

The film shows the density that the network's score has, step by step of the training. The charts
have its loss beside that of the exact kernel density, which is the least possible, the distance of the
two scores, and how that distance and the errors of both depend on the noise.

  pvbatch denoiser.py OUTPUT_FOLDER
"""
import csv

from paraview import servermanager, simple

import charts
import colours
import frames
import pictures
import score_matching_fit
import study

HALF_WIDTH = score_matching_fit.HALF_WIDTH
STEPS = 4000  # of the training
NOISES = (0.2, 0.28, 0.4, 0.56, 0.8, 1.1)
SHOWN = (0, 1, 2, 3, 5, 8, 13, 20, 30, 45, 70, 100)  # rows of the history in the film
LOSSES = {"Loss": ("of the network", charts.RED),
          "KernelLoss": ("of the kernel density, the least", charts.BLUE)}
DISTANCES = {"KernelScoreError": ("network from kernel density", charts.RED)}
ERRORS = {"Network": ("network, from the truth", charts.ORANGE),
          "Kernel": ("kernel density, from the truth", charts.BLUE),
          "Distance": ("network from kernel density", charts.RED)}


def trained(points, noise, over_time=0):
    """A network that has learned to remove noise of this standard deviation."""
    fit = score_matching_fit.fit(points, "Denoising network")
    fit.TrainingSteps, fit.Noise, fit.TrainingOverTime = STEPS, noise, over_time
    return fit


def errors_over_noise(points, noises):
    """A row for each noise: the errors of the network's score and of the kernel density's."""
    rows = []
    for noise in noises:
        network = trained(points, noise)
        kernel = study.density(points, HALF_WIDTH, noise, "Exact")
        rows.append({"Bandwidth": noise,
                     "Network": score_matching_fit.score_error(network),
                     "Kernel": score_matching_fit.score_error(kernel),
                     "Distance": study.field(network, "KernelScoreError")[0]})
    return rows


def save(rows, path):
    """Writes rows with the same keys as a table."""
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([rows[0], *(row.values() for row in rows)])
    return path


def chart(folder, history, rows):
    """Loss and distance over the steps, errors over the noise."""
    picture = charts.Charts([460, 460, 460], 420)
    losses = picture.frame(0, "Loss of the training", (0, STEPS), (0.72, 0.84))
    charts.draw(losses, history, LOSSES, thickness=3).XArrayName = "Step"
    distance = picture.frame(1, "Relative error of the score", (0, STEPS), (0.01, 1), logarithmic=True)
    charts.draw(distance, history, DISTANCES, thickness=3).XArrayName = "Step"
    for view in picture.views[:2]:
        view.BottomAxisTitle, view.BottomAxisLogScale = "Step of the training", 0
    span = (NOISES[0], NOISES[-1])
    errors = picture.frame(2, "Relative error of the score", span, (0.005, 10), logarithmic=True)
    errors.BottomAxisTitle = "Noise, which is the bandwidth"
    table = simple.CSVReader(FileName=[str(save(rows, folder / "denoiser.csv"))])
    charts.draw(errors, table, ERRORS, thickness=3)
    picture.save(folder / "denoiser.png")


def film(folder, points, fit):
    """The density of the network's score over the training, beside the kernel density."""
    noise = study.field(fit, "Noise")[0]
    kernel = study.density(points, HALF_WIDTH, noise, "Exact")
    size, box = score_matching_fit.SIZE, score_matching_fit.BOX
    picture = pictures.Picture([size, size, score_matching_fit.LEGEND], size + 20)
    titles = []
    for panel, image in enumerate((kernel, fit)):
        view = picture.frame(panel, box, score_matching_fit.MARGINS)
        titles.append(pictures.write(view, "Kernel density"))
        _, density = pictures.show_image(view, image, "Density")
        colours.davos(density, 0, study.PEAK)
        pictures.show_points(view, points, 0.03)
    pictures.colour_bar(picture.views[2], density, "Density", (0.05, 0.15), 0.6)
    frame = frames.Frames(folder, "denoiser_training")
    fit.UpdatePipelineInformation()
    times = list(fit.TimestepValues)
    for row in SHOWN:
        picture.views[1].ViewTime = times[row]
        error = study.field(fit, "KernelScoreError", times[row])[0]
        titles[1].Text = f"Network, step {times[row]:.0f}: error {error:.2f}"
        frame.add(picture)
    frame.write(2)
    return times


def main(folder, noises=NOISES):
    """Writes the film and the charts; returns the history, the times and the errors over the noise."""
    pictures.start()
    points = study.samples()
    over_time = trained(points, 0, 1)
    over_time.UpdatePipeline()
    times = film(folder, points, over_time)
    over_time.TrainingOverTime = 0
    over_time.UpdatePipeline()
    history = simple.OutputPort(over_time, 2)
    rows = errors_over_noise(points, noises)
    chart(folder, history, rows)
    return servermanager.Fetch(over_time, idx=2), times, rows


if __name__ == "__main__":
    main(pictures.output_folder())
