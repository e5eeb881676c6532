# SPDX-License-Identifier: BSD-3-Clause
"""The pipeline of most users, from menus and panels; run as gui_test.py says.

Oracle: the same pipeline made in Python has the same bandwidth and the same log densities; the
picture is of many colours and mostly not background.
"""
import gui_test


def check_picture(path):
    import numpy

    pixels = gui_test.read_picture(path)
    colours, counts = numpy.unique(pixels, axis=0, return_counts=True)
    print(len(colours), "colours, the most frequent on", counts.max() / len(pixels), "of the picture")
    assert len(colours) > 100 and counts.max() < 0.7 * len(pixels)


def check_pipeline(path):
    from paraview import simple

    simple.LoadState(str(path))
    density = simple.FindSource("KernelDensity1")
    score = simple.FindSource("ScoreField1")
    score.UpdatePipeline()
    again = simple.KernelDensity(Input=simple.GaussianMixture(), BandwidthRule="Manual",
                                 Bandwidth=0.5)
    again.UpdatePipeline()
    assert density.Bandwidth == 0.5 and density.FieldData["Bandwidth"].GetRange() == (0.5, 0.5)
    there, here = (p.PointData["LogDensity"].GetRange() for p in (score, again))
    print("log density from the window", there, "from Python", here)
    assert there == here
    for name in ("Score", "Reliability", "StabilityMask"):
        assert score.PointData[name] is not None, name


def check(output):
    check_picture(output / "view.png")
    check_pipeline(output / "pipeline.pvsm")


if __name__ == "__main__":
    gui_test.main(__file__, "MainPipeline.xml.in", ("view.png", "pipeline.pvsm"), check)
