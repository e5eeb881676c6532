# SPDX-License-Identifier: BSD-3-Clause
"""Score Flow on some ranks, or one thread, moves particles as on one rank with all threads: to the bit.

    TestScoreFlowParallel.py PVBATCH MPIEXEC...   runs the jobs and compares
    pvbatch TestScoreFlowParallel.py --job FILE   one job; writes what it found

Oracle: the run on one rank. Samples arrive in the same order, so that every sum has the same order;
particles are compared by their numbers, since ranks hold different ones. A score image lies on all
ranks in parts, which share their outer nodes or have ghosts.
"""
import json
import os
import subprocess
import sys
import tempfile


def job(output):
    from paraview import servermanager, simple
    from paraview.vtk.util.numpy_support import vtk_to_numpy

    mixture = simple.GaussianMixture(NumberOfPoints=3000, SampleDimensions=[41, 38, 1])
    truth = simple.OutputPort(mixture, 1)
    image = dict(Target="Image", ScoreImage=truth)
    # Its name until ParaView 5.11, and after.
    add_ghosts = getattr(simple, "GhostCellsGenerator", None) or simple.GhostCells
    ghosts = dict(Target="Image", ScoreImage=add_ghosts(Input=truth, BuildIfRequired=0))
    dial = dict(Temperature=1.5, ScoreSmoothing=0.4)
    a_class = dict(LabelArray=["POINTS", "Component"], Class=1, GuidanceWeight=2.0,
                   MetropolisAdjusted=1)
    found = {}
    for name, mode, start, target in (("Ascent", "Ascent", "Samples", {}),
                                      ("Langevin", "Langevin", "Samples", {}),
                                      ("Annealing", "Annealed Langevin", "Noise", {}),
                                      ("Flow", "Probability flow", "Kernel density", {}),
                                      ("Denoise", "Denoise", "Box", {}),
                                      ("Diffusion", "Diffusion", "Random samples", {}),
                                      ("Dial", "Probability flow", "Noise", dial),
                                      ("Class", "Annealed Langevin", "Noise", a_class),
                                      ("Image", "Ascent", "Box", image),
                                      ("Image with ghosts", "Langevin", "Noise", ghosts)):
        flow = simple.ScoreFlow(Input=mixture, Mode=mode, StartFrom=start, NumberOfSteps=12,
                                NumberOfTrajectories=50, **target)
        flow.UpdatePipeline(12)
        data, lines = servermanager.Fetch(flow), servermanager.Fetch(flow, idx=1)
        order = vtk_to_numpy(data.GetPointData().GetArray("ParticleNumber")).argsort()
        found[name] = {
            "points": vtk_to_numpy(data.GetPoints().GetData())[order].tolist(),
            "density": vtk_to_numpy(data.GetPointData().GetArray("LogDensity"))[order].tolist(),
            "lines": lines.GetNumberOfLines(),
            "bandwidth": flow.FieldData["Bandwidth"].GetRange()[0],
        }
        if mode == "Ascent":
            basins = vtk_to_numpy(data.GetPointData().GetArray("Basin"))[order]
            found[name]["basins"] = basins.tolist()
    module = servermanager.vtkProcessModule.GetProcessModule()
    found["ranks"] = module.GetNumberOfLocalPartitions()
    with open(output, "w") as file:
        json.dump(found, file)


def run(command, ranks, **variables):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "found.json")
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1",
                           OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", **variables)
        subprocess.run([*command, __file__, "--job", output], check=True, env=environment)
        with open(output) as file:
            found = json.load(file)
    assert found.pop("ranks") == ranks, f"not {ranks} ranks"
    return found


def compare(pvbatch, mpiexec):
    serial = run([pvbatch], 1)
    others = {"one thread": run([pvbatch], 1, VTK_SMP_BACKEND_IN_USE="Sequential")}
    for ranks in (2, 3):
        others[f"{ranks} ranks"] = run([*mpiexec, "-n", str(ranks), pvbatch], ranks)
    for other, found in others.items():
        for name, expected in serial.items():
            for key, value in expected.items():
                assert found[name][key] == value, f"{other}: {name} has another {key}"
    print("ranks and threads do not matter:", {name: len(v["points"]) for name, v in serial.items()})


if sys.argv[1] == "--job":
    job(sys.argv[2])
else:
    compare(sys.argv[1], sys.argv[2:])
