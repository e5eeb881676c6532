# SPDX-License-Identifier: BSD-3-Clause
"""ParaView's window played by a test: the window, its pictures, and the two halves of a test.

A test plays its recording under the system's Python, then runs itself under pvpython to look at the
files that the window left:

    TestX.py PARAVIEW PVPYTHON OUTPUT [CASE]    plays X.xml.in into OUTPUT
    pvpython TestX.py --check OUTPUT [CASE]     looks

In a recording, @PANEL@ is where the properties are. @MENU menu action...@ in a line of its own chooses
from a menu, @APPLY@ presses Apply, @PICTURE file@ saves the view, @STATE file@ the state.
"""
import os
import pathlib
import re
import subprocess
import sys

WINDOW = "pqClientMainWindow"
PANEL = (f"{WINDOW}/propertiesDock/propertiesPanel/scrollArea/qt_scrollarea_viewport/"
         "scrollAreaWidgetContents/PropertiesFrame/ProxyPanel")


def event(target, command="activate", arguments=""):
    return f'  <pqevent object="{target}" command="{command}" arguments="{arguments}" />'


def menu(name, *actions):
    """The events that choose an action of a menu, through its submenus."""
    events = [event(f"{WINDOW}/menubar", arguments=name)]
    path = f"{WINDOW}/menubar/{name}"
    for action in actions:
        events.append(event(path, arguments=action))
        path += "/" + action
    return events


def picture(file):
    return (menu("menu_File", "actionFileSaveScreenshot")
            + [event(f"{WINDOW}/SaveScreenshotFileDialog", "filesSelected",
                     f"$PARAVIEW_TEST_ROOT/{file}"),
               event(f"{WINDOW}/SaveScreenshotDialog/widget/OKButton")])


def state(file):
    return (menu("menu_File", "actionFileSaveServerState")
            + [event(f"{WINDOW}/FileSaveServerStateDialog", "filesSelected",
                     f"$PARAVIEW_TEST_ROOT/{file}")])


def written_out(recording, **places):
    """The recording with its shorthands replaced; places: what else stands between two @."""
    for name, text in dict(places, PANEL=PANEL).items():
        recording = recording.replace(f"@{name}@", str(text))
    for pattern, events in (
            (r"@MENU (\S+) (.+)@", lambda m: menu(m[1], *m[2].split("/"))),
            ("@APPLY@", lambda m: [event(f"{WINDOW}/propertiesDock/propertiesPanel/Accept")]),
            (r"@PICTURE (\S+)@", lambda m: picture(m[1])),
            (r"@STATE (\S+)@", lambda m: state(m[1]))):
        recording = re.sub(" *" + pattern, lambda m, make=events: "\n".join(make(m)), recording)
    return recording


def run_window(paraview, events, output, *options, keep_settings=False, load_plugin=True,
               messages=()):
    """Plays recorded events; ends the test with what ParaView said if anything went wrong.

    keep_settings: reads and writes the settings in the output folder; load_plugin: as PV_PLUGIN_PATH
    says; messages: the errors and warnings that must come, in this order, and no others.
    """
    # An empty home: no settings of the user's, none left behind.
    environment = dict(os.environ, HOME=str(output), XDG_CONFIG_HOME=str(output))
    if not load_plugin:
        environment.pop("PV_PLUGIN_PATH", None)
    settings = [] if keep_settings else ["--dr"]
    result = subprocess.run([paraview, *settings, *options, f"--test-script={events}",
                             f"--test-directory={output}", "--exit"], env=environment,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = re.findall(r"(?:ERR|WARN)\|.*|.*(?:Error|critical:|Aborting).*", result.stdout)
    as_said = len(said) == len(messages) and all(part in text for part, text in zip(messages, said))
    if result.returncode != 0 or not as_said:
        sys.exit(f"ParaView returned {result.returncode}; expected the messages {messages}, got {said}"
                 f" in\n{result.stdout[-6000:]}")


def empty_folder(output, files):
    """The folder, made if need be, without what an earlier run left."""
    output = pathlib.Path(output)
    output.mkdir(parents=True, exist_ok=True)
    for name in files:
        (output / name).unlink(missing_ok=True)
    return output


def read_rows(path):
    """Red, green and blue of the pixels, row by row, as integers that can be subtracted."""
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkIOImage import vtkPNGReader

    reader = vtkPNGReader()
    reader.SetFileName(str(path))
    reader.Update()
    image = reader.GetOutput()
    pixels = vtk_to_numpy(image.GetPointData().GetScalars())[:, :3].astype(int)
    return pixels.reshape(image.GetDimensions()[1], -1, 3)


def read_picture(path):
    """The same, one pixel a row."""
    return read_rows(path).reshape(-1, 3)


def different_pixels(first, last):
    """How many pixels of two pictures differ visibly, and their share."""
    different = (abs(read_picture(first) - read_picture(last)) > 20).any(axis=1)
    print(different.sum(), "pixels differ, a share of", different.mean())
    return different.sum(), different.mean()


def main(script, recording, files, check, **places):
    """Runs the half that the command line asks for.

    files: what the window must leave in the folder; check: looks at the folder; places: what
    stands in the recording between two @.
    """
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
        return
    paraview, pvpython = sys.argv[1:3]
    messages = places.pop("messages", ())
    output = empty_folder(sys.argv[3], files)
    events = pathlib.Path(script).with_name(recording).read_text()
    played = output / "events.xml"
    played.write_text(written_out(events, **places))
    run_window(paraview, played, output, messages=messages)
    sys.exit(subprocess.run([pvpython, script, "--check", str(output), *sys.argv[4:]]).returncode)
