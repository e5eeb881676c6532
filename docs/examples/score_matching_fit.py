# SPDX-License-Identifier: BSD-3-Clause
"""Six estimates of the score behind 200 points, four of them learned by score matching.

Each panel shows the density that belongs to the score, and how large the error of the score is in the
root of the mean square under the true density, beside that of a score of 0, which would be 1.

  pvbatch score_matching_fit.py OUTPUT_FOLDER
"""
from paraview import servermanager, simple

import colours
import pictures
import study

HALF_WIDTH, BANDWIDTH = 4, 0.41
BOX = [-HALF_WIDTH, HALF_WIDTH] * 2
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = 360
LEGEND = 150
STEPS = 3000  # of the training
MODELS = ("Gaussian mixture", "Gaussian basis", "Kernel exponential family", "Denoising network")


def fit(points, model):
    """A model of the score on the nodes of the study's kernel density."""
    return simple.ScoreMatchingFit(
        Input=points, Model=model, TrainingSteps=STEPS, UseInputBounds=0,
        SamplingBounds=[*BOX, 0, 0], SampleDimensions=[study.NODES, study.NODES, 1])


def estimates(points):
    """Title -> image with Density and Score."""
    plain, sharp = (study.density(points, HALF_WIDTH, BANDWIDTH, "Exact") for _ in range(2))
    sharp.Sharpen = 1
    found = {"Kernel density": plain, "Sharpened points": sharp}
    found.update((model, fit(points, model)) for model in MODELS)
    return found


def score_error(image):
    """Root mean square error of the score under the truth, relative to the score's own."""
    truth = simple.MixtureTruth(Input=image)
    compared = simple.CompareDensities(Input=truth)
    compared.UpdatePipeline()
    table = servermanager.Fetch(compared, idx=1)
    values = {table.GetValueByName(row, "Metric").ToString(): table.GetValueByName(row, "Value").ToDouble()
              for row in range(table.GetNumberOfRows())}
    return values["Relative score error"]


def main(folder):
    """Two rows of three panels, and a legend."""
    pictures.start()
    points = study.samples()
    found = estimates(points)
    errors = {title: score_error(image) for title, image in found.items()}
    picture = pictures.Picture([SIZE, SIZE, SIZE, LEGEND], 2 * (SIZE + 20), rows=2)
    for number, (title, image) in enumerate(found.items()):
        panel = number + number // 3  # the legend's column is left free
        view = picture.frame(panel, BOX, MARGINS)
        pictures.write(view, f"{title}: {errors[title]:.2f}")
        _, density = pictures.show_image(view, image, "Density")
        colours.davos(density, 0, study.PEAK)
        pictures.show_points(view, points, 0.03)
    pictures.colour_bar(picture.views[3], density, "Density", (0.05, 0.15), 0.6)
    picture.save(folder / "score_matching_fit.png")
    return points, found, errors


if __name__ == "__main__":
    main(pictures.output_folder())
