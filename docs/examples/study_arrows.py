# SPDX-License-Identifier: BSD-3-Clause
"""The study's third animation: the estimated score as arrows over the true density.

Arrows at every 20th node, a tenth of the score long; none where the score is not a number. The
bandwidth falls from 2.01 to 0.01.

  pvbatch study_arrows.py OUTPUT_FOLDER
"""
from paraview import simple

import frames
import pictures
import study

BOX = [-10, 10, -10, 10]
MARGINS = (40, 100, 40, 50)  # pixels left, right, bottom, top
EVERY = 20  # nodes from arrow to arrow
BANDWIDTHS = study.schedule(11, 2.01, -0.2)


def main(folder, bandwidths=None):
    """One frame a bandwidth."""
    pictures.start()
    picture = pictures.Picture([700], 600)
    view = picture.frame(0, BOX, MARGINS)
    truth = simple.OutputPort(study.truth(10, 2001), 1)
    colour_map = study.heatmap(view, truth, "TrueDensity")
    pictures.colour_bar(view, colour_map, "True density", (0.87, 0.2), 0.6)
    schedule = bandwidths or BANDWIDTHS
    density = study.density(study.samples(), 10, schedule[0])
    study.sweep(density, schedule)
    nodes = simple.ExtractSubset(Input=study.score(density), SampleRateI=EVERY, SampleRateJ=EVERY,
                                 VOI=[0, study.NODES - 1, 0, study.NODES - 1, 0, 0])
    pictures.show_arrows(view, nodes, "Arrow", 1 / 10, pictures.GREEN, inside=BOX)
    title = pictures.write(view, "")
    animation = frames.Frames(folder, "study_c_arrows")
    for step in frames.steps():
        bandwidth = study.field(density, "Bandwidth", step)[0]
        title.Text = f"Score of the Estimate,Bandwidth = {bandwidth:.2f}"
        animation.add(picture)
    return animation.write()


if __name__ == "__main__":
    main(pictures.output_folder())
