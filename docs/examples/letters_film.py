# SPDX-License-Identifier: BSD-3-Clause
"""Words out of noise, and noise out of the words.

Points From Shape draws samples from the letters of 3D Text. The probability flow carries noise to
them by nothing but the score of their kernel density, while the bandwidth falls. Then diffusion
makes noise of the word again, so that the film runs in a circle.

  pvbatch letters_film.py OUTPUT_FOLDER
"""
from paraview import simple

import draw_your_own
import frames
import pictures

STEPS = 24
SMALL, LARGE = 0.03, 1.0
BOX = (-1.1, 5.55, -2.5, 1.75)
MARGINS = (20, 20, 20, 60)
PARTICLES = 2500


def flow(samples, mode, first, last, steps, **more):
    """Particles that go from one bandwidth to another."""
    return simple.ScoreFlow(Input=samples, Mode=mode, FirstBandwidth=first, LastBandwidth=last,
                            BandwidthRule="Manual", Bandwidth=SMALL, NumberOfSteps=steps, **more)


def main(folder, steps=STEPS):
    """Writes the film; returns the samples and the particles on their ways to the word and back."""
    pictures.start()
    samples = simple.PointsFromShape(Input=draw_your_own.letters("score\nfields"), NumberOfPoints=4000)
    word = flow(samples, "Probability flow", LARGE, SMALL, steps, StartFrom="Noise",
                NumberOfParticles=PARTICLES)
    noise = flow(samples, "Diffusion", SMALL, LARGE, steps, Particles=word, InputTime=steps)
    density = simple.KernelDensity(
        Input=samples, BandwidthRule="Manual", SampleDimensions=[320, 200, 1], UseInputBounds=0,
        SamplingBounds=[*BOX, 0, 0])
    picture = pictures.Picture([800], 560)
    picture.frame(0, BOX, MARGINS, ([], []))
    film = frames.Frames(folder, "letters_film")
    frames.both_ways(film, picture, density, (word, noise), 0.016,
                     ("The score makes a word of noise", "Noise is added"))
    film.write(6)
    return samples, word, noise


if __name__ == "__main__":
    main(pictures.output_folder())
