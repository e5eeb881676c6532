# SPDX-License-Identifier: BSD-3-Clause
"""The study's four still pictures: truth, samples, exact score, truth beside the estimate.

  pvbatch study_figures.py OUTPUT_FOLDER
"""
from paraview import simple

import pictures
import study

BOX = [-3, 3, -3, 3]
MARGINS = (40, 100, 40, 50)  # pixels left, right, bottom, top


def blank(title):
    """A picture of the box with a title."""
    picture = pictures.Picture([700], 600)
    view = picture.frame(0, BOX, MARGINS)
    pictures.write(view, title)
    return picture, view


def true_density(view):
    """Heat map on -3:0.01:3 with its legend."""
    image = simple.OutputPort(study.truth(3, 601), 1)
    colour_map = study.heatmap(view, image, "TrueDensity")
    pictures.colour_bar(view, colour_map, "Density", (0.87, 0.2), 0.6)


def truth(folder):
    """Figure 1."""
    picture, view = blank("Ground Truth PDF q(x)")
    true_density(view)
    picture.save(folder / "study_1_truth.png")


def samples(folder):
    """Figure 2."""
    picture, view = blank("200 Sampled Points")
    pictures.show_points(view, study.samples(), 0.03)
    picture.save(folder / "study_2_samples.png")


def analytic_score(folder):
    """Figure 3: the exact score at -3:0.5:3, arrows of a twentieth of its length."""
    picture, view = blank("Analytic Score")
    true_density(view)
    arrows = simple.OutputPort(study.truth(3, 13), 1)
    pictures.show_arrows(view, arrows, "TrueScore", 1 / 20, pictures.GREEN)
    picture.save(folder / "study_3_score.png")


def estimate(folder):
    """Figure 4: truth and estimate beside each other, with the points."""
    picture = pictures.Picture([400, 400], 400)
    points = study.samples()
    images = (simple.OutputPort(study.truth(3, 601), 1), study.density(points, 3, 0.3))
    titles = ("Ground Truth PDF q(x)", "Kernel Density Estimate,Bandwidth = 0.30")
    for panel, array in enumerate(("TrueDensity", "Density")):
        view = picture.frame(panel, BOX, (30, 70, 30, 40))
        colour_map = study.heatmap(view, images[panel], array)
        pictures.colour_bar(view, colour_map, "", (0.85, 0.15), 0.65, size=10)
        pictures.show_points(view, points, 0.035)
        pictures.write(view, titles[panel], size=12)
    picture.save(folder / "study_4_estimate.png")


def main(folder):
    """Draws all four."""
    for draw in (truth, samples, analytic_score, estimate):
        pictures.start()
        draw(folder)


if __name__ == "__main__":
    main(pictures.output_folder())
