# SPDX-License-Identifier: BSD-3-Clause
"""The modes of the study's estimate as the bandwidth grows, upwards, from 0.1 to 1.

Every line is a mode; where it meets another, that one takes it over. Below, the density at the
smallest bandwidth.

  pvbatch mode_tree.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import pictures
import study

LEAST, LARGEST = 0.1, 1.0
HEIGHT = 6


def main(folder):
    """Draws the tree above the density."""
    pictures.start()
    picture = pictures.Picture([800], 760)
    view = picture.views[0]
    samples = study.samples()
    scan = simple.BandwidthScan(
        Input=samples, AutomaticRange=0, ScanMinimum=LEAST, ScanMaximum=LARGEST, ScanSteps=120,
        TreeHeight=HEIGHT, ComputeStability=0, ComputeCriteria=0, ComputeEntropy=0,
        ComputeErrors=0, MarkRules=0)
    density = simple.KernelDensity(
        Input=samples, BandwidthRule="Manual", Bandwidth=LEAST, UseInputBounds=0,
        SamplingBounds=[-3, 3, -3, 3, 0, 0], SampleDimensions=[256, 256, 1])
    _, density_map = pictures.show_image(view, density, "Density", representation="Surface")
    density.UpdatePipeline()
    colours.davos(density_map, 0.0, density.PointData["Density"].GetRange()[1])
    tubes = simple.Tube(Input=simple.OutputPort(scan, 2), Radius=0.025)
    tubes.Scalars = ["POINTS", "Bandwidth"]
    display = simple.Show(tubes, view)
    simple.ColorBy(display, ("POINTS", "Bandwidth"), separate=True)
    display.SetScalarBarVisibility(view, False)
    tree_map = simple.GetColorTransferFunction("Bandwidth", display, separate=True)
    tree_map.ApplyPreset("Viridis (matplotlib)", True)
    tree_map.MapControlPointsToLogSpace()
    tree_map.UseLogScale = 1
    tree_map.RescaleTransferFunction(LEAST, LARGEST)
    pictures.colour_bar(view, tree_map, "Bandwidth", (0.86, 0.25), 0.5, size=16)
    pictures.write(view, "Mode tree of 200 samples", size=20)
    view.CameraPosition = [-11.0, -14.5, 9.5]
    view.CameraFocalPoint = [0.9, 0.0, 2.4]
    view.CameraViewUp = [0.0, 0.0, 1.0]
    view.CameraParallelProjection = 0
    view.CameraViewAngle = 24
    path = folder / "mode_tree.png"
    picture.save(path)
    return path


if __name__ == "__main__":
    main(pictures.output_folder())
