# SPDX-License-Identifier: BSD-3-Clause
"""Clouds of a curve, of letters and of a picture, and the film of the letters.

Oracles: the pixels of the picture that the example has drawn itself; densities have an integral of 1;
the distances of particles from the samples of the letters; colours of the points.
"""
import example_test  # first: it finds the examples

import numpy
from PIL import Image
from paraview import servermanager
from vtkmodules.util.numpy_support import vtk_to_numpy

import draw_your_own
import letters_film
import pictures

FOLDER = example_test.FOLDER

found = draw_your_own.main(FOLDER)
for title, (points, density) in found.items():
    places = example_test.positions(points)
    assert len(places) == draw_your_own.POINTS and (places[:, 2] == 0).all(), title
    nodes = example_test.point_array(density, "Density")
    spacing = servermanager.Fetch(density).GetSpacing()
    mass = nodes.sum() * spacing[0] * spacing[1]
    assert abs(mass - 1) < 0.02, (title, mass)

# The mean darkness under points drawn by darkness d is sum d^2 / sum d; five standard errors.
ink = 255.0 - numpy.asarray(Image.open(FOLDER / "draw_your_own_cat.png")).astype(float)[::-1]
cat = numpy.rint(example_test.positions(found["A picture"][0])).astype(int)
under = ink[cat[:, 1], cat[:, 0]]
assert under.min() > 0, "a point on white"
expected = (ink**2).sum() / ink.sum()
assert abs(under.mean() - expected) < 5 * under.std() / draw_your_own.POINTS**0.5, (under.mean(), expected)

picture = example_test.pixels(FOLDER / "draw_your_own.png")
for column in range(3):
    above = picture[:430, 400 * column:400 * (column + 1)]
    below = picture[430:, 400 * column:400 * (column + 1)]
    assert example_test.near(above, pictures.RED).sum() > 1000, column
    assert (below.max(axis=-1) < 120).sum() > 300, column  # dark blue of a high density

samples, word, noise = letters_film.main(FOLDER, 4)
with Image.open(FOLDER / "letters_film.png") as film:
    assert film.n_frames == 9
letters = example_test.positions(samples)


def distance(flow, step):
    """Of the particles from the samples, the median."""
    flow.UpdatePipeline(step)
    particles = vtk_to_numpy(servermanager.Fetch(flow).GetPoints().GetData())
    return numpy.median(numpy.linalg.norm(particles[::5, None] - letters[None, ::2], axis=2).min(axis=1))


begin, middle, end = distance(word, 0), distance(word, 4), distance(noise, 4)
assert middle < 0.2 * begin and middle < 0.2 * end, (begin, middle, end)
print("the drawn clouds lie where they shall")
