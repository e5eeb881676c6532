# SPDX-License-Identifier: BSD-3-Clause
"""The regions of two densities, and their picture.

Oracles: sums over the nodes of the density, which hold the mass of a region to the nodes on its
border; quantiles of EnclosedMass at the samples, drawn from the mixture that the density estimates;
the red pixels are the samples outside, and the orange ones the borders.
"""
import example_test  # first: it finds the examples

import numpy
from paraview import servermanager, simple

import highest_density_regions as example

samples, plane, space = example.main(example_test.FOLDER)

for regions, axes in ((plane, 2), (space, 3)):
    density = numpy.array(example_test.point_array(regions, "Density"))
    enclosed = numpy.array(example_test.point_array(regions, "EnclosedMass"))
    table = servermanager.Fetch(regions, idx=2)
    column = {table.GetColumnName(i): [table.GetValue(row, i).ToDouble() for row in range(4)]
              for i in range(table.GetNumberOfColumns())}
    print(column)
    assert column["RegionMass"] == example.MASSES
    held = regions.FieldData["MassInImage"].GetRange()[0]
    assert 0.999 < held <= 1
    measure = numpy.prod(numpy.array(servermanager.Fetch(regions).GetSpacing())[:axes])
    for level, mass, size in zip(column["DensityLevel"], example.MASSES, column["Measure"]):
        inside = density >= level
        # Some (size / measure)^((axes - 1) / axes) nodes lie on the border, half of each counts by
        # chance, and each has the mass level * measure.
        border = (size / measure) ** ((axes - 1) / axes)
        assert abs(density[inside].sum() * measure - mass) < 2 * border * level * measure
        assert abs(inside.sum() * measure - size) < 2 * border * measure
        assert (inside != (enclosed <= mass)).sum() <= 0.02 * border + 2

region = numpy.array(example_test.point_array(simple.OutputPort(plane, 3), "Region"))
outside = (region == -1).mean()
print("samples outside:", outside)
assert 0.01 < outside < 0.05, "about 5 %, less since each sample lies under its own kernel"

image = example_test.pixels(example_test.FOLDER / "highest_density_regions.png")
panel = example_test.inside(image[:, :560], (560, 500), example.MARGINS)
red = (panel[..., 0] > 180) & (panel[..., 1] < 60) & (panel[..., 2] < 60)
orange = (panel[..., 0] > 190) & (abs(panel[..., 1].astype(int) - 102) < 40) & (panel[..., 2] < 40)
assert 0.0005 < red.mean() < 0.01, red.mean()
assert 0.005 < orange.mean() < 0.05, orange.mean()
coloured = (image[:, 560:].max(axis=2).astype(int) - image[:, 560:].min(axis=2)) > 40
assert 0.03 < coloured.mean() < 0.5, coloured.mean()
