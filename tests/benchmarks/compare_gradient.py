# SPDX-License-Identifier: BSD-3-Clause
"""Score Field beside ParaView's Gradient filter on the same image, in turns; medians and ratios.

  PV_PLUGIN_PATH=build/plugins pvpython tests/benchmarks/compare_gradient.py

Both differentiate the array LogDensity; Score Field also classes every node. Mind that Debian's
ParaView is compiled without optimisation, its Gradient filter therefore slower than elsewhere, and
that VTK's threads are off there unless VTK_SMP_BACKEND_IN_USE says otherwise: the script switches
them on for both.
"""
import os
import statistics
import time

os.environ.setdefault("VTK_SMP_BACKEND_IN_USE", "STDThread")

import numpy  # noqa: E402  (after the variable)
from paraview import simple  # noqa: E402
from vtkmodules.util.numpy_support import numpy_to_vtk  # noqa: E402
from vtkmodules.vtkCommonDataModel import vtkImageData  # noqa: E402

RUNS = 7


def image(shape):
    """A log density with two clusters on [-4, 4]^d."""
    axes = [numpy.linspace(-4, 4, n) if n > 1 else numpy.zeros(1) for n in shape]
    x, y, z = numpy.meshgrid(*axes, indexing="ij")
    values = -(x * x + y * y + z * z) + numpy.logaddexp(0, 2 * x)
    data = vtkImageData()
    data.SetDimensions(shape)
    data.SetOrigin(-4, -4, -4 if shape[2] > 1 else 0)
    data.SetSpacing([8 / max(n - 1, 1) for n in shape])
    array = numpy_to_vtk(values.ravel(order="F"), deep=1)
    array.SetName("LogDensity")
    data.GetPointData().SetScalars(array)
    return data


def seconds(filters):
    """Wall time of each filter, run in turns; the first turn warms up."""
    times = [[] for _ in filters]
    for run in range(RUNS + 1):
        for made, spent in zip(filters, times):
            made.GetClientSideObject().Modified()
            start = time.perf_counter()
            made.GetClientSideObject().Update()
            if run:
                spent.append(time.perf_counter() - start)
    return [statistics.median(spent) for spent in times]


def compare(shape):
    """A row of the table."""
    source = simple.TrivialProducer()
    source.GetClientSideObject().SetOutput(image(shape))
    gradient = simple.Gradient(Input=source, ScalarArray=["POINTS", "LogDensity"])
    scores = [simple.ScoreField(Input=source, Method=method)
              for method in ("Central difference", "Fourth order", "Spectral")]
    for made in (gradient, *scores):
        made.UpdatePipeline()
    theirs, *ours = seconds([gradient, *scores])
    size = " x ".join(str(n) for n in shape if n > 1)
    print(f"| {size} | {1e3 * theirs:.0f} | " + " | ".join(
        f"{1e3 * t:.0f} | {theirs / t:.1f}" for t in ours) + " |", flush=True)


print("| nodes | Gradient, ms | Score Field, central, ms | times faster | fourth order, ms | "
      "times faster | spectral, ms | times faster |\n" + "| --- " * 8 + "|")
compare((1024, 1024, 1))
compare((256, 256, 256))
