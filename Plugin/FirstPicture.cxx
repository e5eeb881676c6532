// SPDX-License-Identifier: BSD-3-Clause
#include "FirstPicture.h"

#include <vtkDataObject.h>
#include <vtkNew.h>
#include <vtkPVArrayInformation.h>
#include <vtkPVDataInformation.h>
#include <vtkPVRenderViewSettings.h>
#include <vtkPVXMLElement.h>
#include <vtkSMPropertyHelper.h>
#include <vtkSMRepresentationProxy.h>
#include <vtkSMSessionProxyManager.h>
#include <vtkSMSettings.h>
#include <vtkSMSourceProxy.h>
#include <vtkSMStringVectorProperty.h>
#include <vtkSMTransferFunctionManager.h>
#include <vtkSMTransferFunctionProxy.h>
#include <vtkSMViewProxy.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

namespace
{
constexpr const char* Hint = "FirstPicture";

std::string Attribute(vtkPVXMLElement& element, const char* name)
{
  return element.GetAttributeOrEmpty(name);
}

template <typename Value>
std::vector<Value> Words(const std::string& text)
{
  std::istringstream stream(text);
  std::vector<Value> words;
  for (Value word; stream >> word;)
  {
    words.push_back(word);
  }
  return words;
}

/// The axes along which an output has a length; an image one node thick has none along that axis.
int Axes(vtkPVDataInformation& data)
{
  const double* bounds = data.GetBounds();
  return static_cast<int>(bounds[0] < bounds[1]) + static_cast<int>(bounds[2] < bounds[3]) +
    static_cast<int>(bounds[4] < bounds[5]);
}

/// Whether these properties of the view are as ParaView makes them: the user has not prepared it.
bool IsUntouched(vtkSMProxy& view, const std::string& names)
{
  const std::vector<std::string> words = Words<std::string>(names);
  return std::all_of(words.begin(), words.end(),
    [&view](const std::string& name)
    {
      vtkSMProperty* property = view.GetProperty(name.c_str());
      return !property || property->IsValueDefault();
    });
}

bool Fits(vtkPVXMLElement& picture, const ShownOutput& shown)
{
  int port = shown.Port;
  picture.GetScalarAttribute("port", &port);
  int axes = 0;
  return port == shown.Port && Attribute(picture, "view") == shown.View->GetXMLName() &&
    IsUntouched(*shown.View, Attribute(picture, "untouched")) &&
    (!picture.GetScalarAttribute("axes", &axes) ||
      axes == Axes(*shown.Producer->GetDataInformation(static_cast<unsigned int>(shown.Port))));
}

bool HasSavedDefault(vtkSMProxy& proxy, const std::string& name)
{
  const std::string place =
    std::string(".") + proxy.GetXMLGroup() + "." + proxy.GetXMLName() + "." + name;
  return vtkSMSettings::GetInstance()->HasSetting(place.c_str());
}

/// Sets a property to the words of a text, unless the user has saved a default of it.
void Set(vtkSMProxy& proxy, const std::string& name, const std::string& value)
{
  vtkSMProperty* property = proxy.GetProperty(name.c_str());
  if (!property || HasSavedDefault(proxy, name))
  {
    return;
  }
  vtkSMPropertyHelper helper(property);
  if (vtkSMStringVectorProperty::SafeDownCast(property))
  {
    helper.Set(value.c_str());
    return;
  }
  const std::vector<double> numbers = Words<double>(value);
  for (unsigned int i = 0; i < numbers.size(); ++i)
  {
    helper.Set(i, numbers[i]);
  }
}

/// The properties of a proxy that the children of that name give.
void SetChildren(vtkPVXMLElement& picture, const char* child, vtkSMProxy& proxy)
{
  for (unsigned int i = 0; i < picture.GetNumberOfNestedElements(); ++i)
  {
    vtkPVXMLElement& element = *picture.GetNestedElement(i);
    if (std::string(element.GetName()) == child)
    {
      Set(proxy, Attribute(element, "name"), Attribute(element, "value"));
    }
  }
}

/// ParaView refuses a type that these data do not have.
void SetType(vtkSMProxy& display, const std::string& type)
{
  auto* representation = vtkSMRepresentationProxy::SafeDownCast(&display);
  if (representation && !type.empty() && !HasSavedDefault(display, "Representation"))
  {
    representation->SetRepresentationType(type.c_str());
  }
}

/// The first of these point arrays that varies, else the first that is there, else null.
vtkPVArrayInformation* ArrayToShow(vtkPVDataInformation& data, const std::string& names)
{
  vtkPVArrayInformation* found = nullptr;
  for (const std::string& name : Words<std::string>(names))
  {
    vtkPVArrayInformation* array = data.GetArrayInformation(name.c_str(), vtkDataObject::POINT);
    if (!array)
    {
      continue;
    }
    const double* range = array->GetComponentRange(0);
    if (range[0] < range[1])
    {
      return array;
    }
    found = found ? found : array;
  }
  return found;
}

/// Makes the opacity function of an array where it is not there yet; null where it is.
vtkSMProxy* MakeOpacity(
  vtkPVXMLElement& picture, const std::string& array, vtkSMSessionProxyManager& proxies)
{
  const std::vector<double> pairs = Words<double>(Attribute(picture, "opacity"));
  const std::string name = array + ".PiecewiseFunction";
  if (pairs.empty() || proxies.GetProxy("piecewise_functions", name.c_str()))
  {
    return nullptr;
  }
  std::vector<double> points;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
  {
    points.insert(points.end(), { pairs[i], pairs[i + 1], 0.5, 0.0 }); // midpoint and sharpness
  }
  vtkNew<vtkSMTransferFunctionManager> manager;
  vtkSMProxy* function = manager->GetOpacityTransferFunction(array.c_str(), &proxies);
  vtkSMPropertyHelper(function, "Points")
    .Set(points.data(), static_cast<unsigned int>(points.size()));
  function->UpdateVTKObjects();
  return function;
}

/// Makes the colour map of an array where it is not there yet; null where it is. What the user's
/// settings say of it counts more.
vtkSMProxy* MakeColours(
  vtkPVXMLElement& picture, const std::string& array, vtkSMSessionProxyManager& proxies)
{
  if (proxies.GetProxy("lookup_tables", (array + ".PVLookupTable").c_str()))
  {
    return nullptr;
  }
  vtkNew<vtkSMTransferFunctionManager> manager;
  vtkSMProxy* colours = manager->GetColorTransferFunction(array.c_str(), &proxies);
  const std::string preset = Attribute(picture, "colours");
  vtkSMSettings& settings = *vtkSMSettings::GetInstance();
  if (!preset.empty() && !settings.HasSetting((".standard_presets." + array).c_str()) &&
    !settings.HasSetting((".array_lookup_tables." + array).c_str()))
  {
    vtkSMTransferFunctionProxy::ApplyPreset(colours, preset.c_str(), false);
  }
  return colours;
}

/// Puts 0 in the middle of a colour map and an opacity function.
void MakeSymmetric(const vtkPVArrayInformation& array, vtkSMProxy* colours, vtkSMProxy* opacity)
{
  const double* range = array.GetComponentFiniteRange(0);
  const double largest = std::max(std::abs(range[0]), std::abs(range[1]));
  for (vtkSMProxy* function : { colours, opacity })
  {
    if (function && largest > 0.0)
    {
      vtkSMTransferFunctionProxy::RescaleTransferFunction(function, -largest, largest);
    }
  }
}

void Colour(vtkPVXMLElement& picture, vtkPVDataInformation& data, vtkSMProxy& display)
{
  if (picture.GetAttribute("colour") && Attribute(picture, "colour").empty() &&
    display.GetProperty("ColorArrayName"))
  {
    vtkSMPropertyHelper(&display, "ColorArrayName")
      .SetInputArrayToProcess(vtkDataObject::POINT, "");
    return;
  }
  vtkPVArrayInformation* array = ArrayToShow(data, Attribute(picture, "colour"));
  if (!array || !display.GetProperty("ColorArrayName"))
  {
    return;
  }
  vtkSMSessionProxyManager& proxies = *display.GetSessionProxyManager();
  vtkSMProxy* opacity = MakeOpacity(picture, array->GetName(), proxies);
  vtkSMProxy* colours = MakeColours(picture, array->GetName(), proxies);
  int symmetric = 0;
  if (picture.GetScalarAttribute("symmetric", &symmetric) && symmetric != 0)
  {
    MakeSymmetric(*array, colours, opacity);
  }
  vtkSMPropertyHelper(&display, "ColorArrayName")
    .SetInputArrayToProcess(vtkDataObject::POINT, array->GetName());
}

/// Few points are large and many small. Points that no cell shows are drawn as such. They stay
/// squares, because ParaView draws them before an image in their plane, and spheres partly behind
/// it.
void DrawPoints(vtkPVDataInformation& data, double factor, vtkSMProxy& display)
{
  constexpr std::array<std::array<double, 2>, 3> Sizes{ { { 1e3, 6 }, { 1e4, 4 }, { 1e5, 3 } } };
  const auto count = static_cast<double>(data.GetNumberOfPoints());
  const auto size = std::find_if(
    Sizes.begin(), Sizes.end(), [count](const auto& pair) { return count <= pair[0]; });
  const double pixels = size == Sizes.end() ? 2.0 : (*size)[1];
  Set(display, "PointSize", std::to_string(factor * pixels));
  if (data.GetNumberOfCells() == 0)
  {
    SetType(display, "Points");
  }
}

/// Gives the row of a series in a property its words.
void SetSeries(
  vtkSMProxy& display, const char* name, const std::string& series, const std::string& value)
{
  auto* property = vtkSMStringVectorProperty::SafeDownCast(display.GetProperty(name));
  const auto row =
    static_cast<unsigned int>(property ? property->GetNumberOfElementsPerCommand() : 0);
  const std::vector<std::string> words =
    row == 2 ? std::vector<std::string>{ value } : Words<std::string>(value);
  for (unsigned int i = 0;
       !value.empty() && row > words.size() && i + row <= property->GetNumberOfElements(); i += row)
  {
    if (property->GetElement(i) != series)
    {
      continue;
    }
    for (unsigned int j = 0; j < words.size(); ++j)
    {
      property->SetElement(i + 1 + j, words[j].c_str());
    }
  }
}

/// Shows the series that are children of a picture, and hides the others.
void ChooseSeries(vtkPVXMLElement& picture, vtkSMProxy& display)
{
  auto* shown = vtkSMStringVectorProperty::SafeDownCast(display.GetProperty("SeriesVisibility"));
  if (!shown || !picture.FindNestedElementByName("Series"))
  {
    return;
  }
  for (unsigned int i = 1; i < shown->GetNumberOfElements(); i += 2)
  {
    shown->SetElement(i, "0");
  }
  for (unsigned int i = 0; i < picture.GetNumberOfNestedElements(); ++i)
  {
    vtkPVXMLElement& element = *picture.GetNestedElement(i);
    if (std::string(element.GetName()) == "Series")
    {
      const std::string name = Attribute(element, "name");
      SetSeries(display, "SeriesVisibility", name, "1");
      SetSeries(display, "SeriesLabel", name, Attribute(element, "label"));
      SetSeries(display, "SeriesColor", name, Attribute(element, "colour"));
      SetSeries(display, "SeriesLineThickness", name, Attribute(element, "thickness"));
      SetSeries(display, "SeriesLineStyle", name, Attribute(element, "style"));
      SetSeries(display, "SeriesPlotCorner", name, Attribute(element, "corner"));
    }
  }
}

/// Whether ParaView's settings say that so large data are drawn as an outline at first.
bool IsTooLarge(vtkPVDataInformation& data)
{
  const double millions = vtkPVRenderViewSettings::GetInstance()->GetOutlineThreshold();
  return static_cast<double>(data.GetNumberOfCells()) >= 1e6 * millions;
}
}

vtkPVXMLElement* FindFirstPicture(const ShownOutput& shown)
{
  vtkPVXMLElement* hints = shown.Producer ? shown.Producer->GetHints() : nullptr;
  for (unsigned int i = 0; hints && i < hints->GetNumberOfNestedElements(); ++i)
  {
    vtkPVXMLElement* element = hints->GetNestedElement(i);
    if (std::string(element->GetName()) == Hint && Fits(*element, shown))
    {
      return element;
    }
  }
  return nullptr;
}

void SetUpDisplay(vtkPVXMLElement& picture, const ShownOutput& shown, vtkSMProxy& display)
{
  vtkPVDataInformation& data =
    *shown.Producer->GetDataInformation(static_cast<unsigned int>(shown.Port));
  if (IsTooLarge(data))
  {
    return;
  }
  Colour(picture, data, display); // first, or ParaView chooses an array for a volume
  SetType(display, Attribute(picture, "representation"));
  double factor = 0.0;
  if (picture.GetScalarAttribute("points", &factor))
  {
    DrawPoints(data, factor, display);
  }
  SetChildren(picture, "Display", display);
  ChooseSeries(picture, display);
  display.UpdateVTKObjects();
}

void SetUpView(vtkPVXMLElement& picture, vtkSMViewProxy& view)
{
  SetChildren(picture, "View", view);
  view.UpdateVTKObjects();
}
