# SPDX-License-Identifier: BSD-3-Clause
"""What the tests of docs/examples share: the scripts, a folder for pictures, a look at pixels."""
import pathlib
import sys
import tempfile

import numpy
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "docs" / "examples"))

TEMPORARY = tempfile.TemporaryDirectory(prefix="scorefields-examples-")  # goes with the process
FOLDER = pathlib.Path(TEMPORARY.name)


def pixels(path):
    """Rows, columns and three colours from 0 to 255, as signed numbers."""
    return numpy.asarray(Image.open(path).convert("RGB")).astype(int)


def near(image, colour, tolerance=40):
    """Which pixels have a colour, given from 0 to 1, in each channel within the tolerance."""
    return (abs(image - 255 * numpy.asarray(colour)) <= tolerance).all(axis=-1)


def inside(image, size, margins):
    """The pixels of a square box in a panel: left, right, bottom and top margins as in frame()."""
    left, right, bottom, top = margins
    side = min(size[0] - left - right, size[1] - bottom - top)
    column = left + (size[0] - left - right - side) // 2
    row = top + (size[1] - bottom - top - side) // 2
    return image[row:row + side, column:column + side]


def texts():
    """The texts in the views of the session."""
    from paraview import simple
    return [s.Text for s in simple.GetSources().values() if s.GetXMLName() == "TextSource"]


def point_array(source, name):
    """The values of a point array of a source or port, as numpy has them."""
    from paraview import servermanager
    from vtkmodules.util.numpy_support import vtk_to_numpy
    source.UpdatePipeline()
    data = servermanager.Fetch(source, idx=getattr(source, "Port", 0))
    return vtk_to_numpy(data.GetPointData().GetArray(name))


def positions(source):
    """The points of a source, one a row."""
    from paraview import servermanager
    from vtkmodules.util.numpy_support import vtk_to_numpy
    return vtk_to_numpy(servermanager.Fetch(source).GetPoints().GetData())


def source(kind):
    """The one source of the session of an XML name."""
    from paraview import simple
    found = [s for s in simple.GetSources().values() if s.GetXMLName() == kind]
    assert len(found) == 1, f"{len(found)} sources of the kind {kind}"
    return found[0]


def study_truth(nodes):
    """The study's mixture by its formula: density and score at nodes, one a row."""
    tilted, upright = numpy.array([[0.5, 0.3], [0.3, 0.5]]), numpy.array([[0.5, 0.0], [0.0, 0.5]])
    density, slope = 0, 0
    for weight, mean, covariance in ((0.2, (-1, -1), tilted), (0.2, (1, 1), tilted),
                                     (0.6, (1, -1), upright)):
        inverse = numpy.linalg.inv(covariance)
        offset = nodes - mean
        part = weight * numpy.exp(-0.5 * numpy.einsum("ni,ij,nj->n", offset, inverse, offset))
        part /= 2 * numpy.pi * numpy.sqrt(numpy.linalg.det(covariance))
        density = density + part
        slope = slope - part[:, None] * (offset @ inverse)
    return density, slope / density[:, None]


def square(half_width, count):
    """The nodes of a square, the first coordinate fastest, and what area each stands for."""
    line = numpy.linspace(-half_width, half_width, count)
    step = line[1] - line[0]
    nodes = numpy.stack([grid.ravel() for grid in numpy.meshgrid(line, line)], axis=1)
    weights = numpy.r_[0.5, numpy.ones(count - 2), 0.5]
    return nodes, numpy.outer(weights, weights).ravel() * step**2


def kernel_score(nodes, cloud, bandwidth):
    """The score of a kernel density by its sums, each less its largest term."""
    scores = []
    for part in numpy.array_split(nodes, 64):
        offset = cloud[None, :, :] - part[:, None, :]
        exponent = -(offset**2).sum(axis=2) / (2 * bandwidth**2)
        weight = numpy.exp(exponent - exponent.max(axis=1, keepdims=True))
        weight /= weight.sum(axis=1, keepdims=True)
        scores.append((weight[:, :, None] * offset).sum(axis=1) / bandwidth**2)
    return numpy.concatenate(scores)
