# SPDX-License-Identifier: BSD-3-Clause
"""pvbatch on two ranks gives what it gives on one: grid, density, bandwidth, summary of the score.

    TestParallel.py PVBATCH MPIEXEC...   runs both jobs and compares
    pvbatch TestParallel.py --job FILE   one job; writes what it found

Oracle: the run on one rank. The tolerance is for sums in another order: 1e-12 of the value, and of
the score 1e-9, since differences of the log density divide its rounding by the spacing.
"""
import json
import math
import os
import subprocess
import sys
import tempfile


SUMMARY = ("ReliabilityCounts", "StableShare", "StableMeasure", "SignificanceThreshold",
           "FisherDivergence", "ScoreRmse", "StableScoreRmse", "TruthMass", "WorstScoreError",
           "WorstNode")


def field(source, name):
    """All components of a field array."""
    array = source.FieldData[name]
    return [array.GetRange(i)[0] for i in range(array.GetNumberOfComponents())]


def job(output):
    from paraview import servermanager, simple

    mixture = simple.GaussianMixture(NumberOfPoints=1000)
    density = simple.KernelDensity(Input=mixture)
    density.UpdatePipeline()
    information = density.GetDataInformation()
    array = density.PointData["Density"]
    whole = simple.IntegrateVariables(Input=density)
    mass = servermanager.Fetch(whole).GetPointData().GetArray("Density").GetTuple1(0)
    truth = simple.MixtureTruth(Input=density)
    score = simple.ScoreField(Input=truth, Method="Fourth order", MultipleTesting="Hochberg",
                              StabilityCriterion="Numerical and sample size")
    score.UpdatePipeline()
    table = servermanager.Fetch(score, idx=1)
    found = {
        "ranks": servermanager.vtkProcessModule.GetProcessModule().GetNumberOfLocalPartitions(),
        "samples": mixture.GetDataInformation().GetNumberOfPoints(),
        "extent": list(information.GetExtent()),
        "bounds": list(information.GetBounds()),
        "density": list(array.GetRange()),
        "bandwidth": density.FieldData["Bandwidth"].GetRange()[0],
        "mass": mass,
        "summary": {name: field(score, name) for name in SUMMARY},
        "classes": [[table.GetValue(row, column).ToString() for column in range(2)]
                    for row in range(8)],
    }
    found["compared"] = compared(score, density)
    found["different"] = different(mixture)
    found["ridges"] = ridges(mixture)
    found["regions"] = regions(mixture, density)
    found["modes"] = modes(mixture, density)
    found["spectral"] = spectral(density)
    found["recovered"] = recovered(mixture, score)
    found["fits"] = fitted(mixture)
    found["drawn"] = drawn()
    found["routes"] = by_routes()
    found["closed"] = in_a_closed_box()
    found["nodes"] = of_nodes()
    found["kept"] = of_kept_points()
    found.update(over_bandwidths(mixture, density))
    with open(output, "w") as file:
        json.dump(found, file)


def compared(score, density):
    """A density against its truth, and against one on other nodes."""
    from paraview import servermanager, simple

    coarse = simple.KernelDensity(Input=density.Input, SampleDimensions=[50, 40, 1])
    values = []
    for comparison, rows in ((simple.CompareDensities(Input=score, Samples=density.Input), 20),
                             (simple.CompareDensities(Input=density, Reference=coarse), 16)):
        comparison.UpdatePipeline()
        table = servermanager.Fetch(comparison, idx=1)
        values += [table.GetValueByName(row, "Value").ToDouble() for row in range(table.GetNumberOfRows())]
        values += comparison.PointData["LogDensityError"].GetRange()
        assert table.GetNumberOfRows() == rows, values
    simple.SetActiveSource(density)  # new filters take their arrays from it
    return values


def regions(mixture, density):
    """Regions of the plane with samples of all ranks, by both kinds of levels; of clusters in space,
    whose islands lie on several ranks; and of a density on periodic axes."""
    from paraview import servermanager, simple

    periodic = simple.KernelDensity(
        Input=mixture, SampleDimensions=[60, 50, 1], UseInputBounds=0, Boundary="Periodic",
        SamplingBounds=[-1, 4, -1.5, 4, 0, 0], BandwidthRule="Manual", Bandwidth=0.3)
    clusters = simple.GaussianMixture(Mixture="Clusters 3-D", NumberOfPoints=500)
    space = simple.KernelDensity(Input=clusters, SampleDimensions=[32, 32, 32])
    found = {}
    for name, source, samples, levels in (
            ("plane", density, mixture, 0), ("samples", density, mixture, 1),
            ("periodic", periodic, None, 0), ("space", space, clusters, 0)):
        filter_ = simple.HighestDensityRegions(Input=source, LevelsFrom=levels)
        filter_.Samples = samples
        filter_.RegionMasses = [0.2, 0.5, 0.9, 0.99]
        filter_.UpdatePipeline()
        values = []
        for port in (2, 4):
            table = servermanager.Fetch(filter_, idx=port)
            values += [table.GetValue(row, column).ToDouble() for row in range(table.GetNumberOfRows())
                       for column in range(table.GetNumberOfColumns())]
        values += filter_.PointData["EnclosedMass"].GetRange()
        borders = simple.IntegrateVariables(Input=simple.OutputPort(filter_, 1))
        whole = servermanager.Fetch(borders)
        values.append(whole.GetCellData().GetArray(0).GetTuple1(0)) # the length or the area
        if samples:
            cloud = servermanager.Fetch(filter_, idx=3).GetPointData()
            for array in ("EnclosedMass", "TailMass", "OutlierScore", "Region"):
                numbers = cloud.GetArray(array)
                assert numbers.GetNumberOfTuples() in (500, 1000), numbers.GetNumberOfTuples()
                values.append(sum(numbers.GetTuple1(i) for i in range(numbers.GetNumberOfTuples())))
        found[name] = values
    assert len(found["space"]) > 4 * 7 + 9 * 6, "no islands"
    simple.SetActiveSource(density)  # new filters take their arrays from it
    return found


def modes(mixture, density):
    """Critical points, tests and basins in the plane, across a periodic seam, and in space."""
    from paraview import servermanager, simple

    periodic = simple.KernelDensity(
        Input=mixture, SampleDimensions=[60, 50, 1], UseInputBounds=0, Boundary="Periodic",
        SamplingBounds=[-1, 4, -1.5, 4, 0, 0], BandwidthRule="Manual", Bandwidth=0.3)
    clusters = simple.GaussianMixture(Mixture="Clusters 3-D", NumberOfPoints=500)
    space = simple.KernelDensity(Input=clusters, SampleDimensions=[32, 32, 32])
    found = {}
    for name, source, samples in (("plane", density, mixture), ("periodic", periodic, mixture),
                                  ("space", space, clusters)):
        filter_ = simple.DensityModes(Input=source, Samples=samples)
        filter_.UpdatePipeline()
        points = servermanager.Fetch(filter_)
        count = points.GetNumberOfPoints()
        values = [count] + [x for i in range(count) for x in points.GetPoint(i)]
        for array in ("CriticalType", "LogDensity", "Basin", "Partner", "SampleShare", "PValue",
                      "EffectiveSampleSize"):
            numbers = points.GetPointData().GetArray(array)
            known = [numbers.GetTuple1(i) for i in range(count)]
            values += [0 if x != x else x for x in known]
        basins = servermanager.Fetch(filter_, idx=1).GetPointData().GetArray("Basin")
        assert basins.GetNumberOfTuples() in (500, 1000), basins.GetNumberOfTuples()
        values.append(sum(basins.GetTuple1(i) for i in range(basins.GetNumberOfTuples())))
        values.append(servermanager.Fetch(filter_, idx=2).GetNumberOfCells())
        found[name] = values
    assert found["space"][0] > 4, "clusters have saddles between them"
    simple.SetActiveSource(density)  # new filters take their arrays from it
    return found


def different(mixture):
    """Two clouds, of which each rank has a part, with weights and as classes of one."""
    from paraview import servermanager, simple

    other = simple.GaussianMixture(NumberOfPoints=700, Seed=5, Mixture="Two Moons")
    weighted = [simple.Calculator(Input=one, Function="1+coordsX^2", ResultArrayName="w")
                for one in (mixture, other)]
    pairs = (simple.DensityDifference(Input=mixture, InputB=other),
             simple.DensityDifference(Input=weighted[0], InputB=weighted[1],
                                      WeightArray=["POINTS", "w"], Statistic="Separate variances"),
             simple.DensityDifference(Input=mixture, LabelArray=["POINTS", "Component"], ClassB=2,
                                      BandwidthRule="Likelihood cross-validation"))
    found = []
    for pair in pairs:
        pair.UpdatePipeline()
        whole = servermanager.Fetch(simple.IntegrateVariables(Input=pair)).GetPointData()
        counts = field(pair, "DifferenceCounts")
        assert sum(counts) == 128**2 and min(counts[:3]) > 0, counts
        found.append({"counts": counts, "facts": [field(pair, name)[0] for name in (
            "Bandwidth", "SampleCountA", "SampleCountB", "EffectiveSampleCountB", "NodesTested",
            "SignificanceThreshold")], "integrals": [
                whole.GetArray(name).GetTuple1(0) for name in (
                    "DensityA", "DensityB", "StandardisedDifference", "PValue", "LogDensityRatio")]})
    simple.SetActiveSource(mixture)
    return found


def ridges(mixture):
    """Lines, which the first rank writes, of the points of all, and each rank's points moved to them."""
    from paraview import servermanager, simple

    helix = simple.GaussianMixture(Mixture="Swiss Roll", NumberOfPoints=900)
    found = []
    for source, options in ((mixture, {"MinimumStrength": 0.01}),
                            (mixture, dict(UseInputBounds=0, SamplingBounds=[-1, 4, -1.5, 4, 0, 0],
                                           Boundary="Periodic", MinimumStrength=0.01)),
                            (helix, {"BandwidthScale": 0.5})):
        filter_ = simple.DensityRidges(Input=source, **options)
        filter_.UpdatePipeline()
        lines = servermanager.Fetch(filter_, idx=0)
        samples = servermanager.Fetch(filter_, idx=1)
        branch = samples.GetPointData().GetArray("Filament")
        assert lines.GetNumberOfCells() > 0 and branch.GetRange()[1] >= 0, options
        found.append({"facts": [field(filter_, name)[0] for name in (
            "NumberOfFilaments", "RidgeLength", "RidgeUnit", "SampleCount")],
            "points": [lines.GetNumberOfPoints(), lines.GetNumberOfCells(), samples.GetNumberOfPoints(),
                       sum(branch.GetTuple1(i) for i in range(branch.GetNumberOfTuples()))],
            "ranges": [*lines.GetBounds(), *lines.GetPointData().GetArray("LogDensity").GetRange(),
                       *lines.GetPointData().GetArray("ArcLength").GetRange()]})
    simple.SetActiveSource(mixture)
    return found


def spectral(density):
    """Transforms along whole lines, which no rank has; reliable nodes only, elsewhere rounding rules."""
    from paraview import servermanager, simple

    score = simple.ScoreField(Input=density, Method="Spectral", HideUnstable=1)
    whole = servermanager.Fetch(simple.IntegrateVariables(Input=score)).GetPointData()
    counts = field(score, "ReliabilityCounts")
    assert counts[0] + counts[4] + counts[5] > 5000, counts
    return {"counts": counts,
            "integrals": [*whole.GetArray("Score").GetTuple3(0)[:2],
                          whole.GetArray("ScoreMagnitude").GetTuple1(0)]}


def recovered(mixture, score):
    """Densities from the masked score, which each rank solves on the whole image, with the samples of
    all ranks; and on periodic axes without a mask."""
    from paraview import servermanager, simple

    masked = simple.DensityFromScore(Input=score, Samples=mixture)
    periodic = simple.DensityFromScore(Input=score, UseStabilityMask=0, Boundary="Periodic")
    found = {"outside": field(masked, "SamplesOutsideIslands")}
    for name, source in (("masked", masked), ("periodic", periodic)):
        source.UpdatePipeline()
        whole = servermanager.Fetch(simple.IntegrateVariables(Input=source)).GetPointData()
        arrays = ("LogDensity", "ScoreResidual", "CurlResidual")
        found[name] = {
            "ranges": [v for array in arrays for v in source.PointData[array].GetRange(0)],
            "mass": whole.GetArray("Density").GetTuple1(0),
            "fields": [field(source, n)[0] for n in ("NumberOfIslands", "NodesRecovered",
                                                     "SolverIterations", "MisfitShare")]}
    return found


def fitted(mixture):
    """Every model, which each rank fits to the points of all."""
    from paraview import servermanager, simple

    found = {}
    for model in ("Gaussian", "Gaussian mixture", "Gaussian basis", "Kernel exponential family",
                  "Denoising network"):
        fit = simple.ScoreMatchingFit(Input=mixture, Model=model, TrainingSteps=50,
                                      MaximumSamples=150, SampleDimensions=[40, 30, 1])
        fit.UpdatePipeline()
        whole = servermanager.Fetch(simple.IntegrateVariables(Input=fit)).GetPointData()
        found[model] = {"mass": whole.GetArray("Density").GetTuple1(0),
                        "range": [*fit.PointData["LogDensity"].GetRange(),
                                  *fit.PointData["Score"].GetRange(0)],
                        "rows": [servermanager.Fetch(fit, idx=port).GetNumberOfRows()
                                 for port in (1, 2)]}
    return found


def drawn():
    """Points of letters, which one rank has, and of a sphere, which each has a part of: as many on any
    number of ranks, and those of the letters the same."""
    from paraview import servermanager, simple

    letters = simple.PointsFromShape(Input=simple.a3DText(Text="ranks"), Jitter=0.02)
    sphere = simple.PointsFromShape(Input=simple.Sphere(ThetaResolution=40, PhiResolution=40),
                                    NumberOfPoints=3000)
    values = []
    for source in (letters, sphere):
        source.UpdatePipeline()
        points = servermanager.Fetch(source)
        numbers = points.GetPointData().GetGlobalIds()
        order = sorted(range(points.GetNumberOfPoints()), key=numbers.GetTuple1)
        assert [numbers.GetTuple1(i) for i in order] == list(range(len(order)))
        values.append(len(order))
        values += [c for i in order[::100] for c in points.GetPoint(i)] if source is letters else []
    assert values[-1] == 3000, values
    return values


def by_routes():
    """Auto with more pairs than the exact sums alone are for: transform and tails, on each rank's part
    of points and nodes."""
    from paraview import servermanager, simple

    cloud = simple.GaussianMixture(NumberOfPoints=20000)
    auto = simple.KernelDensity(Input=cloud, BandwidthRule="Manual", Bandwidth=0.15,
                                UseInputBounds=0, SamplingBounds=[-9, 9, -7, 8, 0, 0],
                                SampleDimensions=[512, 450, 1], CountScale="Points per cell",
                                ComputeStandardError=1)
    auto.UpdatePipeline()
    whole = servermanager.Fetch(simple.IntegrateVariables(Input=auto)).GetPointData()
    ranges = [auto.PointData[name].GetRange(0) for name in ("LogDensity", "Score", "CellCount", "DensityStandardError", "LogDensityUpper")]
    share = auto.FieldData["ExactShare"].GetRange()[0]
    assert 0.2 < share < 0.9, share
    return {
        "ranges": [value for ends in ranges for value in ends],
        "integrals": [whole.GetArray("LogDensity").GetTuple1(0), whole.GetArray("Density").GetTuple1(0),
                      whole.GetArray("EffectiveSampleSize").GetTuple1(0)],
        "share": [round(share, 2)],  # parts share the nodes of their seam
    }


def in_a_closed_box():
    """Points and their images beyond the box, each left out of its own estimate with its images."""
    from paraview import simple

    cloud = simple.GaussianMixture(NumberOfPoints=2000)
    found = {}
    for engine in ("Auto", "Exact"):
        points = simple.KernelDensityAtPoints(
            Input=cloud, LeaveOneOut=1, Engine=engine, Boundary="Per axis", BoundaryX="Periodic",
            BoundaryY="Reflecting", UseInputBounds=0, SamplingBounds=[-4, 5, -3, 4, 0, 0],
            BandwidthRule="Least-squares cross-validation")
        points.UpdatePipeline()
        found[engine] = [points.FieldData["Bandwidth"].GetRange()[0], *field(points, "Boundaries"),
                         *points.PointData["LogDensity"].GetRange(),
                         *points.PointData["Score"].GetRange(0), *points.PointData["Score"].GetRange(1)]
        assert found[engine][1:4] == [1, 2, 0], found
    weighted = simple.Calculator(Input=cloud, Function="1+coordsX^2", ResultArrayName="w")
    density = simple.KernelDensity(
        Input=weighted, WeightArray=["POINTS", "w"], Boundary="Per axis", BoundaryX="Periodic",
        BoundaryY="Reflecting", UseInputBounds=0, SamplingBounds=[-4, 5, -3, 4, 0, 0],
        SampleDimensions=[60, 50, 1], BandwidthRule="Manual", Bandwidth=0.6, ComputeStandardError=1)
    density.UpdatePipeline()
    found["errors"] = [*density.PointData["DensityStandardError"].GetRange(),
                       *density.PointData["LogDensityLower"].GetRange()]
    flow = simple.ScoreFlow(
        Input=cloud, Mode="Langevin", NumberOfSteps=20, Boundary="Per axis", BoundaryX="Periodic",
        BoundaryY="Reflecting", UseInputBounds=0, SamplingBounds=[-4, 5, -3, 4, 0, 0],
        StartFrom="Noise")
    flow.UpdatePipeline(20.0)
    found["flow"] = [*field(flow, "Bandwidth"), *flow.PointData["LogDensity"].GetRange(),
                     *flow.PointData["Score"].GetRange(0), *flow.PointData["Displacement"].GetRange(0),
                     *flow.PointData["Displacement"].GetRange(1)]
    return found


def of_nodes():
    """Nodes of an image as the cloud, and as particles: those on the seam of two parts count once."""
    from paraview import simple

    image = simple.Wavelet(WholeExtent=[-6, 7, -5, 5, -3, 4])
    nodes = 14 * 11 * 8
    density = simple.KernelDensity(Input=image, WeightArray=["POINTS", "RTData"],
                                   BandwidthRule="Manual", Bandwidth=1.5, SampleDimensions=[12, 12, 12])
    sweep = simple.KernelDensity(Input=image, BandwidthSweep=1, SweepSteps=2,
                                 SampleDimensions=[12, 12, 12])
    sweep.UpdatePipeline(1)
    points = simple.KernelDensityAtPoints(Input=image, LeaveOneOut=1, BandwidthRule="Manual",
                                          Bandwidth=0.7)
    flow = simple.ScoreFlow(Input=image, Mode="Denoise", StartFrom="Samples", NumberOfSteps=1)
    counts = []
    for source in (density, sweep, points, flow):
        source.UpdatePipeline(1)
        counts.append(source.FieldData["SampleCount"].GetRange()[0])
    assert counts == [nodes] * 4, counts
    assert flow.GetDataInformation().GetNumberOfPoints() == nodes
    return [*density.PointData["Density"].GetRange(), *sweep.PointData["Density"].GetRange(),
            *points.PointData["Density"].GetRange(), *flow.PointData["LogDensity"].GetRange()]


POINTS = """
import numpy
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkParallelCore import vtkMultiProcessController
controller = vtkMultiProcessController.GetGlobalController()
ranks, rank = controller.GetNumberOfProcesses(), controller.GetLocalProcessId()
all_points = numpy.random.default_rng(1).normal(size=(20000, 3)) * [1, 1, 0]
all_points[:2, :2] = [[-5, -5], [5, 5]]  # so that the bounds stay
all_points[10000:, 0] *= {scale}
own = numpy.array_split(all_points, ranks)[rank]
points = vtkPoints()
points.SetData(numpy_to_vtk(own, deep=1))
self.GetPolyDataOutput().SetPoints(points)
"""


def of_kept_points():
    """Only the last rank's points change, in a sweep and out of it: no rank may stay with the mesh
    that it keeps of the points before."""
    from paraview import simple

    source = simple.ProgrammableSource(OutputDataSetType="vtkPolyData", Script=POINTS.format(scale=1))
    sweep = simple.KernelDensity(Input=source, SampleDimensions=[600, 600, 1], UseInputBounds=0,
                                 SamplingBounds=[-5, 5, -5, 5, 0, 0], BandwidthRule="Manual",
                                 Bandwidth=0.3, BandwidthSweep=1, SweepSteps=2, SweepMinimum=0.2,
                                 SweepMaximum=0.4)
    single = simple.KernelDensity(Input=source)
    for name in ("SampleDimensions", "UseInputBounds", "SamplingBounds", "BandwidthRule", "Bandwidth"):
        setattr(single, name, getattr(sweep, name))
    ranges = []
    for scale in (1, 0.5, 0.5, 1):
        source.Script = POINTS.format(scale=scale)
        for density, time in ((sweep, 0), (sweep, 1), (single, 0)):
            density.UpdatePipeline(time)
            ranges += [*density.PointData["Density"].GetRange(),
                       *density.PointData["LogDensity"].GetRange()]
    assert ranges[:12] != ranges[12:24] and ranges[:12] == ranges[36:], ranges
    return ranges


def over_bandwidths(mixture, density):
    """A scan's three outputs and a sweep's steps."""
    from paraview import servermanager, simple

    scan = simple.BandwidthScan(Input=mixture, ScanSteps=6, SampleDimensions=[40, 40, 1])
    scan.UpdatePipeline()
    curves, rules, tree = (servermanager.Fetch(scan, idx=port) for port in range(3))
    density.BandwidthSweep = 1
    density.SweepSteps = 3
    steps = []
    for step in (2, 0, 1):
        density.UpdatePipeline(step)
        steps.append([density.FieldData["Bandwidth"].GetRange()[0],
                      *density.PointData["Density"].GetRange()])
    columns = range(curves.GetNumberOfColumns())
    return {
        "scan": [[curves.GetValue(row, column).ToDouble() for column in columns]
                 for row in range(curves.GetNumberOfRows())],
        "rules": [rules.GetValue(row, 1).ToDouble() for row in range(rules.GetNumberOfRows())],
        "tree": [tree.GetNumberOfPoints(), tree.GetNumberOfLines(), *tree.GetBounds()],
        "sweep": steps,
    }


def run(command, ranks):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "found.json")
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        subprocess.run([*command, __file__, "--job", output], check=True, env=environment)
        with open(output) as file:
            found = json.load(file)
    assert found.pop("ranks") == ranks, f"not {ranks} ranks"
    return found


def close(a, b, tolerance=1e-12):
    if isinstance(a, dict):
        return all(close(a[key], b[key], 1e-9) for key in a)
    if isinstance(a, str):
        return a == b
    if isinstance(a, list):
        return len(a) == len(b) and all(close(x, y, tolerance) for x, y in zip(a, b))
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-300)


def compare(pvbatch, mpiexec):
    serial = run([pvbatch], 1)
    parallel = run([*mpiexec, pvbatch], 2)
    print("1 rank: ", serial, "\n2 ranks:", parallel)
    assert serial["samples"] == 1000
    assert len(serial["scan"]) == 6 and len(serial["rules"]) == 16
    different = [key for key in serial if not close(serial[key], parallel[key])]
    assert not different, different


if sys.argv[1] == "--job":
    job(sys.argv[2])
else:
    compare(sys.argv[1], sys.argv[2:])
