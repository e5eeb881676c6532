# SPDX-License-Identifier: BSD-3-Clause
"""The study's second animation: both partial derivatives of the log density over the bandwidth.

Pink is not a number, orange plus infinity, purple minus infinity: what log 0 leaves behind.

  pvbatch study_partials.py OUTPUT_FOLDER
"""
import frames
import pictures
import study

BANDWIDTHS = study.schedule(31)
PINK, ORANGE, PURPLE = [1.0, 0.82, 0.82], [0.96, 0.6, 0.1], [0.62, 0.25, 0.7]
LEGEND = "pink: not a number, orange: +infinity, purple: -infinity"
MARGINS = (40, 100, 60, 50)  # pixels left, right, bottom, top
PARTS = (("ScoreX", "d/dx log f"), ("ScoreY", "d/dy log f"))


def mark_gaps(colour_map):
    """Colours for NaN and for values beyond the range, which only infinity is."""
    colour_map.NanColor = PINK
    colour_map.UseAboveRangeColor = colour_map.UseBelowRangeColor = 1
    colour_map.AboveRangeColor, colour_map.BelowRangeColor = ORANGE, PURPLE


def main(folder, bandwidths=None):
    """One frame a bandwidth, each panel with the range of its own finite values."""
    pictures.start()
    picture = pictures.Picture([620, 620], 590)
    schedule = bandwidths or BANDWIDTHS
    density = study.density(study.samples(), 10, schedule[0])
    study.sweep(density, schedule)
    score = study.score(density)
    colour_maps, titles = [], []
    for panel, (array, _) in enumerate(PARTS):
        view = picture.frame(panel, [-10, 10, -10, 10], MARGINS)
        colour_maps.append(study.heatmap(view, score, array, -1, 1))
        mark_gaps(colour_maps[-1])
        pictures.colour_bar(view, colour_maps[-1], "", (0.86, 0.2), 0.6)
        pictures.write(view, LEGEND, "Lower Center", size=12)
        titles.append(pictures.write(view, ""))
    animation = frames.Frames(folder, "study_b_partials")
    for step in frames.steps():
        limits = study.field(score, "FiniteRanges", step)
        bandwidth = study.field(score, "Bandwidth", step)[0]
        for i, colour_map in enumerate(colour_maps):
            low, high = limits[2 * i:2 * i + 2]
            room = 1e-6 * (high - low)  # so that rounding puts no number beyond the range
            study.rescale(colour_map, low - room, high + room)
            titles[i].Text = f"{PARTS[i][1]}, Bandwidth = {bandwidth:.2f}"
        animation.add(picture)
    return animation.write()


if __name__ == "__main__":
    main(pictures.output_folder())
