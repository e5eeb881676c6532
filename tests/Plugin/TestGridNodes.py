# SPDX-License-Identifier: BSD-3-Clause
"""Nodes of meshes as the cloud count once on any number of ranks, with and without ghosts.

    TestGridNodes.py PVBATCH MPIEXEC...   runs the jobs and compares
    pvbatch TestGridNodes.py --job FILE   one job; writes what it found

Oracle: the run on one rank, whose parts are the whole, and the number of nodes of the grid. The
tolerance is for sums in another order.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

EXTENT = [-8, 9, -7, 7, -6, 7]
NODES = 18 * 15 * 14
SETTINGS = dict(BandwidthRule="Manual", Bandwidth=1.7)

RING = """
import math
from vtkmodules.vtkCommonCore import vtkPoints
image, grid = self.GetInputDataObject(0, 0), self.GetStructuredGridOutput()
points = vtkPoints()
points.SetDataTypeToDouble()
for k in range(image.GetExtent()[4], image.GetExtent()[5] + 1):
    for j in range(image.GetExtent()[2], image.GetExtent()[3] + 1):
        for i in range(image.GetExtent()[0], image.GetExtent()[1] + 1):
            angle = 2 * math.pi * ((i + 8) % 17) / 17
            points.InsertNextPoint((20 + j) * math.cos(angle), (20 + j) * math.sin(angle), k)
grid.SetExtent(image.GetExtent())
grid.SetPoints(points)
"""

POINTS = """
from vtkmodules.vtkCommonCore import vtkPoints
points = vtkPoints()
controller = __import__("vtkmodules.vtkParallelCore").vtkParallelCore.vtkMultiProcessController
ranks = controller.GetGlobalController().GetNumberOfProcesses()
rank = controller.GetGlobalController().GetLocalProcessId()
for number in range(rank, 60, ranks):
    points.InsertNextPoint(number // 3 % 5, number // 15, 0)
self.GetPolyDataOutput().SetPoints(points)
"""


def meshes():
    """Name, source and number of nodes."""
    from paraview import simple

    image = simple.Wavelet(WholeExtent=EXTENT)
    # Its name until ParaView 5.11, and after.
    add_ghosts = getattr(simple, "GhostCellsGenerator", None) or simple.GhostCells
    ghosts = add_ghosts(Input=image, BuildIfRequired=0)
    cells = 17 * 14 * 13
    return [
        ("image", image, NODES),
        ("ghosts", ghosts, NODES),
        ("composite", simple.GroupDatasets(Input=image), NODES),
        ("composite with ghosts", simple.GroupDatasets(Input=ghosts), NODES),
        ("threshold", simple.Threshold(Input=image, Scalars=["POINTS", "RTData"],
                                       LowerThreshold=130, UpperThreshold=1000), None),
        ("tetrahedra", simple.Tetrahedralize(Input=image), NODES),
        # The two ends of the ring lie on each other, but are two nodes.
        ("ring", simple.ProgrammableFilter(Input=image, OutputDataSetType="vtkStructuredGrid",
                                           Script=RING), NODES),
        # Cells with points of their own, and points without cells: all of them count.
        ("cells", simple.Shrink(Input=image, ShrinkFactor=1.0), 8 * cells),
        ("points", simple.ProgrammableSource(OutputDataSetType="vtkPolyData", Script=POINTS), 60),
    ]


def job(output):
    from paraview import servermanager, simple

    found = {}
    for name, mesh, nodes in meshes():
        density = simple.KernelDensity(Input=mesh, SampleDimensions=[12, 11, 10], **SETTINGS)
        points = simple.KernelDensityAtPoints(Input=mesh, **SETTINGS)
        # Ghosts and nodes of seams have the value of the sample that they repeat, not 0.
        others = simple.KernelDensityAtPoints(Input=mesh, LeaveOneOut=1, **SETTINGS)
        flow = simple.ScoreFlow(Input=mesh, Mode="Denoise", StartFrom="Samples", NumberOfSteps=1,
                                **SETTINGS)
        values = []
        for source in (density, points, others, flow):
            source.UpdatePipeline(1)
            count = source.FieldData["SampleCount"].GetRange()[0]
            assert count == nodes or nodes is None, (name, source, count, nodes)
            values += [count, *source.PointData["LogDensity"].GetRange()]
        values.append(flow.GetDataInformation().GetNumberOfPoints())
        found[name] = values
    module = servermanager.vtkProcessModule.GetProcessModule()
    found["ranks"] = module.GetNumberOfLocalPartitions()
    with open(output, "w") as file:
        json.dump(found, file)


def run(command, ranks):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "found.json")
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        subprocess.run([*command, __file__, "--job", output], check=True, env=environment)
        with open(output) as file:
            found = json.load(file)
    assert found.pop("ranks") == ranks, f"not {ranks} ranks"
    return found


def compare(pvbatch, mpiexec):
    serial = run([pvbatch], 1)
    for ranks in (2, 3):
        found = run([*mpiexec, "-n", str(ranks), pvbatch], ranks)
        for name, values in serial.items():
            assert all(math.isclose(a, b, rel_tol=1e-12) for a, b in zip(values, found[name])), \
                (ranks, name, values, found[name])
    print({name: values[0] for name, values in serial.items()})


if sys.argv[1] == "--job":
    job(sys.argv[2])
else:
    compare(sys.argv[1], sys.argv[2:])
