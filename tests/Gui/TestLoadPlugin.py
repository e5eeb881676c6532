# SPDX-License-Identifier: BSD-3-Clause
"""Loads the plugin in the Plugin Manager of a running ParaView, without PV_PLUGIN_PATH.

    TestLoadPlugin.py PARAVIEW VERSION PLUGIN OUTPUT

Three sessions with the same settings: Load New; then Load Selected, since the manager remembers the
plugin, with a tick at Auto Load; then nothing, since it is there. Oracle: each session can make a
mixture and its kernel density, whose picture is of many colours.
"""
import pathlib
import sys

import numpy
from PIL import Image

import gui_test
from gui_test import WINDOW, event

MANAGER = f"{WINDOW}/PluginManagerDialog"
LIST = f"{MANAGER}/splitter/localGroup"
AUTO_LOAD = "1.0.0.1"  # row, column: the second plugin (the first is ParaView itself), its first line


def managed(*events):
    return (gui_test.menu("menuTools", "actionManage_Plugins") + list(events)
            + [event(f"{MANAGER}/buttonBox/1QPushButton0")])


def check_picture(path):
    colours = len(numpy.unique(numpy.asarray(Image.open(path)).reshape(-1, 3), axis=0))
    print(path.parent.name, colours, "colours")
    assert colours > 100, "no density in the picture"


paraview, version, plugin = sys.argv[1:4]
output = gui_test.empty_folder(sys.argv[4], [])
settings = output / "ParaView" / f"ParaView{version}.ini"
settings.parent.mkdir(exist_ok=True)
settings.write_text("[General]\nGeneralSettings.ShowWelcomeDialog=false\n")
sessions = {
    "Load New": managed(event(f"{LIST}/loadLocal"),
                        event(f"{MANAGER}/pqFileDialog", "filesSelected", plugin)),
    "Load Selected": managed(event(f"{LIST}/localPlugins", "setCurrent", "ScoreFields"),
                             event(f"{LIST}/loadSelected_Local"),
                             event(f"{LIST}/localPlugins", "setCheckState", f"{AUTO_LOAD},2")),
    "Auto Load": [],
}
recording = pathlib.Path(__file__).with_name("LoadPlugin.xml.in").read_text()
for session, events in sessions.items():
    (output / "view.png").unlink(missing_ok=True)
    played = output / "events.xml"
    played.write_text(gui_test.written_out(recording, MANAGER="\n".join(events)))
    gui_test.run_window(paraview, played, output, keep_settings=True, load_plugin=False)
    check_picture(output / "view.png")
