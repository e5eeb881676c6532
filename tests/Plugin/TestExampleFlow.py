# SPDX-License-Identifier: BSD-3-Clause
"""The examples of Score Flow: what their particles do, and that the pictures show it.

Oracles: the mixture's weights; the samples, on which a flow to bandwidth 0 ends; the number of steps;
the colours of particles and samples.
"""
import example_test  # first: it finds the examples

import numpy
from PIL import Image
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy

import flow_basins
import flow_clusters
import flow_dial
import flow_memorisation
import flow_spiral
import flow_story
import pictures

FOLDER = example_test.FOLDER


def points(source, time=0):
    source.UpdatePipeline(time)
    return vtk_to_numpy(servermanager.Fetch(source).GetPoints().GetData())


def distances(particles, samples):
    """Of each particle to the nearest sample."""
    return numpy.linalg.norm(particles[:, None] - samples[None, :], axis=2).min(axis=1)


def reddish(path):
    return example_test.near(example_test.pixels(path), pictures.RED).sum()


# Langevin stays; annealing reaches the weights: four standard errors of 400 particles are 0.1.
shares, weights = flow_clusters.main(FOLDER, 150, 50)
assert shares[0][0] > 0.97, shares[0]
assert abs(shares[1] - weights).max() < 0.1, (shares[1], weights)
frames = sorted((FOLDER / "flow_clusters").glob("*.png"))
assert len(frames) == 4
left, right = (example_test.near(example_test.pixels(frames[-1])[:, half], pictures.RED)
               for half in (slice(0, 500), slice(500, 1000)))
assert left[:260].sum() < 0.05 * left.sum(), "the upper half, where Langevin does not come"
assert right[:260].sum() > 0.4 * right.sum()
chart = example_test.pixels(FOLDER / "flow_clusters_chart.png")
assert len(numpy.unique(chart.reshape(-1, 3), axis=0)) > 50, "lines of several colours"

flow = flow_memorisation.main(FOLDER)
samples = vtk_to_numpy(servermanager.Fetch(example_test.source("GaussianMixture")).GetPoints()
                       .GetData())
assert distances(points(flow, flow_memorisation.STEPS), samples).max() < 0.01
assert reddish(FOLDER / "flow_memorisation.png") > 500

# The dial: all particles end on a sample, or few do, and then not farther from the curve. The two
# ways begin with the same noise.
rows, flows = flow_dial.main(FOLDER, 60, (0, flow_dial.UP), 20)
(_, share, distance), (_, less, turned) = rows
assert share >= 0.99 and less <= flow_dial.MOST, (share, less)
assert turned < flow_dial.FURTHER * distance, (turned, distance)
starts = [points(flow, 0) for _, flow, _ in flows]
assert all((start == starts[0]).all() for start in starts), "other noise"
samples = points(example_test.source("GaussianMixture"))
for (name, flow, each), expected in zip(flows, (1, 1, 0)):
    ends = distances(points(flow, flow_dial.STEPS * each), samples)
    assert round((ends < flow_dial.BANDWIDTH / 10).mean()) == expected, name
frames = sorted((FOLDER / "flow_dial").glob("*.png"))
assert len(frames) == 3 and reddish(frames[-1]) > 500
assert sum(text.startswith("Bandwidth 0.003, on a sample: 100 %") for text in example_test.texts()) == 2
chart = example_test.pixels(FOLDER / "flow_dial_chart.png")
assert example_test.near(chart, flow_dial.charts.RED).sum() > 100
assert example_test.near(chart, flow_dial.charts.BLUE).sum() > 100

# Of an image: the modes are those of the samples, to the error of the score, (spacing / h)^3 / 10
# of h over the curvature.
flow = flow_basins.main(FOLDER)
data = servermanager.Fetch(flow)
exact = simple.ScoreFlow(Input=example_test.source("GaussianMixture"), NumberOfSteps=1,
                         BandwidthRule="Manual", Bandwidth=flow_basins.BANDWIDTH,
                         Particles=flow)
exact.UpdatePipeline(0)
modes, expected = (vtk_to_numpy(d.GetFieldData().GetArray("Modes"))
                   for d in (data, servermanager.Fetch(exact)))
assert modes.shape == expected.shape and len(modes) > 3
assert abs(modes - expected).max() < 0.002, abs(modes - expected).max()
picture = example_test.pixels(FOLDER / "flow_basins.png")
for colour in flow_basins.COLOURS[:len(modes)]:
    assert example_test.near(picture, colour).sum() > 20, colour

film = flow_story.main(FOLDER, 4)
with Image.open(film) as picture:
    assert picture.n_frames == 9
assert "The score takes it away: bandwidth 0.10" in example_test.texts()
samples = vtk_to_numpy(servermanager.Fetch(example_test.source("GaussianMixture")).GetPoints()
                       .GetData())
there, back = [s for s in simple.GetSources().values() if s.GetXMLName() == "ScoreFlow"]
far = distances(points(there, 4), samples).mean()
near = distances(points(back, 4), samples).mean()
assert far > 0.3 and near < 0.1, (far, near)

flow, spiral = flow_spiral.main(FOLDER)
roll = points(spiral)
begin, end = (numpy.median(distances(points(flow, step), roll)) for step in (0, flow_spiral.STEPS))
assert end < 0.3 * begin, (begin, end)
image = example_test.pixels(FOLDER / "flow_spiral.png")
assert (image[:, 840:].min(axis=-1) < 150).mean() > 0.02, "particles in the last panel"
print("the examples of Score Flow show what they say")
