# SPDX-License-Identifier: BSD-3-Clause
"""Score Flow from the menu and its player; run as gui_test.py says.

Oracle: the filter's 101 time steps, of which the player stood at the third when the state was saved;
particles that diffuse are elsewhere in the last picture.
"""
import gui_test


def check(output):
    from paraview import simple

    simple.LoadState(str(output / "flow.pvsm"))
    flow = simple.FindSource("ScoreFlow1")
    scene = simple.GetAnimationScene()
    times = list(simple.GetTimeKeeper().TimestepValues)
    print(len(times), "time steps; the scene is at", scene.AnimationTime)
    assert flow.Mode == "Diffusion" and times == list(range(101))
    assert scene.AnimationTime == 2
    flow.UpdatePipeline(scene.AnimationTime)
    assert flow.FieldData["Step"].GetRange()[0] == 2
    assert gui_test.different_pixels(output / "flow.png", output / "last.png")[0] > 200


if __name__ == "__main__":
    gui_test.main(__file__, "ScoreFlow.xml.in", ("flow.png", "last.png", "flow.pvsm"), check)
