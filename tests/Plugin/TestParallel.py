# SPDX-License-Identifier: BSD-3-Clause
"""pvbatch on two ranks gives what it gives on one: same grid, same density, same bandwidth.

    TestParallel.py PVBATCH MPIEXEC...   runs both jobs and compares
    pvbatch TestParallel.py --job FILE   one job; writes what it found

Oracle: the run on one rank. The tolerance is for sums in another order: 1e-12 of the value.
"""
import json
import math
import os
import subprocess
import sys
import tempfile


def job(output):
    from paraview import servermanager, simple

    mixture = simple.GaussianMixture(NumberOfPoints=1000)
    density = simple.KernelDensity(Input=mixture)
    density.UpdatePipeline()
    information = density.GetDataInformation()
    array = density.PointData["Density"]
    whole = simple.IntegrateVariables(Input=density)
    mass = servermanager.Fetch(whole).GetPointData().GetArray("Density").GetTuple1(0)
    found = {
        "ranks": servermanager.vtkProcessModule.GetProcessModule().GetNumberOfLocalPartitions(),
        "samples": mixture.GetDataInformation().GetNumberOfPoints(),
        "extent": list(information.GetExtent()),
        "bounds": list(information.GetBounds()),
        "density": list(array.GetRange()),
        "bandwidth": density.FieldData["Bandwidth"].GetRange()[0],
        "mass": mass,
    }
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


def close(a, b):
    if isinstance(a, list):
        return len(a) == len(b) and all(map(close, a, b))
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-300)


def compare(pvbatch, mpiexec):
    serial = run([pvbatch], 1)
    parallel = run([*mpiexec, pvbatch], 2)
    print("1 rank: ", serial, "\n2 ranks:", parallel)
    assert serial["samples"] == 1000
    different = [key for key in serial if not close(serial[key], parallel[key])]
    assert not different, different


if sys.argv[1] == "--job":
    job(sys.argv[2])
else:
    compare(sys.argv[1], sys.argv[2:])
