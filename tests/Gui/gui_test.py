# SPDX-License-Identifier: BSD-3-Clause
"""ParaView's window played by a test: the window, its pictures, and the two halves of a test.

A test plays its recording under the system's Python, then runs itself under pvpython to look at the
files that the window left:

    TestX.py PARAVIEW PVPYTHON OUTPUT    plays X.xml.in into OUTPUT
    pvpython TestX.py --check OUTPUT              looks
"""
import os
import pathlib
import subprocess
import sys

PANEL = ("pqClientMainWindow/propertiesDock/propertiesPanel/scrollArea/qt_scrollarea_viewport/"
         "scrollAreaWidgetContents/PropertiesFrame/ProxyPanel")


def run_window(paraview, events, output, *options):
    """Plays recorded events; ends the test with what ParaView said if anything went wrong."""
    # An empty home: no settings of the user's, none left behind.
    environment = dict(os.environ, HOME=str(output), XDG_CONFIG_HOME=str(output))
    result = subprocess.run([paraview, "--dr", *options, f"--test-script={events}",
                             f"--test-directory={output}", "--exit"], env=environment,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0 or "Error" in result.stdout or "critical:" in result.stdout:
        sys.exit(f"ParaView returned {result.returncode} and said\n{result.stdout[:4000]}")


def empty_folder(output, files):
    """The folder, made if need be, without what an earlier run left."""
    output = pathlib.Path(output)
    output.mkdir(parents=True, exist_ok=True)
    for name in files:
        (output / name).unlink(missing_ok=True)
    return output


def read_picture(path):
    """Red, green and blue of the pixels, one a row, as integers that can be subtracted."""
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkIOImage import vtkPNGReader

    reader = vtkPNGReader()
    reader.SetFileName(str(path))
    reader.Update()
    return vtk_to_numpy(reader.GetOutput().GetPointData().GetScalars())[:, :3].astype(int)


def different_pixels(first, last):
    """How many pixels of two pictures differ visibly, and their share."""
    different = (abs(read_picture(first) - read_picture(last)) > 20).any(axis=1)
    print(different.sum(), "pixels differ, a share of", different.mean())
    return different.sum(), different.mean()


def main(script, recording, files, check):
    """Runs the half that the command line asks for.

    files: what the window must leave in the folder; check: looks at the folder.
    """
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
        return
    paraview, pvpython = sys.argv[1:3]
    output = empty_folder(sys.argv[3], files)
    events = pathlib.Path(script).with_name(recording).read_text()
    played = output / "events.xml"
    played.write_text(events.replace("@PANEL@", PANEL))
    run_window(paraview, played, output)
    sys.exit(subprocess.run([pvpython, script, "--check", str(output)]).returncode)
