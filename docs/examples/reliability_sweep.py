# SPDX-License-Identifier: BSD-3-Clause
"""The same estimate twice over the bandwidth: the study's way to the score, and the exact one.

Above, the score in x with one colour range for all frames; grey is not a number. Below, what each
node's score is worth. The exact score is right at every node; where few samples bear on it, the
classes say that, too.

  pvbatch reliability_sweep.py OUTPUT_FOLDER
"""
import csv

from paraview import simple

import colours
import frames
import pictures
import study

BOX = [-10, 10, -10, 10]
BANDWIDTHS = study.schedule(31)
MARGINS = (40, 10, 40, 50)  # pixels left, right, bottom, top
LARGEST = 20  # of the colours of the score, 1 / length
HEADS = ("FFT, log, central difference", "ScoreFields: exact sums")


class Column:
    """A density and its score, drawn above what they are worth."""

    def __init__(self, views, density, score, array, component):
        self.density = density
        self.reliability = simple.ScoreField(
            Input=density, Tolerance=0.05,
            Method="Best available" if density.Engine == "Exact" else "Central difference")
        _, self.score_map = pictures.show_image(
            views[0], score or self.reliability, array, component)
        colours.diverging(self.score_map, LARGEST)
        _, self.class_map = pictures.show_image(views[1], self.reliability, "Reliability")
        colours.reliability(self.class_map)
        self.caption = pictures.write(views[1], "", where="Lower Center", size=15)

    def update(self, bandwidth):
        """Computes the fields for a bandwidth; the sound share and the nodes of each class."""
        self.density.Bandwidth = bandwidth
        share = study.field(self.reliability, "StableShare")[0]
        self.caption.Text = f"numerically sound: {100 * share:.0f} % of the nodes"
        return [share, *map(int, study.field(self.reliability, "ReliabilityCounts"))]


def columns(views):
    """The study's column and the exact one, on the same samples."""
    points = study.samples()
    classical = study.density(points, 10, BANDWIDTHS[0])
    exact = study.density(points, 10, BANDWIDTHS[0], "Exact")
    return (Column(views[0::3], classical, study.score(classical), "ScoreX", None),
            Column(views[1::3], exact, None, "Score", "X"))


def main(folder, bandwidths=None):
    """One frame a bandwidth."""
    pictures.start()
    picture = pictures.Picture([500, 500, 200], 1040, rows=2)
    for panel in (0, 1, 3, 4):
        picture.frame(panel, BOX, MARGINS)
    both = columns(picture.views)
    for head, view in zip(HEADS, picture.views):
        pictures.write(view, head, size=18)
    above, below = picture.views[2], picture.views[5]
    pictures.colour_bar(above, both[1].score_map, "d/dx log f", (0.1, 0.08), 0.6, size=14)
    pictures.colour_bar(below, both[1].class_map, "Reliability", (0.1, 0.25), 0.5, size=14)
    title = pictures.write(above, "", size=20)
    animation = frames.Frames(folder, "reliability_sweep")
    rows = []
    for bandwidth in bandwidths or BANDWIDTHS:
        rows += [[bandwidth, column.density.Engine, *column.update(bandwidth)] for column in both]
        title.Text = f"Bandwidth {bandwidth:.2f}"
        animation.add(picture)
    write_table(folder / "reliability_sweep.csv", rows)
    return animation.write()


def write_table(path, rows):
    """The numbers behind the film, for a chart."""
    names = colours.read("Reliability")["Annotations"][1::2]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["bandwidth", "engine", "stable share", *names], *rows])


if __name__ == "__main__":
    main(pictures.output_folder())
