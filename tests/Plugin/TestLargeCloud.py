# SPDX-License-Identifier: BSD-3-Clause
"""Gaussian Mixture, Kernel Density and Score Field with nothing set but the number of points.

Oracle: exact sums. On either side of the size from which on the engine Auto takes a mesh,
no node has a numerical class, and no score is off by more than Score Field's tolerance over the
bandwidth.
"""
import numpy
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy

simple.LoadDistributedPlugin("ScoreFields", remote=False, ns=globals())

TOLERANCE = 1e-3
STATISTICAL = (4, 5)  # too few samples, not significant


def array(image, name):
    return vtk_to_numpy(image.GetPointData().GetArray(name))


def fact(image, name):
    return image.GetFieldData().GetAbstractArray(name).GetValue(0)


for points, engine in ((5000, "Exact"), (300000, "Auto")):
    cloud = simple.GaussianMixture(NumberOfPoints=points)
    density = simple.KernelDensity(Input=cloud)
    image = servermanager.Fetch(simple.ScoreField(Input=density))
    assert fact(image, "Engine") == engine, fact(image, "Engine")
    assert fact(image, "ScoreTolerance") == TOLERANCE
    classes = array(image, "Reliability")
    assert numpy.isin(classes, (0,) + STATISTICAL).all(), numpy.bincount(classes)
    assert fact(image, "StableShare") == 1.0, fact(image, "StableShare")
    exact = servermanager.Fetch(simple.KernelDensity(Input=cloud, Engine="Exact"))
    error = numpy.linalg.norm(array(image, "Score") - array(exact, "Score"), axis=1)
    worst = fact(image, "Bandwidth") * error.max()
    assert worst <= fact(image, "ScoreErrorBound") <= 0.5 * TOLERANCE, worst
    print(points, "points,", engine, ": every node is sound, h |ds| at most", worst)
