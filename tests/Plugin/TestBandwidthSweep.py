# SPDX-License-Identifier: BSD-3-Clause
"""A bandwidth sweep as a script sees it: time steps, any order, no time left behind, rules by name.

Oracle: the schedule 0.1, 0.2, 0.4, 0.8, and the requirement that a request's result does not depend
on the requests before it.
"""
import math

from paraview import simple, servermanager


def field(proxy, name):
    data = servermanager.Fetch(proxy).GetFieldData()
    array = data.GetAbstractArray(name)
    return array.GetValue(0)


def near(value, expected):
    assert math.isclose(value, expected, rel_tol=1e-12), f"{value} is not {expected}"


mixture = simple.GaussianMixture()
mixture.UpdatePipeline()
density = simple.KernelDensity(Input=mixture, SampleDimensions=[32, 32, 1], Bandwidth=0.3)
density.BandwidthSweep = 1
density.SweepMinimum = 0.1
density.SweepMaximum = 0.8
density.SweepSteps = 4
density.UpdatePipelineInformation()
assert list(density.TimestepValues) == [0, 1, 2, 3], list(density.TimestepValues)

seen = {}
for step in (3, 0, 2, 1, 3, 0):
    density.UpdatePipeline(step)
    near(field(density, "Bandwidth"), 0.1 * 2**step)
    density.UpdatePropertyInformation()
    near(density.GetProperty("ChosenBandwidth")[0], 0.1 * 2**step)
    image = servermanager.Fetch(density)
    state = (image.GetBounds(), image.GetPointData().GetArray("Density").GetRange())
    assert seen.setdefault(step, state) == state, f"step {step} changed"
assert len({bounds for bounds, _ in seen.values()}) == 1, "the box moved"
peaks = [seen[step][1][1] for step in range(4)]
assert peaks == sorted(peaks, reverse=True), peaks
assert 0.0 < density.GetProperty("SweepCacheUsed")[0] < density.SweepCacheMemory

scene = simple.GetAnimationScene()
scene.UpdateAnimationUsingDataTimeSteps()
assert list(simple.GetTimeKeeper().TimestepValues) == [0, 1, 2, 3]

density.SweepSpacing = "List"
density.SweepBandwidths = [0.5, 0.3]
density.SweepTime = "Bandwidth"
density.UpdatePipelineInformation()
assert list(density.TimestepValues) == [0.3, 0.5], list(density.TimestepValues)

density.BandwidthSweep = 0
density.UpdatePipelineInformation()
assert not list(density.TimestepValues or []), list(density.TimestepValues)
for rule in density.GetProperty("BandwidthRule").Available:
    density.BandwidthRule = rule
    density.UpdatePipeline()
    assert field(density, "BandwidthRule") == rule
    assert 0.01 < field(density, "Bandwidth") < 2.0, rule
print("the sweep and the rules work")
