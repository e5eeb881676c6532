// SPDX-License-Identifier: BSD-3-Clause
#include "DataAxes.h"

#include <vtkDataObject.h>
#include <vtkPVArrayInformation.h>
#include <vtkPVDataInformation.h>
#include <vtkSMProperty.h>
#include <vtkSMPropertyHelper.h>
#include <vtkSMRenderViewProxy.h>
#include <vtkSMSourceProxy.h>
#include <vtkSMTrace.h>
#include <vtkSMViewProxy.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace
{
/// Axes whose lengths differ by less keep their proportions.
constexpr double MostDifferent = 3.0;

/// Of a plane: vtkGridAxesHelper's bits for the axes at the least x and y.
constexpr int LowerAndLeft = 1 | 2;

/// How much more than the points a view shows on each side, in their extent: a density reaches
/// beyond them, and titles stand outside.
constexpr double Room = 0.25;

vtkPVDataInformation& DataOf(const ShownOutput& shown)
{
  return *shown.Producer->GetDataInformation(static_cast<unsigned int>(shown.Port));
}

/// The title of an axis; "" if it has none. The name of the component has it, as in ParaView's own
/// filters, since the window does not know the values of texts.
std::string TitleOf(vtkPVDataInformation& data, char letter)
{
  vtkPVArrayInformation* const array =
    data.GetArrayInformation((std::string("AxisTitleFor") + letter).c_str(), vtkDataObject::FIELD);
  const char* const title = array ? array->GetComponentName(0) : nullptr;
  return title ? title : "";
}

vtkSMProxy* GridOf(vtkSMViewProxy& view)
{
  vtkSMProxy* const grid = vtkSMPropertyHelper(&view, "AxesGrid", true).GetAsProxy();
  return grid && grid->GetProperty("DataScale") && grid->GetProperty("XTitle") ? grid : nullptr;
}

/// Whether the user has given the grid no scale and no other titles than the data's own. A trace
/// that is played sets titles before it shows anything.
bool IsUntouched(vtkSMProxy& grid, vtkPVDataInformation& data)
{
  constexpr std::array<char, 3> letters{ { 'X', 'Y', 'Z' } };
  return grid.GetProperty("DataScale")->IsValueDefault() &&
    std::all_of(letters.begin(), letters.end(),
      [&](char letter)
      {
        const std::string name = letter + std::string("Title");
        return grid.GetProperty(name.c_str())->IsValueDefault() ||
          TitleOf(data, letter) == vtkSMPropertyHelper(&grid, name.c_str()).GetAsString();
      });
}

bool IsInputOf(vtkSMProxy& producer, vtkSMProxy* candidate)
{
  const vtkSMPropertyHelper inputs(&producer, "Input", true);
  for (unsigned int i = 0; i < inputs.GetNumberOfElements(); ++i)
  {
    if (inputs.GetAsProxy(i) == candidate)
    {
      return true;
    }
  }
  return false;
}

/// Whether nothing else is visible but inputs, which the window is about to hide.
bool IsFree(const ShownOutput& shown)
{
  const vtkSMPropertyHelper displays(shown.View, "Representations");
  for (unsigned int i = 0; i < displays.GetNumberOfElements(); ++i)
  {
    vtkSMProxy* const display = displays.GetAsProxy(i);
    if (!display || !display->GetProperty("Input") || !display->GetProperty("Visibility"))
    {
      continue;
    }
    vtkSMProxy* const other = vtkSMPropertyHelper(display, "Input").GetAsProxy();
    const bool visible = vtkSMPropertyHelper(display, "Visibility").GetAsInt() != 0;
    if (visible && other != shown.Producer && !IsInputOf(*shown.Producer, other))
    {
      return false;
    }
  }
  return true;
}

/// What makes all axes as long as the longest; 1 where they do not differ much. Two digits, so that
/// the panel stays readable.
std::array<double, 3> ScaleOf(vtkPVDataInformation& data)
{
  const double* const bounds = data.GetBounds();
  std::array<double, 3> lengths{};
  double longest = 0.0;
  double shortest = VTK_DOUBLE_MAX;
  for (std::size_t axis = 0; axis < 3; ++axis)
  {
    lengths[axis] = bounds[2 * axis + 1] - bounds[2 * axis];
    if (lengths[axis] > 0.0)
    {
      longest = std::max(longest, lengths[axis]);
      shortest = std::min(shortest, lengths[axis]);
    }
  }
  std::array<double, 3> scale{ { 1.0, 1.0, 1.0 } };
  for (std::size_t axis = 0; axis < 3 && longest > MostDifferent * shortest; ++axis)
  {
    if (lengths[axis] > 0.0)
    {
      const double factor = longest / lengths[axis];
      const double unit = std::pow(10.0, std::floor(std::log10(factor)) - 1.0);
      scale[axis] = unit * std::round(factor / unit);
    }
  }
  return scale;
}
}

bool HasDataAxes(const ShownOutput& shown)
{
  return shown.Producer && shown.View && GridOf(*shown.View) &&
    !TitleOf(DataOf(shown), 'X').empty();
}

bool SetUpDataAxes(const ShownOutput& shown)
{
  vtkSMProxy& grid = *GridOf(*shown.View);
  if (!IsUntouched(grid, DataOf(shown)) || !IsFree(shown))
  {
    return false;
  }
  SM_SCOPED_TRACE(PropertiesModified).arg("proxy", shown.View);
  vtkPVDataInformation& data = DataOf(shown);
  const std::array<double, 3> scale = ScaleOf(data);
  for (const char letter : { 'X', 'Y', 'Z' })
  {
    const std::string title = TitleOf(data, letter);
    if (!title.empty())
    {
      vtkSMPropertyHelper(&grid, (letter + std::string("Title")).c_str()).Set(title.c_str());
    }
  }
  if (data.GetBounds()[4] == data.GetBounds()[5])
  {
    vtkSMPropertyHelper(&grid, "AxesToLabel").Set(LowerAndLeft);
  }
  vtkSMPropertyHelper(&grid, "DataScale").Set(scale.data(), 3);
  vtkSMPropertyHelper(&grid, "Visibility").Set(1);
  grid.UpdateVTKObjects();
  return true;
}

void LookAt(const ShownOutput& shown)
{
  auto* const view = vtkSMRenderViewProxy::SafeDownCast(shown.View);
  if (!view)
  {
    return;
  }
  const double* const bounds = DataOf(shown).GetBounds();
  double scale[3];
  vtkSMPropertyHelper(GridOf(*view), "DataScale").Get(scale, 3);
  double scaled[6];
  for (int i = 0; i < 6; ++i)
  {
    const double length = bounds[i | 1] - bounds[i & ~1];
    scaled[i] = scale[i / 2] * (bounds[i] + (i % 2 == 0 ? -Room : Room) * length);
  }
  view->ResetCamera(scaled);
}

void SetUpScale(const ShownOutput& shown, vtkSMProxy& display)
{
  vtkSMProperty* const scale = display.GetProperty("Scale");
  if (!scale || !scale->IsValueDefault() ||
    vtkSMPropertyHelper(GridOf(*shown.View), "Visibility").GetAsInt() == 0)
  {
    return;
  }
  double values[3];
  vtkSMPropertyHelper(GridOf(*shown.View), "DataScale").Get(values, 3);
  vtkSMPropertyHelper(scale).Set(values, 3);
  display.UpdateVTKObjects();
}
