# SPDX-License-Identifier: BSD-3-Clause
"""Points From Shape on what ParaView's users click and open: Spline, Poly Line, 3D Text, PNG files.

Oracles: the input's own cells, on which the points lie; ParaView's Integrate Variables for shares of
area; the pixels' darkness, written down here. Statistics may be five standard errors off.
"""
import pathlib
import tempfile

import numpy
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkCellLocator, vtkGenericCell, vtkImageData
from vtkmodules.vtkCommonCore import mutable
from vtkmodules.vtkIOImage import vtkPNGWriter

COUNT = 20000


def cloud(source, **options):
    """The points of a shape, one a row."""
    found = simple.PointsFromShape(Input=source, NumberOfPoints=COUNT, **options)
    found.UpdatePipeline()
    points = vtk_to_numpy(servermanager.Fetch(found).GetPoints().GetData())
    assert points.shape == (COUNT, 3), points.shape
    return points


def farthest(shape, points):
    """The largest distance of a point from the cells of a shape."""
    locator, cell, place = vtkCellLocator(), vtkGenericCell(), [0.0, 0.0, 0.0]
    locator.SetDataSet(shape)
    locator.BuildLocator()
    largest = 0.0
    for point in points:
        square = mutable(0.0)
        locator.FindClosestPoint(point, place, cell, mutable(0), mutable(0), square)
        largest = max(largest, float(square) ** 0.5)
    return largest


def area(source):
    whole = servermanager.Fetch(simple.IntegrateVariables(Input=source))
    return whole.GetCellData().GetArray("Area").GetTuple1(0)


def test_poly_line():
    """3 units along x and 4 along y."""
    points = cloud(simple.PolyLineSource(Points=[0, 0, 0, 3, 0, 0, 3, 4, 0]))
    first = (abs(points[:, 1]) < 1e-6).mean()
    assert abs(first - 3 / 7) < 5 * (12 / 49 / COUNT) ** 0.5, first
    assert (points[:, 2] == 0).all()


def test_spline():
    spline = simple.SplineSource()
    spline.ParametricFunction.Points = [-1, 0, 0, 0, 1, 0, 1, -1, 0, 2, 0.5, 0]
    points = cloud(spline)
    shape = servermanager.Fetch(spline)
    assert farthest(shape, points[::50]) < 1e-6  # the source has single precision
    ends = vtk_to_numpy(shape.GetPoints().GetData())
    pieces = numpy.linalg.norm(numpy.diff(ends, axis=0), axis=1)
    middle = (ends[1:] + ends[:-1]) / 2
    mean = (pieces[:, None] * middle).sum(axis=0) / pieces.sum()
    error = points.std(axis=0) / COUNT ** 0.5
    assert (abs(points.mean(axis=0) - mean) <= 5 * error + 1e-6).all(), points.mean(axis=0) - mean


def test_text():
    text = simple.a3DText(Text="oil")
    points = cloud(text)
    assert farthest(servermanager.Fetch(text), points[::50]) < 1e-6
    half = simple.Clip(Input=text, ClipType="Plane")
    half.ClipType.Origin, half.ClipType.Normal = [0.5, 0, 0], [1, 0, 0]
    left = area(half) / area(text)
    found = (points[:, 0] < 0.5).mean()
    if half.Invert == 0:
        left = 1 - left
    assert abs(found - left) < 5 * (left * (1 - left) / COUNT) ** 0.5, (found, left)
    moved = cloud(text, Jitter=0.1)
    assert (moved[:, 2] == 0).all() and abs((moved - points)[:, :2].std() - 0.1) < 0.0025


def test_picture(folder):
    """A PNG of 8 by 6 coloured pixels with opacity; the last row is transparent."""
    colours = numpy.random.default_rng(3).integers(0, 256, (6, 8, 4)).astype(numpy.uint8)
    colours[5, :, 3] = 0
    image = vtkImageData()
    image.SetDimensions(8, 6, 1)
    image.GetPointData().SetScalars(numpy_to_vtk(colours.reshape(-1, 4), deep=1))
    writer = vtkPNGWriter()
    writer.SetFileName(str(folder / "pixels.png"))
    writer.SetInputData(image)
    writer.Write()
    reader = simple.PNGSeriesReader(FileNames=[str(folder / "pixels.png")])
    luminance = colours[:, :, :3] @ [0.299, 0.587, 0.114] / 255
    opacity = colours[:, :, 3] / 255
    for mode, tone in (("Dark pixels", 1 - luminance), ("Bright pixels", luminance)):
        points = cloud(reader, DrawFrom=mode)
        column, row = numpy.rint(points[:, 0]).astype(int), numpy.rint(points[:, 1]).astype(int)
        found = numpy.bincount(column + 8 * row, minlength=48).reshape(6, 8)
        share = (tone * opacity) / (tone * opacity).sum()
        assert found[5].sum() == 0, "a transparent pixel has points"
        error = (COUNT * share * (1 - share)) ** 0.5
        assert (abs(found - COUNT * share) <= 5 * error + 1e-9).all(), found - COUNT * share


def test_density_arrays():
    """A cell array and a point array of a plane, chosen as the panel does."""
    plane = simple.Plane(XResolution=4, YResolution=1)
    ramp = simple.Calculator(Input=plane, ResultArrayName="ramp", Function="coordsX+0.5")
    points = cloud(ramp, DensityArray=["POINTS", "ramp"])[:, 0] + 0.5
    assert abs(points.mean() - 2 / 3) < 5 * (1 / 18 / COUNT) ** 0.5, points.mean()  # density 2 x
    cells = simple.PointDatatoCellData(Input=ramp)
    points = cloud(cells, DensityArray=["CELLS", "ramp"])[:, 0] + 0.5
    share = (points < 0.25).mean()
    assert abs(share - 1 / 16) < 5 * (15 / 256 / COUNT) ** 0.5, share  # 1, 3, 5, 7 eighths
    plain = simple.PointsFromShape(Input=ramp)
    assert plain.DensityArray[1] == "None", "an array is chosen before the user does"


test_poly_line()
test_spline()
test_text()
test_density_arrays()
with tempfile.TemporaryDirectory() as name:
    test_picture(pathlib.Path(name))
print("points lie where they shall")
