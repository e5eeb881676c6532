// SPDX-License-Identifier: BSD-3-Clause
#include "Input/DensityReader.h"

#include "Pipeline/FieldNames.h"

#include <vtkCellData.h>
#include <vtkDataArrayRange.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

bool IsLogarithm(const std::string& name, Quantity quantity)
{
  if (quantity != Quantity::FromName)
  {
    return quantity == Quantity::LogDensity;
  }
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
    [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower.find("log") != std::string::npos;
}

/// The transforms without deconvolution write the logarithm of the smallest normal number where
/// the density is 0.
double ToLog(double value)
{
  static const double logOfZero = std::log(std::numeric_limits<double>::min());
  static const double single = static_cast<float>(logOfZero);
  return value == logOfZero || value == single ? -Infinity : value == Infinity ? NaN : value;
}

double LogOf(double density)
{
  if (density > 0.0)
  {
    return density < Infinity ? std::log(density) : NaN;
  }
  return std::isnan(density) ? NaN : -Infinity;
}

bool NeedsNoChange(const double* values, vtkIdType count, const scorefields::Execution& execution)
{
  std::atomic<bool> plain{ true };
  execution.For(count,
    [&](scorefields::Index begin, scorefields::Index end)
    {
      bool same = true;
      for (scorefields::Index i = begin; i < end; ++i)
      {
        same &= ToLog(values[i]) == values[i];
      }
      if (!same)
      {
        plain = false;
      }
    });
  return plain;
}

template <typename Range>
void Convert(
  const Range& values, bool logarithm, double* logDensity, const scorefields::Execution& execution)
{
  execution.For(values.size(),
    [&](scorefields::Index begin, scorefields::Index end)
    {
      for (scorefields::Index i = begin; i < end; ++i)
      {
        const double value = static_cast<double>(values[i]);
        logDensity[i] = logarithm ? ToLog(value) : LogOf(value);
      }
    });
}

template <typename Range>
void LookForNegatives(const Range& values, ImageDensity& density)
{
  double sum = 0.0;
  for (const auto item : values)
  {
    const double value = static_cast<double>(item);
    if (std::isfinite(value))
    {
      sum += value;
      density.MostNegative = std::min(density.MostNegative, value);
    }
  }
  density.LooksLikeLogarithm = sum < 0.0;
}

void Blank(vtkImageData* image, std::vector<double>& logDensity)
{
  vtkUnsignedCharArray* ghosts = image->GetPointGhostArray();
  for (vtkIdType i = 0; ghosts && i < ghosts->GetNumberOfValues(); ++i)
  {
    if (ghosts->GetValue(i) & vtkDataSetAttributes::HIDDENPOINT)
    {
      logDensity[static_cast<std::size_t>(i)] = NaN;
    }
  }
}

bool HasBlankedPoints(vtkImageData* image)
{
  vtkUnsignedCharArray* ghosts = image->GetPointGhostArray();
  for (vtkIdType i = 0; ghosts && i < ghosts->GetNumberOfValues(); ++i)
  {
    if (ghosts->GetValue(i) & vtkDataSetAttributes::HIDDENPOINT)
    {
      return true;
    }
  }
  return false;
}

}

std::string ListOfArrays(vtkImageData* image)
{
  std::string list;
  vtkPointData* points = image->GetPointData();
  for (int i = 0; i < points->GetNumberOfArrays(); ++i)
  {
    const char* name = points->GetArrayName(i);
    list += (i > 0 ? ", " : "") + std::string(name ? name : "(unnamed)");
  }
  return list.empty() ? "none" : list;
}

vtkDataArray* RequireArray(
  vtkImageData* image, const char* property, const std::string& name, int components)
{
  vtkDataArray* array = image->GetPointData()->GetArray(name.c_str());
  if (!array)
  {
    const bool ofCells = image->GetCellData()->HasArray(name.c_str()) != 0;
    throw std::invalid_argument(std::string(property) + " is \"" + name + "\"" +
      (ofCells ? ", which is an array of the cells; take Cell Data to Point Data first"
               : "; the image has no such point array") +
      " (it has: " + ListOfArrays(image) + ")");
  }
  if (array->GetNumberOfComponents() != components)
  {
    throw std::invalid_argument(std::string(property) + " is \"" + name + "\" with " +
      std::to_string(array->GetNumberOfComponents()) + " components; it must have " +
      std::to_string(components));
  }
  return array;
}

vtkDataArray* FindDensity(vtkImageData* image, const std::string& name, Quantity quantity)
{
  vtkPointData* points = image->GetPointData();
  if (!name.empty())
  {
    vtkDataArray* named = points->GetArray(name.c_str());
    if (!named)
    {
      throw std::invalid_argument("DensityArray is \"" + name +
        "\"; the image has no such point array (it has: " + ListOfArrays(image) + ")");
    }
    vtkDataArray* logarithm = points->GetArray(names::LogDensity);
    const bool replace = name == names::Density && logarithm && quantity == Quantity::FromName;
    return replace ? logarithm : named;
  }
  for (vtkDataArray* array :
    { points->GetArray(names::LogDensity), points->GetArray(names::Density), points->GetScalars() })
  {
    if (array)
    {
      return array;
    }
  }
  throw std::invalid_argument(
    "DensityArray is not set and the image has no array Density, LogDensity or active scalars (it "
    "has: " +
    ListOfArrays(image) + ")");
}

namespace
{
/// What is known before the values are looked at.
ImageDensity DescriptionOf(vtkDataArray* array, Quantity quantity)
{
  ImageDensity density;
  density.Name = array->GetName() ? array->GetName() : "";
  if (array->GetNumberOfComponents() != 1)
  {
    throw std::invalid_argument("DensityArray is \"" + density.Name + "\" with " +
      std::to_string(array->GetNumberOfComponents()) + " components; a density has one");
  }
  density.StoredLogarithm = IsLogarithm(density.Name, quantity);
  density.StoredAsFloat = array->GetDataType() == VTK_FLOAT;
  return density;
}
}

ImageDensity ReadDensity(vtkImageData* image, vtkDataArray* array, Quantity quantity,
  const scorefields::Execution& execution)
{
  ImageDensity density = DescriptionOf(array, quantity);
  const vtkIdType count = array->GetNumberOfTuples();
  auto* doubles = vtkDoubleArray::SafeDownCast(array);
  const bool blanked = HasBlankedPoints(image);
  if (doubles && density.StoredLogarithm && !blanked &&
    NeedsNoChange(doubles->GetPointer(0), count, execution))
  {
    density.LogDensity = doubles->GetPointer(0);
    return density;
  }
  density.Storage.resize(static_cast<std::size_t>(count));
  const auto read = [&](const auto& values)
  {
    Convert(values, density.StoredLogarithm, density.Storage.data(), execution);
    if (!density.StoredLogarithm)
    {
      LookForNegatives(values, density);
    }
  };
  if (doubles)
  {
    read(vtk::DataArrayValueRange<1>(doubles));
  }
  else
  {
    read(vtk::DataArrayValueRange<1>(array));
  }
  if (blanked)
  {
    Blank(image, density.Storage);
  }
  density.LogDensity = density.Storage.data();
  return density;
}

std::vector<double> DensityOf(
  const ImageDensity& density, vtkImageData* image, const scorefields::Execution& execution)
{
  std::vector<double> values(static_cast<std::size_t>(image->GetNumberOfPoints()));
  execution.For(image->GetNumberOfPoints(),
    [&](scorefields::Index begin, scorefields::Index end)
    {
      for (scorefields::Index i = begin; i < end; ++i)
      {
        values[static_cast<std::size_t>(i)] = std::exp(density.LogDensity[i]);
      }
    });
  return values;
}
}
