# SPDX-License-Identifier: BSD-3-Clause
"""Points From Arrays, and the density behind it, on two and three ranks as on one.

    TestPointsFromArraysParallel.py PVBATCH MPIEXEC...   runs the jobs and compares
    pvbatch TestPointsFromArraysParallel.py --job FILE   one job; writes what it found

Oracle: the run on one rank. Ranks share nodes, which count once. Sums come in another order, so that
numbers may differ in rounding.
"""
import json
import os
import subprocess
import sys
import tempfile


def job(output):
    from paraview import servermanager, simple

    nodes = simple.Wavelet(WholeExtent=[-8, 9, -7, 7, -6, 7])
    slopes = simple.Gradient(Input=nodes, ScalarArray=["POINTS", "RTData"], ResultArrayName="slope")
    cells = simple.PointDatatoCellData(Input=slopes)
    mesh = simple.Tetrahedralize(Input=slopes)
    clouds = {
        "nodes": simple.PointsFromArrays(Input=slopes, XArray=["POINTS", "RTData"],
                                         YArray=["POINTS", "slope"], YComponent=3, YLogScale=1),
        "cells": simple.PointsFromArrays(Input=cells, XArray=["CELLS", "RTData"], YCoordinate=2,
                                         WeightByCellSize=1),
        "mesh": simple.PointsFromArrays(Input=mesh, XArray=["POINTS", "slope"], NumberOfAxes=3,
                                        YArray=["POINTS", "slope"], YComponent=1),
        # Some values have no logarithm.
        "signed": simple.PointsFromArrays(Input=slopes, XArray=["POINTS", "slope"], XLogScale=1,
                                          NumberOfAxes=1)}
    found = {}
    for name, cloud in clouds.items():
        weight = {"WeightArray": ["POINTS", "CellSize"]} if name == "cells" else {}
        logarithms = {"ComputeLinearDensity": 1} if name in ("nodes", "signed") else {}
        density = simple.KernelDensity(Input=cloud, SampleDimensions=[30, 31, 12], **weight, **logarithms)
        density.UpdatePipeline()
        image = servermanager.Fetch(density)
        facts = image.GetFieldData()
        numbers = [facts.GetArray(fact).GetComponent(0, i)
                   for fact, count in (("SampleCount", 1), ("TotalWeight", 1), ("KernelCovariance", 6),
                                       ("PointsLeftOut", 1), ("LogAxes", 3)) for i in range(count)]
        arrays = ["Density", *(["LinearDensity"] if logarithms else [])]
        numbers += [v for array in arrays for v in density.PointData[array].GetRange()]
        found[name] = {"numbers": numbers, "titles": [
            facts.GetAbstractArray(f"AxisTitleFor{axis}").GetValue(0) for axis in "XYZ"
            if facts.HasArray(f"AxisTitleFor{axis}")]}
    module = servermanager.vtkProcessModule.GetProcessModule()
    found["ranks"] = module.GetNumberOfLocalPartitions()
    if module.GetPartitionId() == 0:
        with open(output, "w") as file:
            json.dump(found, file)


def run(command):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "found.json")
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        subprocess.run([*command, __file__, "--job", path], check=True, env=environment)
        with open(path) as file:
            return json.load(file)


def main(pvbatch, *mpiexec):
    one = run([pvbatch])
    assert one["nodes"]["numbers"][0] == 18 * 15 * 14, one["nodes"]
    assert one["cells"]["numbers"][1] == 17 * 14 * 13, "cells are unit cubes"
    assert one["signed"]["numbers"][8] > 0, "nothing is left out"
    for ranks in (2, 3):
        some = run([*mpiexec, "-n", str(ranks), pvbatch])
        assert some.pop("ranks") == ranks
        for name, found in some.items():
            assert found["titles"] == one[name]["titles"], name
            scale = max(abs(value) for value in one[name]["numbers"])
            for value, expected in zip(found["numbers"], one[name]["numbers"]):
                allowed = 1e-9 * abs(expected) + 1e-14 * scale
                assert abs(value - expected) <= allowed, (ranks, name, value, expected)
        print(ranks, "ranks:", [len(found["numbers"]) for found in some.values()])


if sys.argv[1] == "--job":
    job(sys.argv[2])
else:
    main(*sys.argv[1:])
