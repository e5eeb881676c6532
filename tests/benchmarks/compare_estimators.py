# SPDX-License-Identifier: BSD-3-Clause
"""Ranks estimators of the score on the study's mixture: their error under the truth, over clouds.

    pvbatch compare_estimators.py [CLOUDS [POINTS]]      12 clouds of 200 points, unless said

The error is the root mean square of the score's error under the true density over that of the score
itself. The kernel densities have the bandwidth that is best for 200 points (0.41); the models choose
everything from the points.
"""
import sys
import time

import numpy
from paraview import servermanager, simple

BANDWIDTH = 0.41
BOX = [-5, 5, -5, 5, 0, 0]
MODELS = ("Gaussian", "Gaussian mixture", "Gaussian basis", "Kernel exponential family",
          "Denoising network")


def error_of(image):
    compared = simple.CompareDensities(Input=simple.MixtureTruth(Input=image))
    compared.UpdatePipeline()
    table = servermanager.Fetch(compared, idx=1)
    for row in range(table.GetNumberOfRows()):
        if table.GetValueByName(row, "Metric").ToString() == "Relative score error":
            return table.GetValueByName(row, "Value").ToDouble()
    raise ValueError("no score to compare")


def estimates(points):
    """Name -> image, made when it is asked for."""
    grid = {"UseInputBounds": 0, "SamplingBounds": BOX, "SampleDimensions": [128, 128, 1]}
    for name, sharpen in (("Kernel density", 0), ("Sharpened points", 1)):
        yield name, simple.KernelDensity(Input=points, BandwidthRule="Manual", Bandwidth=BANDWIDTH,
                                         Sharpen=sharpen, **grid)
    for model in MODELS:
        yield model, simple.ScoreMatchingFit(Input=points, Model=model, **grid)


def main():
    clouds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    errors, seconds = {}, {}
    for seed in range(1, clouds + 1):
        points = simple.GaussianMixture(Mixture="Study", NumberOfPoints=count, Seed=seed)
        for name, image in estimates(points):
            start = time.monotonic()
            image.UpdatePipeline()
            seconds.setdefault(name, []).append(time.monotonic() - start)
            errors.setdefault(name, []).append(error_of(image))
        simple.ResetSession()
    print(f"{clouds} clouds of {count} points")
    print("| estimate | mean error | standard error | first among all | seconds |")
    print("| --- | --- | --- | --- | --- |")
    best = numpy.argmin(list(errors.values()), axis=0)
    for name, values in sorted(errors.items(), key=lambda entry: numpy.mean(entry[1])):
        place = list(errors).index(name)
        deviation = numpy.std(values, ddof=1) / numpy.sqrt(len(values)) if clouds > 1 else 0.0
        print(f"| {name} | {numpy.mean(values):.3f} | {deviation:.3f} | {(best == place).sum()} | "
              f"{numpy.median(seconds[name]):.2f} |")


main()
