# SPDX-License-Identifier: BSD-3-Clause
"""Plays Sweep.xml in ParaView's window, then looks at what it left.

    TestSweep.py PARAVIEW PVPYTHON CATEGORY OUTPUT    plays into OUTPUT: sweep.png, last.png, sweep.pvsm
    pvpython TestSweep.py --check OUTPUT              looks

Oracle: the schedule 0.1 to 1 in 20 geometric steps, of which the player stood at the third when the
state was saved; the pictures of two steps differ.
"""
import pathlib
import subprocess
import sys

import TestMainPipeline


def check_state(path):
    """The window saw the sweep's time steps, and stood at time 2."""
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


def check_pictures(first, last):
    """Both show a field, not the same one."""
    import numpy

    images = [TestMainPipeline.read_picture(path) for path in (first, last)]
    different = (abs(images[0].astype(int) - images[1]) > 20).any(axis=1).mean()
    print("different on", different, "of the picture")
    assert numpy.unique(images[0], axis=0).shape[0] > 100 and different > 0.1


def main(arguments):
    if arguments[0] == "--check":
        output = pathlib.Path(arguments[1])
        check_state(output / "sweep.pvsm")
        check_pictures(output / "sweep.png", output / "last.png")
        return 0
    paraview, pvpython, category = arguments[:3]
    output = pathlib.Path(arguments[3])
    output.mkdir(parents=True, exist_ok=True)
    for name in ("sweep.png", "last.png", "sweep.pvsm"):
        (output / name).unlink(missing_ok=True)
    TestMainPipeline.play(paraview, category, output, "Sweep.xml.in")
    return subprocess.run([pvpython, __file__, "--check", str(output)]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
