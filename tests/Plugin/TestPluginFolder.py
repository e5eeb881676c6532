# SPDX-License-Identifier: BSD-3-Clause
"""PV_PLUGIN_PATH set to the plugin's own folder, a common slip, loads the plugin and nothing else.

ParaView tries everything that lies directly in such a folder. Oracle: its list of loaded plugins,
and the Python modules that were imported.
"""
import os
import sys

from paraview import servermanager, simple

import proxy_xml

manager = servermanager.vtkSMProxyManager.GetProxyManager().GetPluginManager()
information = manager.GetLocalInformation()
here = os.path.realpath(os.environ["PV_PLUGIN_PATH"])
ours = [information.GetPluginName(i) for i in range(information.GetNumberOfPlugins())
        if os.path.realpath(information.GetPluginFileName(i) or "").startswith(here)]
assert ours == ["ScoreFields"], ours
assert all(hasattr(simple, name) for name in proxy_xml.names())
assert not [name for name in sys.modules if "scorefields" in name.lower()]
