# SPDX-License-Identifier: BSD-3-Clause
"""Plays ScoreFlow.xml in ParaView's window, then looks at what it left.

    TestScoreFlow.py PARAVIEW PVPYTHON CATEGORY OUTPUT    plays into OUTPUT: flow.png, last.png, flow.pvsm
    pvpython TestScoreFlow.py --check OUTPUT              looks

Oracle: the filter's 101 time steps, of which the player stood at the third when the state was saved;
particles that diffuse are elsewhere in the last picture.
"""
import pathlib
import subprocess
import sys

import TestMainPipeline

FILES = ("flow.png", "last.png", "flow.pvsm")


def check_state(path):
    """The window saw the flow's time steps, and stood at time 2."""
    from paraview import simple

    simple.LoadState(str(path))
    flow = simple.FindSource("ScoreFlow1")
    scene = simple.GetAnimationScene()
    times = list(simple.GetTimeKeeper().TimestepValues)
    print(len(times), "time steps; the scene is at", scene.AnimationTime)
    assert flow.Mode == "Diffusion" and times == list(range(101))
    assert scene.AnimationTime == 2
    flow.UpdatePipeline(scene.AnimationTime)
    assert flow.FieldData["Step"].GetRange()[0] == 2


def check_pictures(first, last):
    """Both show particles, not in the same places."""
    images = [TestMainPipeline.read_picture(path) for path in (first, last)]
    different = (abs(images[0].astype(int) - images[1]) > 20).any(axis=1).sum()
    print(different, "pixels differ")
    assert different > 200


def main(arguments):
    if arguments[0] == "--check":
        output = pathlib.Path(arguments[1])
        check_state(output / "flow.pvsm")
        check_pictures(output / "flow.png", output / "last.png")
        return 0
    paraview, pvpython, category = arguments[:3]
    output = pathlib.Path(arguments[3])
    output.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (output / name).unlink(missing_ok=True)
    TestMainPipeline.play(paraview, category, output, "ScoreFlow.xml.in")
    return subprocess.run([pvpython, __file__, "--check", str(output)]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
