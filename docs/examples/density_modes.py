# SPDX-License-Identifier: BSD-3-Clause
"""The critical points of a density, the borders between its basins, and the samples of each mode.

Left the density of a cloud in the plane with its modes (red), saddles (yellow) and minima (blue), and
the ways from the saddles. Right the samples in the colours of the modes that are more than chance.

  pvbatch density_modes.py OUTPUT_FOLDER
"""
from paraview import simple

import pictures

BOX = [-3.4, 3.4, -3.4, 3.4]
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = (520, 560)
NODES = 201
BANDWIDTH = 0.11
COLOURS = {0: pictures.RED, 1: [0.95, 0.75, 0.1], 3: [0.15, 0.35, 0.8]}


def find():
    """Samples on a ring of eight clusters and their density; all modes, and the significant ones."""
    samples = simple.GaussianMixture(Mixture="Ring of Eight", NumberOfPoints=600, Seed=3)
    density = simple.KernelDensity(
        Input=samples, UseInputBounds=0, SamplingBounds=[*BOX, 0, 0],
        SampleDimensions=[NODES, NODES, 1], BandwidthRule="Manual", Bandwidth=BANDWIDTH)
    every = simple.DensityModes(Input=density, Samples=samples)
    significant = simple.DensityModes(Input=density, Samples=samples, SignificantOnly=1)
    for modes in (every, significant):
        modes.UpdatePipeline()
    return density, every, significant


def of_type(modes, kind):
    """The critical points of one type."""
    return simple.Threshold(Input=modes, Scalars=["POINTS", "CriticalType"], LowerThreshold=kind - 0.5,
                            UpperThreshold=kind + 0.5)


def draw_points(picture, density, modes):
    """The density with all its critical points."""
    view = picture.frame(0, BOX, MARGINS)
    pictures.write(view, "Modes, saddles and minima")
    _, colours = pictures.show_image(view, density, "Density")
    colours.ApplyPreset("Linear Green (Gr4L)", True)
    colours.InvertTransferFunction()
    lines = simple.Show(simple.OutputPort(modes, 2), view)
    lines.LineWidth = 2
    lines.Position = [0, 0, pictures.LIFT]
    pictures.one_colour(lines, pictures.TEXT)
    for kind, colour in COLOURS.items():
        pictures.show_points(view, of_type(modes, kind), 0.08, colour).Position = [
            0, 0, 2 * pictures.LIFT]


def draw_samples(picture, modes):
    """The samples by the significant mode that they belong to."""
    view = picture.frame(1, BOX, MARGINS)
    pictures.write(view, "Samples of each significant mode")
    display = pictures.show_points(view, simple.OutputPort(modes, 1), 0.04)
    simple.ColorBy(display, ("POINTS", "Basin"))
    display.SetScalarBarVisibility(view, False)
    pictures.show_points(view, of_type(modes, 0), 0.1, pictures.TEXT).Position = [
        0, 0, pictures.LIFT]


def main(folder):
    """Draws both; returns the filters with all modes and with the significant ones."""
    pictures.start()
    picture = pictures.Picture([SIZE[0], SIZE[0]], SIZE[1])
    density, every, significant = find()
    draw_points(picture, density, every)
    draw_samples(picture, significant)
    picture.save(folder / "density_modes.png")
    return every, significant


if __name__ == "__main__":
    main(pictures.output_folder())
