// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_HighestDensityRun_h
#define Runs_HighestDensityRun_h

#include "Input/DensityReader.h"

#include <string>
#include <vector>

class vtkAlgorithm;
class vtkDataObject;
class vtkImageData;
class vtkInformation;
class vtkPolyData;
class vtkTable;

namespace vtkscorefields
{
class Communicator;

/// What the mass of a region is counted in.
enum class LevelSource
{
  Image,  ///< the integral of the density
  Samples ///< the share of the samples
};

constexpr const char* NameOf(LevelSource value)
{
  switch (value)
  {
    case LevelSource::Image:
      return "Mass of the image";
    case LevelSource::Samples:
      return "Share of the samples";
  }
  return nullptr;
}

/// What the masses are shares of.
enum class WholeMass
{
  FromInput,  ///< Everywhere for a density that Kernel Density or Mixture Truth has normalised
  Everywhere, ///< 1, of which the part that the image does not hold lies outside
  InImage     ///< the integral over the image
};

constexpr const char* NameOf(WholeMass value)
{
  switch (value)
  {
    case WholeMass::FromInput:
      return "From input";
    case WholeMass::Everywhere:
      return "Everywhere";
    case WholeMass::InImage:
      return "In the image";
  }
  return nullptr;
}

/// The properties of the filter HighestDensityRegions.
struct RegionSettings
{
  std::string Density; ///< array; empty: found by FindDensity
  Quantity Kind = Quantity::FromName;
  std::vector<double> Masses{ 0.25, 0.5, 0.75, 0.95 };
  LevelSource Levels = LevelSource::Image;
  WholeMass Whole = WholeMass::FromInput;
  std::string SampleWeights; ///< array of the samples; "None": all weigh 1
};

struct RegionOutputs
{
  vtkImageData* Image;
  vtkPolyData* Contours;
  vtkTable* Regions;
  vtkDataObject* Samples; ///< of the type of the samples
  vtkTable* Islands;
};

/// Reads the inputs, calls the numerics, writes the outputs. Collective: every rank must call it.
/// @param samples  may be null.
/// @param request  the pipeline's information of the image: which part of it is wanted.
/// @returns a warning, or "".
/// @throws std::invalid_argument naming the property or array that cannot be used.
std::string RunHighestDensityRegions(vtkAlgorithm* algorithm, const Communicator& ranks,
  const RegionSettings& settings, vtkImageData* input, vtkDataObject* samples,
  vtkInformation* request, const RegionOutputs& outputs);
}

#endif
