# SPDX-License-Identifier: BSD-3-Clause
"""Noise becomes a spiral in 3-D: annealed Langevin steps along the score of 2000 samples.

Three moments of one flow: the noise it begins with, half way, and the end, after the last step has
gone to the posterior mean. Colours are the height.

  pvbatch flow_spiral.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import pictures

STEPS = 120
BANDWIDTH = 0.35
MOMENTS = (0, STEPS // 2, STEPS)


def flow(samples):
    """From noise to the spiral."""
    return simple.ScoreFlow(
        Input=samples, Mode="Annealed Langevin", BandwidthRule="Manual", Bandwidth=BANDWIDTH,
        FirstBandwidth=2, NumberOfSteps=STEPS, NumberOfParticles=3000, NumberOfTrajectories=0)


def main(folder):
    """One picture of three panels; returns the flow and its samples."""
    pictures.start()
    samples = simple.GaussianMixture(Mixture="Swiss Roll", NumberOfPoints=2000)
    particles = flow(samples)
    picture = pictures.Picture([420, 420, 420], 460)
    samples.UpdatePipeline()
    bounds = samples.GetDataInformation().GetBounds()
    size = max(high - low for low, high in zip(bounds[::2], bounds[1::2]))
    centre = [(low + high) / 2 for low, high in zip(bounds[::2], bounds[1::2])]
    for view, step in zip(picture.views, MOMENTS):
        moment = simple.ForceTime(Input=particles, ForcedTime=step)
        height = simple.Calculator(Input=moment, ResultArrayName="Height", Function="coordsZ")
        height.UpdatePipeline(0)
        display = simple.Show(height, view)
        display.SetRepresentationType("Point Gaussian")
        display.ShaderPreset, display.GaussianRadius = "Plain circle", 0.006 * size
        simple.ColorBy(display, ("POINTS", "Height"), separate=True)
        display.SetScalarBarVisibility(view, False)
        colours.davos(simple.GetColorTransferFunction("Height", display, separate=True),
                      bounds[4] - 0.3 * size, bounds[5])
        view.CameraFocalPoint = centre
        view.CameraPosition = [centre[0] + 0.5 * size, centre[1] - 1.9 * size, centre[2] + 0.5 * size]
        view.CameraViewUp = [0, 0, 1]
        view.CameraParallelProjection, view.CameraParallelScale = 1, 0.8 * size
        bandwidth = moment.FieldData["Bandwidth"].GetRange()[0]
        pictures.write(view, f"Step {step}: bandwidth {bandwidth:.2f}", bold=1)
    picture.save(folder / "flow_spiral.png")
    return particles, samples


if __name__ == "__main__":
    main(pictures.output_folder())
