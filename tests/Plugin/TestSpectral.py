# SPDX-License-Identifier: BSD-3-Clause
"""The method Spectral on an image that no filter of this plugin made, from pvpython.

Oracle: closed form. ParaView's Wavelet is an image; a Calculator writes the log density of two
Gaussians on it, of which the score is known. Reliable scores are right to the tolerance over the
shortest length, 1 / 4, and there are some. A thinned extent asked for downstream gives the same.
"""
import numpy
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy

simple.LoadDistributedPlugin("ScoreFields", remote=False, ns=globals())

wavelet = simple.Wavelet(WholeExtent=[-24, 24, -20, 20, 0, 0])
density = simple.Calculator(
    Input=wavelet, ResultArrayName="LogDensity",
    Function="-(coordsX^2 + coordsY^2) / 32 + ln(cosh(coordsX / 4))")
score = simple.ScoreField(Input=density, DensityArray=["POINTS", "LogDensity"], Method="Spectral",
                          Tolerance=0.01)
image = servermanager.Fetch(score)
assert image.GetFieldData().GetAbstractArray("ScoreMethod").GetValue(0) == "Spectral"
points = numpy.array([image.GetPoint(i) for i in range(image.GetNumberOfPoints())])
truth = numpy.zeros_like(points)
truth[:, 0] = -points[:, 0] / 16 + numpy.tanh(points[:, 0] / 4) / 4
truth[:, 1] = -points[:, 1] / 16
found = vtk_to_numpy(image.GetPointData().GetArray("Score"))
mask = vtk_to_numpy(image.GetPointData().GetArray("StabilityMask")) == 1
error = numpy.linalg.norm(found - truth, axis=1)
assert mask.mean() > 0.5, mask.mean()
assert error[mask].max() < 0.01 / 4, error[mask].max()
assert score.PointData["Score"].GetRange(2) == (0, 0)

part = simple.ExtractSubset(Input=score, VOI=[-5, 10, -20, 3, 0, 0])
cut = servermanager.Fetch(part)
inside = ((points[:, 0] >= -5) & (points[:, 0] <= 10) & (points[:, 1] <= 3))
assert numpy.array_equal(vtk_to_numpy(cut.GetPointData().GetArray("Score")), found[inside])
print("spectral scores are right where they are called so, on", mask.mean(), "of the nodes")
