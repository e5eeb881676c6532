// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkSMFirstPictureController
 * @brief   Shows outputs of this plugin's filters as their first picture, all others as ParaView
 * does
 *
 * ParaView's window, pvpython and pvbatch all make displays through the pipeline controller, which
 * applications can replace through the object factory. This one is ParaView's own in all but this:
 * a display of an output with a FirstPicture in its hints begins with what that says, and one of
 * data whose axes are arrays gets the scale of its view (DataAxes.h). Displays from state files are
 * not made here, and keep what the file says. Traces have it all, since it happens while Show is
 * traced.
 */
#ifndef vtkSMFirstPictureController_h
#define vtkSMFirstPictureController_h

#include "FirstPicture.h"

#include "vtkSMParaViewPipelineControllerWithRendering.h"

class vtkSMFirstPictureController : public vtkSMParaViewPipelineControllerWithRendering
{
public:
  static vtkSMFirstPictureController* New();
  // No vtkTypeMacro: under a name that it does not know, Python would not find Show.
  using Superclass = vtkSMParaViewPipelineControllerWithRendering;
  void PrintSelf(ostream& os, vtkIndent indent) override;

  using Superclass::Show;
  vtkSMProxy* Show(vtkSMSourceProxy* producer, int outputPort, vtkSMViewProxy* view,
    const char* representationType) override;

  using Superclass::RegisterRepresentationProxy;
  bool RegisterRepresentationProxy(vtkSMProxy* proxy) override;

protected:
  vtkSMFirstPictureController() = default;
  ~vtkSMFirstPictureController() override = default;

private:
  vtkSMFirstPictureController(const vtkSMFirstPictureController&) = delete;
  void operator=(const vtkSMFirstPictureController&) = delete;

  /// What the picture says of the view and of a second output in it.
  void CompleteView(const ShownOutput& shown);

  vtkSMViewProxy* NewIn = nullptr; // the view for which a display is being made
};

/// Makes this the controller of the process. Called when the plugin is loaded.
void RegisterFirstPictures();

#endif
