// SPDX-License-Identifier: BSD-3-Clause
#include "vtkSMFirstPictureController.h"

#include "DataAxes.h"
#include "FirstPicture.h"

#include "vtkNew.h"
#include "vtkObjectFactory.h"
#include "vtkPVXMLElement.h"
#include "vtkSMPropertyHelper.h"
#include "vtkSMSourceProxy.h"
#include "vtkSMTrace.h"
#include "vtkSMViewProxy.h"
#include "vtkVersion.h" // for VTK_SOURCE_VERSION

namespace
{
VTK_CREATE_CREATE_FUNCTION(vtkSMFirstPictureController)

class FirstPictureFactory : public vtkObjectFactory
{
public:
  static FirstPictureFactory* New();
  vtkTypeMacro(FirstPictureFactory, vtkObjectFactory);
  const char* GetVTKSourceVersion() override { return VTK_SOURCE_VERSION; }
  const char* GetDescription() override { return "First pictures of ScoreFields"; }

protected:
  FirstPictureFactory()
  {
    this->RegisterOverride("vtkSMParaViewPipelineControllerWithRendering",
      "vtkSMFirstPictureController", this->GetDescription(), 1,
      vtkObjectFactoryCreatevtkSMFirstPictureController);
  }
};
vtkStandardNewMacro(FirstPictureFactory);
}

vtkStandardNewMacro(vtkSMFirstPictureController);

//----------------------------------------------------------------------------
vtkSMProxy* vtkSMFirstPictureController::Show(
  vtkSMSourceProxy* producer, int outputPort, vtkSMViewProxy* view, const char* representationType)
{
  if (!producer || !view || view->FindRepresentation(producer, outputPort))
  {
    return this->Superclass::Show(producer, outputPort, view, representationType);
  }
  this->UpdatePipelineBeforeDisplay(producer, outputPort, view);
  const ShownOutput shown{ producer, outputPort, view };
  const bool newAxes = HasDataAxes(shown) && SetUpDataAxes(shown);
  this->NewIn = view;
  vtkSMProxy* display = this->Superclass::Show(producer, outputPort, view, representationType);
  this->NewIn = nullptr;
  if (display)
  {
    this->CompleteView(shown);
  }
  if (display && newAxes)
  {
    LookAt(shown);
  }
  return display;
}

//----------------------------------------------------------------------------
bool vtkSMFirstPictureController::RegisterRepresentationProxy(vtkSMProxy* proxy)
{
  if (this->NewIn && proxy && proxy->GetProperty("Input"))
  {
    const vtkSMPropertyHelper input(proxy, "Input");
    const ShownOutput shown{ vtkSMSourceProxy::SafeDownCast(input.GetAsProxy()),
      static_cast<int>(input.GetOutputPort()), this->NewIn };
    if (vtkPVXMLElement* picture = FindFirstPicture(shown))
    {
      SetUpDisplay(*picture, shown, *proxy);
    }
    if (HasDataAxes(shown))
    {
      SetUpScale(shown, *proxy);
    }
  }
  return this->Superclass::RegisterRepresentationProxy(proxy);
}

//----------------------------------------------------------------------------
void vtkSMFirstPictureController::CompleteView(const ShownOutput& shown)
{
  vtkPVXMLElement* picture = FindFirstPicture(shown);
  if (!picture)
  {
    return;
  }
  if (vtkSMPropertyHelper(shown.View, "Representations").GetNumberOfElements() == 1)
  {
    SM_SCOPED_TRACE(PropertiesModified).arg("proxy", shown.View);
    SetUpView(*picture, *shown.View);
  }
  int beside = shown.Port;
  if (picture->GetScalarAttribute("beside", &beside) && beside != shown.Port)
  {
    this->Show(shown.Producer, beside, shown.View);
  }
}

//----------------------------------------------------------------------------
void vtkSMFirstPictureController::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "NewIn: " << this->NewIn << '\n';
}

//----------------------------------------------------------------------------
void RegisterFirstPictures()
{
  vtkNew<FirstPictureFactory> factory;
  vtkObjectFactory::RegisterFactory(factory);
}
