# SPDX-License-Identifier: BSD-3-Clause
"""A state file: a score field with streamlines, critical points and the reliability in colour.

In ParaView's window, with the plugin loaded: File > Load State, and choose this file. If a Score Field
is selected in the Pipeline Browser, the view is made of that one, else of a mixture's 600 samples.
Without a window, with PV_PLUGIN_PATH set:

  pvpython score_state.py [PICTURE.png]
"""
import os
import sys

from paraview import simple
from paraview.modules.vtkRemotingCore import vtkPVPluginTracker

tracker = vtkPVPluginTracker.GetInstance()
files = [tracker.GetPluginFileName(i) for i in range(tracker.GetNumberOfPlugins())
         if tracker.GetPluginName(i) == "ScoreFields" and tracker.GetPluginLoaded(i)]
if not files:
    raise RuntimeError("The plugin ScoreFields is not loaded: Tools > Manage Plugins, or set "
                       "PV_PLUGIN_PATH before ParaView starts")
python = os.path.join(os.path.dirname(files[0]), "python")
if python not in sys.path:
    sys.path.append(python)
from scorefields.view import score_view  # noqa: E402  (found through the lines above)

# As ParaView's own state files do: the first rendering would undo the camera's place.
simple._DisableFirstRenderCameraReset()
score = simple.GetActiveSource()
if score is None or score.GetXMLName() != "ScoreField":
    samples = simple.GaussianMixture(registrationName="Samples", Mixture="Two Moons",
                                     NumberOfPoints=600)
    density = simple.KernelDensity(registrationName="Density", Input=samples,
                                   BandwidthRule="Manual", Bandwidth=0.25)
    score = simple.ScoreField(registrationName="Score", Input=density)
made = score_view(score)
simple.Render(made.view)
if __name__ == "__main__" and sys.argv[-1].endswith(".png"):
    simple.SaveScreenshot(sys.argv[-1], made.view, ImageResolution=[1000, 700])
