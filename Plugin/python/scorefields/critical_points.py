# SPDX-License-Identifier: BSD-3-Clause
"""Modes, saddles and minima of a density from its score on an image.

A critical point is a zero of the score. Each cell whose corners are all trusted and between whose
corners every component of the score changes its sign is searched by Newton's method for the zero of
the score interpolated linearly along each axis. What kind it is follows from the signs of the
curvatures, the eigenvalues of the interpolated score's derivative. The place is right to about
spacing^2 times the third over the second derivative of the log density.

The functions need numpy alone; `run` is what a Programmable Filter of ParaView calls.
"""
import itertools

import numpy

KINDS = ("mode", "saddle", "minimum")
STEPS = 30


def sign_changes(score, trusted):
    """The indices of the cells that may hold a zero.

    score: nodes along each axis (x first), then the components along these axes. trusted: the same
    without components, True where the score can be used.
    """
    axes = score.ndim - 1
    corners = [tuple(slice(b, n - 1 + b) for b, n in zip(bits, score.shape))
               for bits in itertools.product((0, 1), repeat=axes)]
    whole = numpy.logical_and.reduce([trusted[c] for c in corners])
    low = numpy.minimum.reduce([score[c] for c in corners])
    high = numpy.maximum.reduce([score[c] for c in corners])
    return numpy.argwhere(whole & ((low <= 0) & (high >= 0)).all(axis=-1))


def interpolate(values, place):
    """Value and derivative, along the axes of the cell, of values given at its 2^d corners."""
    axes = len(place)
    derivative = []
    for axis in range(axes):
        slope = numpy.diff(values, axis=axis)
        for other in range(axes):
            t = 0 if other == axis else place[other]
            slope = (1 - t) * slope.take([0], other) + t * slope.take([-1], other)
        derivative.append(slope.reshape(values.shape[axes:]))
    for t in place:
        values = (1 - t) * values[0] + t * values[1]
    return values, numpy.array(derivative)


def zero_in_cell(corners):
    """Where in the unit cell the interpolated vectors vanish, and their derivative there; or None."""
    axes = corners.ndim - 1
    for start in itertools.product((0.5, 0.1, 0.9), repeat=axes):
        place = numpy.array(start)
        for _ in range(STEPS):
            value, derivative = interpolate(corners, place)
            try:
                step = numpy.linalg.solve(derivative.T, value)
            except numpy.linalg.LinAlgError:
                break
            place = numpy.clip(place - step, -0.5, 1.5)
            if abs(step).max() < 1e-10:
                inside = (place > -1e-9).all() and (place < 1 + 1e-9).all()
                if inside:
                    return place, interpolate(corners, place)[1]
                break
    return None


def find(score, trusted, spacing):
    """Critical points: places in units of nodes, and how many curvatures are positive (0: a mode).

    spacing: of the nodes along each axis of score.
    """
    places, rising = [], []
    for cell in sign_changes(score, trusted):
        corners = score[tuple(slice(i, i + 2) for i in cell)]
        zero = zero_in_cell(corners)
        if zero is None:
            continue
        place = cell + zero[0]
        if places and min(abs(numpy.array(places) - place).max(axis=1)) < 1e-6:
            continue  # on a face that two cells share
        hessian = zero[1] / numpy.asarray(spacing)[:, None]
        places.append(place)
        rising.append(int((numpy.linalg.eigvalsh((hessian + hessian.T) / 2) > 0).sum()))
    axes = score.ndim - 1
    return numpy.array(places).reshape(-1, axes), numpy.array(rising, dtype=int)


def kind_of(rising, axes):
    """0 mode, 1 saddle, 2 minimum."""
    return numpy.where(rising == 0, 0, numpy.where(rising == axes, 2, 1))


def run(image, output):
    """Fills a vtkPolyData with the critical points of an image that Score Field made.

    Point arrays: Kind (0 mode, 1 saddle, 2 minimum), RisingDirections (how many of the curvatures
    are positive), LogDensity.
    """
    from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
    from vtkmodules.vtkCommonCore import vtkPoints
    from vtkmodules.vtkCommonDataModel import vtkCellArray

    shape = image.GetDimensions()
    active = [axis for axis in range(3) if shape[axis] > 1]
    arrays = image.GetPointData()

    def nodes(name):
        values = vtk_to_numpy(arrays.GetArray(name))
        values = values.reshape(shape[::-1] + values.shape[1:])
        values = values.transpose((2, 1, 0) + ((3,) if values.ndim == 4 else ()))
        return values.reshape([shape[axis] for axis in active] + list(values.shape[3:]))

    direction = numpy.array([[image.GetDirectionMatrix().GetElement(r, c) for c in range(3)]
                             for r in range(3)])
    places, rising = numpy.zeros((0, len(active))), numpy.zeros(0, dtype=int)
    if active:
        score = (nodes("Score") @ direction)[..., active]
        spacing = [image.GetSpacing()[axis] for axis in active]
        places, rising = find(score, nodes("StabilityMask") == 1, spacing)
    log_density = [interpolate(nodes("LogDensity")[tuple(slice(i, i + 2) for i in cell)],
                               place - cell)[0]
                   for place in places
                   for cell in [numpy.minimum(place.astype(int), numpy.array(
                       [shape[axis] - 2 for axis in active]))]]
    index = numpy.zeros((len(places), 3))
    index[:, active] = places
    index += numpy.array(image.GetExtent()[::2])
    world = (index * image.GetSpacing()) @ direction.T + numpy.array(image.GetOrigin())
    points = vtkPoints()
    points.SetData(numpy_to_vtk(world, deep=1))
    output.SetPoints(points)
    vertices = vtkCellArray()
    for i in range(len(world)):
        vertices.InsertNextCell(1, [i])
    output.SetVerts(vertices)
    for name, values in (("Kind", kind_of(rising, len(active))), ("RisingDirections", rising),
                         ("LogDensity", numpy.array(log_density, dtype=float))):
        array = numpy_to_vtk(numpy.ascontiguousarray(values), deep=1)
        array.SetName(name)
        output.GetPointData().AddArray(array)
