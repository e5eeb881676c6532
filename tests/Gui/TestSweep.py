# SPDX-License-Identifier: BSD-3-Clause
"""A bandwidth sweep from the panel and its player; run as gui_test.py says.

Oracle: the schedule 0.1 to 1 in 20 geometric steps, of which the player stood at the third when the
state was saved; both pictures show a field, and they differ.
"""
import gui_test


def check_state(path):
    from paraview import simple

    simple.LoadState(str(path))
    density = simple.FindSource("KernelDensity1")
    scene = simple.GetAnimationScene()
    times = list(simple.GetTimeKeeper().TimestepValues)
    print(len(times), "time steps; the scene is at", scene.AnimationTime)
    assert density.BandwidthSweep == 1 and times == list(range(20))
    assert scene.PlayMode == "Snap To TimeSteps" and scene.AnimationTime == 2
    density.UpdatePipeline(scene.AnimationTime)
    bandwidth = density.FieldData["Bandwidth"].GetRange()[0]
    assert abs(bandwidth - 0.1 * 10 ** (2 / 19)) < 1e-12, bandwidth


def check(output):
    import numpy

    check_state(output / "sweep.pvsm")
    assert len(numpy.unique(gui_test.read_picture(output / "sweep.png"), axis=0)) > 100
    assert gui_test.different_pixels(output / "sweep.png", output / "last.png")[1] > 0.1


if __name__ == "__main__":
    gui_test.main(__file__, "Sweep.xml.in", ("sweep.png", "last.png", "sweep.pvsm"), check)
