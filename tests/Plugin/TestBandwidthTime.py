# SPDX-License-Identifier: BSD-3-Clause
"""Bandwidth and time as a script sees them: a temporal input, and a bandwidth on a track of its own.

Oracles: the particles' motion, x = 8 t; the schedule 0.1, 0.2, 0.4; the straight line between two
keyframes.
"""
import math

from paraview import servermanager, simple

PARTICLES = """
import numpy
from vtkmodules.numpy_interface import dataset_adapter
from vtkmodules.vtkCommonCore import vtkPoints
time = self.GetOutputInformation(0).Get(vtk.vtkStreamingDemandDrivenPipeline.UPDATE_TIME_STEP())
angle = numpy.arange(40) * 2.4
points = numpy.column_stack([8 * time + numpy.cos(angle) * numpy.sqrt(angle), numpy.sin(angle), 0 * angle])
locations = vtkPoints()
locations.SetData(dataset_adapter.numpyTovtkDataArray(points))
output.SetPoints(locations)
"""
STEPS = """
def SetOutputTimesteps(algorithm, steps):
    info = algorithm.GetOutputInformation(0)
    info.Remove(vtk.vtkStreamingDemandDrivenPipeline.TIME_STEPS())
    for step in steps:
        info.Append(vtk.vtkStreamingDemandDrivenPipeline.TIME_STEPS(), step)
    info.Set(vtk.vtkStreamingDemandDrivenPipeline.TIME_RANGE(), [steps[0], steps[-1]], 2)
SetOutputTimesteps(self, [0.0, 1.0, 2.0])
"""


def bandwidth(proxy):
    return proxy.FieldData["Bandwidth"].GetRange()[0]


def centre(proxy):
    bounds = proxy.GetDataInformation().GetBounds()
    return (bounds[0] + bounds[1]) / 2


def near(value, expected):
    assert math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9), f"{value} is not {expected}"


particles = simple.ProgrammableSource(
    OutputDataSetType="vtkPolyData", Script=PARTICLES, ScriptRequestInformation=STEPS)
density = simple.KernelDensity(Input=particles, BandwidthRule="Manual", Bandwidth=0.3,
                               SampleDimensions=[24, 24, 1])
density.UpdatePipelineInformation()
assert list(density.TimestepValues) == [0, 1, 2], "without a sweep the input's time passes through"
density.UpdatePipeline(0)
start = centre(density)
for time in (2, 0, 1, 2):
    density.UpdatePipeline(time)
    near(centre(density), start + 8 * time)
    near(bandwidth(density), 0.3)

density.BandwidthSweep = 1
density.SweepMinimum, density.SweepMaximum, density.SweepSteps = 0.1, 0.4, 3
density.SweepInputTime = 1
density.UpdatePipelineInformation()
assert list(density.TimestepValues) == [0, 1, 2]
for step in (2, 0, 1, 2):
    density.UpdatePipeline(step)
    near(bandwidth(density), 0.1 * 2**step)
    near(centre(density), start + 8)
density.BandwidthSweep = 0
density.UpdatePipeline(2)
near(centre(density), start + 16)

# The plain property, from the Animation View: no sweep, no time in the input.
still = simple.KernelDensity(Input=simple.GaussianMixture(), BandwidthRule="Manual",
                             SampleDimensions=[24, 24, 1])
simple.Delete(density)
simple.Delete(particles)
scene = simple.GetAnimationScene()
scene.PlayMode, scene.NumberOfFrames = "Sequence", 5
scene.StartTime, scene.EndTime = 0, 1
track = simple.GetAnimationTrack("Bandwidth", proxy=still)
first = simple.CompositeKeyFrame(KeyTime=0.0, KeyValues=[0.2], Interpolation="Ramp")
last = simple.CompositeKeyFrame(KeyTime=1.0, KeyValues=[1.0], Interpolation="Ramp")
track.KeyFrames = [first, last]
for time in (0.0, 0.5, 1.0, 0.25):
    scene.AnimationTime = time
    still.UpdatePipeline(time)
    near(bandwidth(still), 0.2 + 0.8 * time)
    assert servermanager.Fetch(still).GetPointData().GetArray("Density").GetRange()[1] > 0
print("bandwidth and time go together")
