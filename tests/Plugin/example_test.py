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
