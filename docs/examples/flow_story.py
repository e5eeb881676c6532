# SPDX-License-Identifier: BSD-3-Clause
"""Noise is added to samples until they are noise; then the score takes it away again.

First the samples diffuse while the bandwidth grows: their density becomes their kernel density.
Then the probability flow carries them back to a small bandwidth, by nothing but the score of that
density. It ends at samples, since this score knows nothing else.

  pvbatch flow_story.py OUTPUT_FOLDER
"""
from paraview import simple

import frames
import pictures
import study

BOX = (-5, 5, -5, 5)
MARGINS = (60, 60, 40, 70)
STEPS = 14
SMALL, LARGE = 0.1, 2.0


def flow(samples, mode, first, last, **more):
    """Particles that go from one bandwidth to another."""
    return simple.ScoreFlow(Input=samples, Mode=mode, FirstBandwidth=first, LastBandwidth=last,
                            BandwidthRule="Manual", Bandwidth=SMALL, **more)


def main(folder, steps=STEPS):
    """Writes the film; steps there, and as many back."""
    pictures.start()
    samples = study.samples()
    there = flow(samples, "Diffusion", SMALL, LARGE, NumberOfSteps=steps)
    back = flow(samples, "Probability flow", LARGE, SMALL, NumberOfSteps=steps, Particles=there,
                InputTime=steps)
    density = simple.KernelDensity(
        Input=samples, BandwidthRule="Manual", SampleDimensions=[200, 200, 1], UseInputBounds=0,
        SamplingBounds=[*BOX, 0, 0])
    picture = pictures.Picture([700], 720)
    picture.frame(0, BOX, MARGINS)
    film = frames.Frames(folder, "flow_story")
    frames.both_ways(film, picture, density, (there, back), 0.06,
                     ("Noise is added", "The score takes it away"))
    return film.write(3)


if __name__ == "__main__":
    main(pictures.output_folder())
