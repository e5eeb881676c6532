# SPDX-License-Identifier: BSD-3-Clause
"""A cloud without points is said to be one, in one message; run as gui_test.py says.

Oracle: one warning; the picture follows when there are points.
"""
import gui_test


def check(output):
    assert gui_test.different_pixels(output / "none.png", output / "some.png")[1] > 0.01


if __name__ == "__main__":
    gui_test.main(__file__, "NoPoints.xml.in", ("none.png", "some.png"), check,
                  messages=("Input has no points, so that the density is 0 everywhere",))
