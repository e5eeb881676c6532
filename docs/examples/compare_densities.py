# SPDX-License-Identifier: BSD-3-Clause
"""How far two estimates are from the truth: one by plain kernels, and one of sharpened points.

Compare Densities shows where the density of 200 samples is too high (red) or too low (blue), and
tabulates distances from the true density. Sharpening moves the points uphill first, which takes away
part of the blur at the mode.

  pvbatch compare_densities.py OUTPUT_FOLDER
"""
from paraview import servermanager, simple

import colours
import pictures
import study

HALF_WIDTH, BANDWIDTH = 5, 0.41
BOX = [-HALF_WIDTH, HALF_WIDTH] * 2
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = 400
LARGEST = 0.05  # of the errors that are drawn
SHOWN = ("Kullback-Leibler divergence", "Hellinger distance", "Total variation distance",
         "Relative score error")


def comparison(points, sharpen):
    """The errors of a density of the points, and of its score, against the mixture's."""
    density = study.density(points, HALF_WIDTH, BANDWIDTH, "Exact")
    density.Sharpen = sharpen
    compared = simple.CompareDensities(Input=simple.MixtureTruth(Input=density))
    compared.UpdatePipeline()
    return compared


def metrics(compared):
    """Name -> value, from the second output."""
    table = servermanager.Fetch(compared, idx=1)
    return {table.GetValueByName(row, "Metric").ToString(): table.GetValueByName(row, "Value").ToDouble()
            for row in range(table.GetNumberOfRows())}


def main(folder):
    """Two panels of errors and a table beside them."""
    pictures.start()
    points = study.samples()
    compared = [comparison(points, sharpen) for sharpen in (0, 1)]
    picture = pictures.Picture([SIZE, SIZE, 360], SIZE + 20)
    for number, title in enumerate(("Plain estimate", "Sharpened")):
        view = picture.frame(number, BOX, MARGINS)
        pictures.write(view, f"{title}: density error")
        _, errors = pictures.show_image(view, compared[number], "DensityError")
        colours.diverging(errors, LARGEST)
        pictures.show_points(view, points, 0.03, pictures.TEXT)
    side = picture.views[2]
    plain, sharp = (metrics(one) for one in compared)
    pictures.write(side, "Distance from the truth: plain, sharpened", (0.02, 0.84), 13, 1)
    for row, name in enumerate(SHOWN):
        pictures.write(side, f"{name}: {plain[name]:.3f}, {sharp[name]:.3f}",
                       (0.02, 0.76 - 0.07 * row), 13)
    pictures.colour_bar(side, errors, "Density error", (0.05, 0.08), 0.34)
    picture.save(folder / "compare_densities.png")
    return points, compared


if __name__ == "__main__":
    main(pictures.output_folder())
