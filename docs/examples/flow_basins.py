# SPDX-License-Identifier: BSD-3-Clause
"""Basins of a density: particles climb the score that they take from the image below them.

The image is computed once, by Kernel Density; Score Flow then needs no sample to know where uphill
is. Every line ends at a mode, in the colour of the basin where it began.

  pvbatch flow_basins.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import pictures
import study

HALF = 3
BOX = (-HALF, HALF, -HALF, HALF)
MARGINS = (60, 60, 40, 70)
BANDWIDTH = 0.26
STEPS = 100
COLOURS = [[0.83, 0.37, 0.0], [0.0, 0.45, 0.7], [0.0, 0.62, 0.45], [0.8, 0.47, 0.65],
           [0.35, 0.35, 0.35], [0.34, 0.71, 0.91], [0.55, 0.33, 0.1], [0.6, 0.6, 0.0]]


def flow(samples, image):
    """From all over the box to the modes."""
    return simple.ScoreFlow(
        Input=samples, ScoreImage=image, Target="Image", Mode="Ascent", StartFrom="Box",
        UseSampleBounds=0, StartBounds=[*BOX, 0, 0], NumberOfParticles=500, NumberOfSteps=STEPS)


def basins(display, count):
    """One colour for each basin."""
    simple.ColorBy(display, ("CELLS", "Basin"), separate=True)
    lookup = simple.GetColorTransferFunction("Basin", display, separate=True)
    lookup.InterpretValuesAsCategories = 1
    lookup.AnnotationsInitialized = 1
    lookup.Annotations = [text for k in range(count) for text in (str(k), f"mode {k}")]
    lookup.IndexedColors = [x for k in range(count) for x in COLOURS[k % len(COLOURS)]]


def main(folder):
    """One picture; returns the flow."""
    pictures.start()
    samples = study.samples()
    image = study.density(samples, HALF, BANDWIDTH, "Exact")
    particles = flow(samples, image)
    particles.UpdatePipeline(STEPS)
    count = int(particles.FieldData["NumberOfModes"].GetRange()[0])
    picture = pictures.Picture([760], 780)
    view = picture.frame(0, BOX, MARGINS)
    view.ViewTime = STEPS
    _, colour_map = pictures.show_image(view, image, "Density")
    colours.davos(colour_map, 0, 1.3 * study.PEAK)
    lines = simple.Show(simple.OutputPort(particles, 1), view)
    basins(lines, count)
    lines.LineWidth = 2
    lines.SetScalarBarVisibility(view, False)
    pictures.shift(lines, [0, 0, pictures.LIFT])
    pictures.shift(pictures.show_points(view, particles, 0.06, [0, 0, 0]), [0, 0, 1])
    pictures.write(view, f"Ascents of the score taken from the image: {count} modes", size=15,
                   bold=1)
    picture.save(folder / "flow_basins.png")
    return particles


if __name__ == "__main__":
    main(pictures.output_folder())
