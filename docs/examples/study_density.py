# SPDX-License-Identifier: BSD-3-Clause
"""The study's first animation: the density estimate as its bandwidth grows from 0.01 to 2.01.

The bandwidths are the time steps of one Kernel Density: the same film plays in ParaView's window.

  pvbatch study_density.py OUTPUT_FOLDER
"""
import frames
import pictures
import study

BANDWIDTHS = study.schedule(41)


def main(folder, bandwidths=None):
    """One frame a bandwidth; as in the study, each with the range of its own values."""
    pictures.start()
    picture = pictures.Picture([700], 600)
    view = picture.frame(0, [-6, 6, -6, 6], (40, 100, 40, 50))
    schedule = bandwidths or BANDWIDTHS
    density = study.density(study.samples(), 6, schedule[0])
    study.sweep(density, schedule)
    colour_map = study.heatmap(view, density, "Density")
    pictures.colour_bar(view, colour_map, "Density", (0.87, 0.2), 0.6)
    title = pictures.write(view, "")
    animation = frames.Frames(folder, "study_a_density")
    for step in frames.steps():
        bandwidth = study.field(density, "Bandwidth", step)[0]
        study.rescale(colour_map, 0.0, density.PointData["Density"].GetRange()[1])
        title.Text = f"Kernel Density Estimate,Bandwidth = {bandwidth:.2f}"
        animation.add(picture)
    return animation.write()


if __name__ == "__main__":
    main(pictures.output_folder())
