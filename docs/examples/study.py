# SPDX-License-Identifier: BSD-3-Clause
"""The study that the plugin set out from: its mixture, its samples and its way to the score.

Three Gaussians, 200 samples drawn by rejection in the box from -3 to 3, a density by linear
binning and FFT on 256 x 256 nodes without padding, clamped at 0, then the central difference of its
logarithm. docs/math says what each of these steps does to the score.
"""
from paraview import simple

import colours
import pictures

NODES = 256
PEAK = 0.191299  # of the true density, at (0.995825, -0.995825)


def schedule(count, first=0.01, step=0.05):
    """Bandwidths in equal steps, rounded so that their titles are exact."""
    return [round(first + step * i, 2) for i in range(count)]


def truth(half_width, nodes):
    """The mixture: port 0 its 200 samples, port 1 its exact fields on a square of nodes^2."""
    return simple.GaussianMixture(
        Mixture="Study", NumberOfPoints=200, Seed=4, Sampling="Rejection",
        SamplingBounds=[-half_width, half_width] * 2 + [0, 0], SampleDimensions=[nodes, nodes, 1])


def samples():
    """The study's 200 samples, always drawn in the box from -3 to 3."""
    return simple.OutputPort(truth(3, 2), 0)


def density(points, half_width, bandwidth, engine="FFT"):
    """The density on a square of 256^2 nodes: with FFT as the study has it, or Exact."""
    options = {"Spectrum": "Characteristic function", "ZeroPadding": 0, "ClampNegative": 1}
    return simple.KernelDensity(
        Input=points, Engine=engine, BandwidthRule="Manual", Bandwidth=bandwidth, UseInputBounds=0,
        SamplingBounds=[-half_width, half_width] * 2 + [0, 0], SampleDimensions=[NODES, NODES, 1],
        **(options if engine == "FFT" else {}))


def sweep(image, bandwidths):
    """Makes a density's time the bandwidths, one a step: 0, 1, 2, ..."""
    image.BandwidthSweep, image.SweepSpacing, image.SweepTime = 1, "List", "Step index"
    image.SweepBandwidths = bandwidths


DIFFERENCE = """
import numpy
columns, rows = inputs[0].GetDimensions()[:2]
step = inputs[0].GetSpacing()
density = inputs[0].PointData["Density"].reshape(rows, columns)
score = numpy.zeros((rows, columns, 3))
with numpy.errstate(divide="ignore", invalid="ignore"):
    logarithm = numpy.log(density)
    score[1:-1, 1:-1, 0] = (logarithm[1:-1, 2:] - logarithm[1:-1, :-2]) / (2 * step[0])
    score[1:-1, 1:-1, 1] = (logarithm[2:, 1:-1] - logarithm[:-2, 1:-1]) / (2 * step[1])
finite = numpy.isfinite(score).all(axis=2, keepdims=True)
output.PointData.append(score[:, :, 0].ravel(), "ScoreX")
output.PointData.append(score[:, :, 1].ravel(), "ScoreY")
output.PointData.append(numpy.where(finite, score, 0).reshape(-1, 3), "Arrow")
output.FieldData.append(numpy.array([
    (part[numpy.isfinite(part)].min(), part[numpy.isfinite(part)].max())
    for part in (score[:, :, 0], score[:, :, 1])]).reshape(1, 4), "FiniteRanges")
"""


WHOLE = """
from vtkmodules.vtkCommonExecutionModel import vtkStreamingDemandDrivenPipeline as Pipeline
information = self.GetInputInformation(0, 0)
information.Set(Pipeline.UPDATE_EXTENT(), information.Get(Pipeline.WHOLE_EXTENT()), 6)
"""


def score(image):
    """The study's central difference of log f: NaN and infinity where f is 0, 0 on the border.

    Score Field gives the same numbers, but 0 instead of infinity and NaN, and says in Reliability
    what each is worth. Arrays ScoreX and ScoreY, Arrow (0 where there is no number), field array
    FiniteRanges.
    """
    return simple.ProgrammableFilter(Input=image, Script=DIFFERENCE, CopyArrays=1,
                                     RequestUpdateExtentScript=WHOLE)


def field(source, name, time=None):
    """The numbers of a field array of a source, at a time."""
    source.UpdatePipeline(time)
    array = source.FieldData[name]
    return [array.GetRange(i)[0] for i in range(array.GetNumberOfComponents())]


def heatmap(view, source, array, low=0.0, high=PEAK):
    """An image in the study's colours."""
    _, colour_map = pictures.show_image(view, source, array)
    colours.davos(colour_map, low, high)
    return colour_map


def rescale(colour_map, low, high):
    """Gives the study's colours another range."""
    colour_map.RescaleTransferFunction(low, high)
