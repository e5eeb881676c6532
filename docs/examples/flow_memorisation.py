# SPDX-License-Identifier: BSD-3-Clause
"""A score known perfectly from finite data only ever leads back to the data.

The probability flow carries noise from a large bandwidth towards 0. Its lines end on the samples,
whatever the noise: a model that has learned this score has memorised them. What generalises is the
score at a bandwidth that stays above 0.

  pvbatch flow_memorisation.py OUTPUT_FOLDER
"""
from paraview import simple

import pictures
import study

BOX = (-6, 6, -6, 6)
MARGINS = (60, 60, 40, 70)
STEPS = 80


def flow(samples):
    """From bandwidth 2 to practically 0."""
    return simple.ScoreFlow(
        Input=samples, Mode="Probability flow", BandwidthRule="Manual", Bandwidth=0.3,
        FirstBandwidth=2, LastBandwidth=1e-3, NumberOfSteps=STEPS, NumberOfParticles=120)


def main(folder):
    """One picture; returns the flow."""
    pictures.start()
    samples = study.samples()
    particles = flow(samples)
    particles.UpdatePipeline(STEPS)
    picture = pictures.Picture([760], 780)
    view = picture.frame(0, BOX, MARGINS)
    view.ViewTime = STEPS
    lines = simple.Show(simple.OutputPort(particles, 1), view)
    pictures.one_colour(lines, [0.45, 0.6, 0.8])
    lines.LineWidth = 2
    pictures.shift(lines, [0, 0, 0])
    start = simple.ForceTime(Input=particles, ForcedTime=0)
    pictures.show_points(view, start, 0.05, [0.1, 0.3, 0.65])
    pictures.show_points(view, samples, 0.06, [0.65, 0.65, 0.65])
    pictures.shift(pictures.show_points(view, particles, 0.055, pictures.RED), [0, 0, 1])
    pictures.write(view, "From noise (blue) to bandwidth 0: every particle (red) lands on a sample",
                   size=15, bold=1)
    picture.save(folder / "flow_memorisation.png")
    return particles


if __name__ == "__main__":
    main(pictures.output_folder())
