# SPDX-License-Identifier: BSD-3-Clause
"""Score Flow as a script sees it: time steps in any order, every mode and start by name, inputs.

Oracle: what the modes are for. Mean shift ends at modes; annealed samples fill the clusters by their
weights; denoised particles lie nearer to the samples; the flow to a small bandwidth ends on them.
"""
import numpy

from paraview import servermanager, simple
from paraview.vtk.util.numpy_support import vtk_to_numpy


def fetch(proxy, time, port=0):
    proxy.UpdatePipeline(time)
    return servermanager.Fetch(proxy, idx=port)


def points(data):
    return vtk_to_numpy(data.GetPoints().GetData())


def array(data, name):
    return vtk_to_numpy(data.GetPointData().GetArray(name))


def distance(particles, samples):
    """Of each particle to the nearest sample."""
    return numpy.linalg.norm(particles[:, None, :] - samples[None, :, :], axis=2).min(axis=1)


mixture = simple.GaussianMixture(NumberOfPoints=200)
mixture.UpdatePipeline()
samples = points(servermanager.Fetch(mixture, idx=0))
flow = simple.ScoreFlow(Input=mixture, NumberOfSteps=30)
flow.UpdatePipelineInformation()
assert list(flow.TimestepValues) == list(range(31)), list(flow.TimestepValues)
scene = simple.GetAnimationScene()
scene.UpdateAnimationUsingDataTimeSteps()
assert list(simple.GetTimeKeeper().TimestepValues) == list(range(31))

for mode in flow.GetProperty("Mode").Available:
    flow.Mode = mode
    seen = {}
    for step in (30, 0, 12, 11, 12, 30, 1):
        data = fetch(flow, step)
        state = points(data).tobytes()
        assert seen.setdefault(step, state) == state, f"{mode}: step {step} changed"
        assert numpy.isfinite(array(data, "LogDensity")).all(), mode
    assert len(set(seen.values())) == 5, f"{mode}: particles do not move"
    lines = fetch(flow, 30, port=1)
    assert lines.GetNumberOfLines() == data.GetNumberOfPoints(), mode
    assert lines.GetNumberOfPoints() == 31 * lines.GetNumberOfLines(), mode
    flow.UpdatePropertyInformation()
    assert 0.0 < flow.GetProperty("StateMemoryUsed")[0] < flow.StateMemory

flow.Mode = "Langevin"
for start in flow.GetProperty("StartFrom").Available:
    if start != "Particles":
        flow.StartFrom = start
        assert fetch(flow, 3).GetNumberOfPoints() in (200, 1000), start
flow.StartFrom = "Automatic"

flow.Mode = "Ascent"
data = fetch(flow, 30)
modes = vtk_to_numpy(data.GetFieldData().GetArray("Modes"))
settled = array(data, "ParticleState") == 1
assert settled.mean() > 0.9
error = points(data)[settled] - modes[array(data, "Basin")[settled]]
assert abs(error).max() < 1e-4, abs(error).max()

noisy = simple.ScoreFlow(Input=mixture, Mode="Diffusion", LastBandwidth=0.3, FirstBandwidth=0.01,
                         NumberOfSteps=5, BandwidthRule="Manual", Bandwidth=0.01)
noise = fetch(noisy, 5)
denoised = simple.ScoreFlow(Input=mixture, Particles=noisy, Mode="Denoise", NumberOfSteps=5,
                            BandwidthRule="Manual", Bandwidth=0.3, InputTime=5)
data = fetch(denoised, 0)
assert numpy.array_equal(points(data), points(noise)), "particles begin where the input's are"
# The best guess of where noise came from is nearer to it than the noise, on average.
before = numpy.linalg.norm(points(noise) - samples, axis=1)
after = numpy.linalg.norm(points(fetch(denoised, 5)) - samples, axis=1)
assert (after**2).mean() < 0.9 * (before**2).mean(), ((after**2).mean(), (before**2).mean())
assert data.GetPointData().GetTensors().GetName() == "PosteriorCovariance"

memory = simple.ScoreFlow(Input=mixture, Mode="Probability flow", LastBandwidth=1e-3,
                          FirstBandwidth=2.0, NumberOfParticles=100, NumberOfSteps=20)
assert distance(points(fetch(memory, 20)), samples).max() < 0.02
# The score of an image: the same modes as of the samples or of the truth, for the modes at one
# bandwidth. A spacing of a fifth of the bandwidth and less puts them off by less than a hundredth.
density = simple.KernelDensity(Input=mixture, SampleDimensions=[101, 101, 1])
field = simple.ScoreField(Input=density)
for image, target in ((density, "Kernel density"), (field, "Kernel density"),
                      (simple.OutputPort(mixture, 1), "Mixture")):
    options = dict(Input=mixture, NumberOfSteps=100, Mode="Ascent")
    found = fetch(simple.ScoreFlow(ScoreImage=image, Target="Image", **options), 100)
    exact = fetch(simple.ScoreFlow(Target=target, BandwidthScale=1 if target != "Mixture" else 1e-3,
                                   **options), 100)
    bandwidth = found.GetFieldData().GetArray("Bandwidth").GetValue(0)
    modes, expected = (vtk_to_numpy(d.GetFieldData().GetArray("Modes")) for d in (found, exact))
    assert modes.shape == expected.shape, target
    assert abs(modes - expected).max() < 0.01 * bandwidth, (target, abs(modes - expected).max())
    assert (array(found, "ParticleState") == 1).mean() > 0.9
for mode in ("Langevin", "Denoise"):
    data = fetch(simple.ScoreFlow(Input=mixture, ScoreImage=density, Target="Image", Mode=mode), 5)
    assert numpy.isfinite(array(data, "LogDensity")).all(), mode
# An image with time stays at Input Time, as the other inputs do.
sweep = simple.KernelDensity(Input=mixture, SampleDimensions=[61, 61, 1], BandwidthSweep=1,
                             SweepSteps=5, SweepMinimum=0.2, SweepMaximum=1.0)
sweep.UpdatePipelineInformation()
times = list(sweep.TimestepValues)
flow = simple.ScoreFlow(Input=mixture, ScoreImage=sweep, Target="Image", InputTime=times[3])
for step in (4, 0):
    bandwidth = fetch(flow, step).GetFieldData().GetArray("Bandwidth").GetValue(0)
    image = fetch(sweep, times[3])
    assert bandwidth == image.GetFieldData().GetArray("Bandwidth").GetValue(0), step
assert bandwidth != fetch(sweep, times[0]).GetFieldData().GetArray("Bandwidth").GetValue(0)
print("the modes of Score Flow do what they are for")
