# SPDX-License-Identifier: BSD-3-Clause
"""The ready-made view of a score field: streamlines with critical points over the reliability.

  pvbatch score_view.py OUTPUT_FOLDER

All the drawing is in the plugin's own module scorefields.view, found through the plugin's place.
"""
import pathlib
import sys

from paraview import simple
from paraview.modules.vtkRemotingCore import vtkPVPluginTracker

import pictures

SIZE = [1000, 700]


def add_package():
    """Makes Python find the modules that lie beside the plugin."""
    tracker = vtkPVPluginTracker.GetInstance()
    for i in range(tracker.GetNumberOfPlugins()):
        if tracker.GetPluginName(i) == "ScoreFields" and tracker.GetPluginLoaded(i):
            folder = str(pathlib.Path(tracker.GetPluginFileName(i)).parent / "python")
            if folder not in sys.path:
                sys.path.append(folder)


def draw(path, score, **options):
    """The view of a Score Field, saved."""
    add_package()
    from scorefields.view import score_view
    view = simple.CreateView("RenderView")
    view.ViewSize = SIZE
    view.OrientationAxesVisibility = 0
    made = score_view(score, view, **options)
    simple.SaveScreenshot(str(path), view, ImageResolution=SIZE)
    return made


def estimate(mixture, count, **options):
    """The score of a sample of a mixture."""
    samples = simple.GaussianMixture(Mixture=mixture, NumberOfPoints=count)
    return simple.ScoreField(Input=simple.KernelDensity(Input=samples, **options))


def main(folder):
    """Two moons with arrows, and four clusters in 3-D."""
    pictures.start()
    clusters = estimate("Clusters 3-D", 500, SampleDimensions=[48, 48, 48])
    draw(folder / "score_view_3d.png", clusters)
    pictures.start()
    moons = estimate("Two Moons", 600, BandwidthRule="Manual", Bandwidth=0.25)
    return draw(folder / "score_view.png", moons, arrows=True)


if __name__ == "__main__":
    main(pictures.output_folder())
