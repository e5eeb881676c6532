# SPDX-License-Identifier: BSD-3-Clause
"""Noise is added to samples until they are noise; then the score takes it away again.

First the samples diffuse while the bandwidth grows: their density becomes their kernel density.
Then the probability flow carries them back to a small bandwidth, by nothing but the score of that
density. It ends at samples, since this score knows nothing else.

  pvbatch flow_story.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
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
    view = picture.frame(0, BOX, MARGINS)
    _, colour_map = pictures.show_image(view, density, "Density")
    shown = [pictures.show_points(view, particles, 0.06) for particles in (there, back)]
    title = pictures.write(view, "", bold=1)
    film = frames.Frames(folder, "flow_story")
    for frame in range(2 * steps + 1):
        particles = there if frame <= steps else back
        step = frame if frame <= steps else frame - steps
        particles.UpdatePipeline(step)
        bandwidth = particles.FieldData["Bandwidth"].GetRange()[0]
        density.Bandwidth = bandwidth
        density.UpdatePipeline()
        colours.davos(colour_map, 0, density.PointData["Density"].GetRange()[1])
        for source, display in zip((there, back), shown):
            display.Visibility = int(source is particles)
        view.ViewTime = step
        word = "Noise is added" if frame <= steps else "The score takes it away"
        title.Text = f"{word}: bandwidth {bandwidth:.2f}"
        film.add(picture)
    return film.write(3)


if __name__ == "__main__":
    main(pictures.output_folder())
