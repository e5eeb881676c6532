# SPDX-License-Identifier: BSD-3-Clause
"""Plays MainPipeline.xml in ParaView's window, then looks at what it left.

    TestMainPipeline.py PARAVIEW PVPYTHON CATEGORY OUTPUT    plays into OUTPUT: view.png, pipeline.pvsm
    pvpython TestMainPipeline.py --check OUTPUT              looks

Oracle: the same pipeline made in Python has the same bandwidth and the same log densities; the
picture is of many colours and mostly not background.
"""
import os
import pathlib
import subprocess
import sys

PANEL = ("pqClientMainWindow/propertiesDock/propertiesPanel/scrollArea/qt_scrollarea_viewport/"
         "scrollAreaWidgetContents/PropertiesFrame/ProxyPanel")


def play(paraview, category, output, recording="MainPipeline.xml.in"):
    events = pathlib.Path(__file__).with_name(recording).read_text()
    script = output / "events.xml"
    script.write_text(events.replace("@CATEGORY@", category).replace("@PANEL@", PANEL))
    # An empty home: no settings of the user's, none left behind.
    environment = dict(os.environ, HOME=str(output), XDG_CONFIG_HOME=str(output))
    result = subprocess.run([paraview, "--dr", f"--test-script={script}",
                             f"--test-directory={output}", "--exit"], env=environment,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0 or "critical:" in result.stdout:
        sys.exit(f"ParaView returned {result.returncode} and said\n{result.stdout[:4000]}")


def read_picture(path):
    """Red, green and blue of the pixels, one a row."""
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkIOImage import vtkPNGReader

    reader = vtkPNGReader()
    reader.SetFileName(str(path))
    reader.Update()
    return vtk_to_numpy(reader.GetOutput().GetPointData().GetScalars())[:, :3]


def check_picture(path):
    import numpy

    pixels = read_picture(path)
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


def main(arguments):
    if arguments[0] == "--check":
        output = pathlib.Path(arguments[1])
        check_picture(output / "view.png")
        check_pipeline(output / "pipeline.pvsm")
        return 0
    paraview, pvpython, category = arguments[:3]
    output = pathlib.Path(arguments[3])
    output.mkdir(parents=True, exist_ok=True)
    for name in ("view.png", "pipeline.pvsm"):
        (output / name).unlink(missing_ok=True)
    play(paraview, category, output)
    return subprocess.run([pvpython, __file__, "--check", str(output)]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
