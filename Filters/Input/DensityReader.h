// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_DensityReader_h
#define Input_DensityReader_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/Execution.h"

#include <string>
#include <vector>

class vtkDataArray;
class vtkImageData;
class vtkUnsignedCharArray;

namespace vtkscorefields
{
/// What a user says about the array of an image that holds the density.
enum class Quantity
{
  FromName, ///< a logarithm if the array's name contains "log"
  Density,
  LogDensity
};

constexpr const char* NameOf(Quantity value)
{
  switch (value)
  {
    case Quantity::FromName:
      return "From name";
    case Quantity::Density:
      return "Density";
    case Quantity::LogDensity:
      return "Log density";
  }
  return nullptr;
}

/// A density on an image, as ScoreField and its relatives need it.
struct ImageDensity
{
  std::string Name; ///< of the array it was read from
  /// One per node, in [0], unless the array itself could be used.
  std::vector<double> Storage;
  /// Finite, -infinity where the density is not positive, NaN where there is no value.
  const double* LogDensity = nullptr;
  double MostNegative = 0.0; ///< the least density, if below 0
  /// The array holds the logarithm although it was read as a density, by the look of it.
  bool LooksLikeLogarithm = false;
  bool StoredLogarithm = false;
  bool StoredAsFloat = false;
};

/// The names of the image's point arrays, for messages; "none" if it has none.
std::string ListOfArrays(vtkImageData* image);

/// The point array of that name.
/// @throws std::invalid_argument naming the property if there is none, or if it has another number
///         of components.
vtkDataArray* RequireArray(
  vtkImageData* image, const char* property, const std::string& name, int components);

/// The point array to read: the named one, or "LogDensity", "Density" or the active scalars.
/// "Density" of a kernel density gives way to the "LogDensity" beside it, which never underflows.
/// @throws std::invalid_argument if there is none, naming what the image has.
vtkDataArray* FindDensity(vtkImageData* image, const std::string& name, Quantity quantity);

/// Reads an array as a density. Blanked points have no value.
/// @throws std::invalid_argument if it does not have one component.
ImageDensity ReadDensity(vtkImageData* image, vtkDataArray* array, Quantity quantity,
  const scorefields::Execution& execution);

/// The density itself, 0 where it is not positive and NaN where there is no value.
std::vector<double> DensityOf(
  const ImageDensity& density, vtkImageData* image, const scorefields::Execution& execution);
}

#endif
