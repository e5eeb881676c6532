# SPDX-License-Identifier: BSD-3-Clause
"""A bandwidth sweep as a film with a caption that follows it: how to write the bandwidth, and what
share of the nodes is sound, into any view.

The caption is a Python Annotation of the field data that Kernel Density and Score Field write; it needs
no script that runs along. Below, the log density, with hidden nodes where the score by FFT and
difference is not sound; the region grows with the bandwidth.

  pvbatch bandwidth_film.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import frames
import pictures
import study

BOX = [-10, 10, -10, 10]
STEPS = 13
CAPTION = ('"Bandwidth %.2f, sound: %.0f %% of the nodes"'
           ' % (Bandwidth.GetValue(0), 100 * StableShare.GetValue(0))')


def caption(view, source):
    """Writes the bandwidth and the stable share of a source at the top of a view."""
    annotation = simple.PythonAnnotation(Input=source, ArrayAssociation="Field Data",
                                         Expression=CAPTION)
    display = simple.Show(annotation, view)
    display.FontSize, display.Color, display.WindowLocation = 18, pictures.TEXT, "Upper Center"
    return annotation


def main(folder, steps=STEPS):
    """One frame a time step of the sweep."""
    pictures.start()
    picture = pictures.Picture([700], 640)
    view = picture.frame(0, BOX, (40, 100, 40, 50))
    density = study.density(study.samples(), 10, 1)
    density.BandwidthSweep, density.SweepSpacing = 1, "Geometric"
    density.SweepMinimum, density.SweepMaximum, density.SweepSteps = 0.1, 1.6, steps
    score = simple.ScoreField(Input=density, Method="Central difference", Tolerance=0.05,
                              CountDifferenceError=0, StabilityCriterion="Numerical",
                              HideUnstable=1)
    _, colour_map = pictures.show_image(view, score, "LogDensity", representation="Surface")
    colours.davos(colour_map, -50, 0)
    pictures.colour_bar(view, colour_map, "Log density", (0.87, 0.2), 0.6)
    caption(view, score)
    animation = frames.Frames(folder, "bandwidth_film")
    for _ in frames.steps():
        animation.add(picture)
    return animation.write()


if __name__ == "__main__":
    main(pictures.output_folder())
