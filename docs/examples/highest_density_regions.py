# SPDX-License-Identifier: BSD-3-Clause
"""The smallest regions that hold 25, 50, 75 and 95 % of a density, and the samples outside of them.

Left a cloud in the plane: EnclosedMass of its density, the borders of the regions, and the samples,
red where they lie outside of all regions. Right a cloud in space, its regions as nested surfaces.

  pvbatch highest_density_regions.py OUTPUT_FOLDER
"""
from paraview import simple

import pictures

BOX = [-5, 5, -4, 4]
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = (560, 500)
NODES = 201
MASSES = [0.25, 0.5, 0.75, 0.95]


def in_the_plane():
    """Samples of two tilted Gaussians, and the regions of their density."""
    samples = simple.GaussianMixture(Mixture="Study", NumberOfPoints=1000, Seed=4)
    density = simple.KernelDensity(
        Input=samples, UseInputBounds=0, SamplingBounds=[*BOX, 0, 0],
        SampleDimensions=[NODES, NODES * 4 // 5, 1], BandwidthRule="Manual", Bandwidth=0.3)
    regions = simple.HighestDensityRegions(Input=density, Samples=samples)
    regions.RegionMasses = MASSES
    regions.UpdatePipeline()
    return samples, regions


def in_space():
    """Regions of clusters in space."""
    samples = simple.GaussianMixture(Mixture="Clusters 3-D", NumberOfPoints=2000)
    density = simple.KernelDensity(Input=samples, SampleDimensions=[64, 64, 64])
    regions = simple.HighestDensityRegions(Input=density)
    regions.RegionMasses = MASSES
    regions.UpdatePipeline()
    return regions


def draw_plane(picture, regions):
    """EnclosedMass with the borders as orange lines, and the samples outside as red discs."""
    view = picture.frame(0, BOX, MARGINS)
    pictures.write(view, "Regions of 25, 50, 75 and 95 %")
    _, colours = pictures.show_image(view, regions, "EnclosedMass")
    colours.ApplyPreset("Linear Green (Gr4L)", True)
    colours.RescaleTransferFunction(0, 1)
    lines = simple.Show(simple.OutputPort(regions, 1), view)
    lines.LineWidth = 3
    lines.Position = [0, 0, pictures.LIFT]
    pictures.one_colour(lines, [0.85, 0.4, 0])
    cloud = simple.OutputPort(regions, 3)
    for low, high, radius, colour in ((-1, -1, 0.06, pictures.RED), (0, 3, 0.02, pictures.TEXT)):
        part = simple.Threshold(Input=cloud, Scalars=["POINTS", "Region"], LowerThreshold=low,
                                UpperThreshold=high)
        pictures.show_points(view, part, radius, colour).Position = [0, 0, pictures.LIFT]
    pictures.colour_bar(picture.views[1], colours, "Enclosed mass", (0.01, 0.06), 0.35)


def draw_space(picture, regions):
    """The picture that Apply makes, from an oblique side."""
    view = picture.views[1]
    pictures.write(view, "The same in space")
    simple.Show(regions, view)
    simple.Show(simple.OutputPort(regions, 1), view)
    view.ResetActiveCameraToPositiveX()
    simple.ResetCamera(view)
    view.GetActiveCamera().Azimuth(35)
    view.GetActiveCamera().Elevation(20)
    view.GetActiveCamera().Zoom(0.95)


def main(folder):
    """Draws both; returns the samples of the plane and both regions."""
    pictures.start()
    picture = pictures.Picture([SIZE[0], SIZE[0]], SIZE[1])
    samples, plane = in_the_plane()
    space = in_space()
    draw_plane(picture, plane)
    draw_space(picture, space)
    picture.save(folder / "highest_density_regions.png")
    return samples, plane, space


if __name__ == "__main__":
    main(pictures.output_folder())
