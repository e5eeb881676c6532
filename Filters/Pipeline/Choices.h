// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Choices_h
#define Pipeline_Choices_h

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/Enumerations.h"
#include "Numerics/Score/ScoreField.h"

#include <optional>

/// Choices that users have and the numerics do not know.
namespace vtkscorefields
{
/// The property Boundary: one for all axes, or one for each.
enum class BoundaryChoice
{
  Open,
  Periodic,
  Reflecting,
  PerAxis
};

constexpr const char* NameOf(BoundaryChoice value)
{
  switch (value)
  {
    case BoundaryChoice::Open:
      return NameOf(scorefields::Boundary::Open);
    case BoundaryChoice::Periodic:
      return NameOf(scorefields::Boundary::Periodic);
    case BoundaryChoice::Reflecting:
      return NameOf(scorefields::Boundary::Reflecting);
    case BoundaryChoice::PerAxis:
      return "Per axis";
  }
  return nullptr;
}

/// The boundary of all axes, or none for PerAxis.
constexpr std::optional<scorefields::Boundary> OfAllAxes(BoundaryChoice choice)
{
  switch (choice)
  {
    case BoundaryChoice::Open:
      return scorefields::Boundary::Open;
    case BoundaryChoice::Periodic:
      return scorefields::Boundary::Periodic;
    case BoundaryChoice::Reflecting:
      return scorefields::Boundary::Reflecting;
    case BoundaryChoice::PerAxis:
      break;
  }
  return std::nullopt;
}

/// The property Boundary of a filter whose input may say what its boundaries are.
enum class InputBoundaryChoice
{
  FromInput, ///< as the field data of the image say; open if they do not
  Open,
  Periodic,
  Reflecting,
  PerAxis
};

constexpr const char* NameOf(InputBoundaryChoice value)
{
  switch (value)
  {
    case InputBoundaryChoice::FromInput:
      return "From input";
    case InputBoundaryChoice::Open:
      return NameOf(scorefields::Boundary::Open);
    case InputBoundaryChoice::Periodic:
      return NameOf(scorefields::Boundary::Periodic);
    case InputBoundaryChoice::Reflecting:
      return NameOf(scorefields::Boundary::Reflecting);
    case InputBoundaryChoice::PerAxis:
      return NameOf(BoundaryChoice::PerAxis);
  }
  return nullptr;
}

/// The property Bandwidth Shape.
enum class ShapeChoice
{
  Isotropic,
  PerAxis,
  Covariance,
  Automatic ///< PerAxis of a rule where the axes are arrays of data, else Isotropic
};

/// @param dataAxes  whether the axes are arrays of data, which may differ in unit. @param rule  who
///                  chooses the bandwidth: by hand there is one for all axes.
constexpr scorefields::BandwidthShape ShapeOf(
  ShapeChoice choice, bool dataAxes, scorefields::BandwidthRule rule)
{
  switch (choice)
  {
    case ShapeChoice::Isotropic:
      return scorefields::BandwidthShape::Isotropic;
    case ShapeChoice::PerAxis:
      return scorefields::BandwidthShape::PerAxis;
    case ShapeChoice::Covariance:
      return scorefields::BandwidthShape::Covariance;
    case ShapeChoice::Automatic:
      break;
  }
  return dataAxes && rule != scorefields::BandwidthRule::Manual
    ? scorefields::BandwidthShape::PerAxis
    : scorefields::BandwidthShape::Isotropic;
}

constexpr const char* NameOf(ShapeChoice value)
{
  switch (value)
  {
    case ShapeChoice::Isotropic:
      return NameOf(scorefields::BandwidthShape::Isotropic);
    case ShapeChoice::PerAxis:
      return NameOf(scorefields::BandwidthShape::PerAxis);
    case ShapeChoice::Covariance:
      return NameOf(scorefields::BandwidthShape::Covariance);
    case ShapeChoice::Automatic:
      return "Automatic";
  }
  return nullptr;
}

/// The property Method of Score Field.
enum class MethodChoice
{
  BestAvailable, ///< the input's analytic score; fourth order without one
  CentralDifference,
  FourthOrder,
  DensityRatio,
  Spectral
};

/// The method, for BestAvailable that without an analytic score.
constexpr scorefields::ScoreMethod MethodOf(MethodChoice choice)
{
  switch (choice)
  {
    case MethodChoice::CentralDifference:
      return scorefields::ScoreMethod::CentralDifference;
    case MethodChoice::BestAvailable:
    case MethodChoice::FourthOrder:
      return scorefields::ScoreMethod::FourthOrder;
    case MethodChoice::DensityRatio:
      return scorefields::ScoreMethod::DensityRatio;
    case MethodChoice::Spectral:
      return scorefields::ScoreMethod::Spectral;
  }
  return scorefields::ScoreMethod::FourthOrder;
}

constexpr const char* NameOf(MethodChoice value)
{
  switch (value)
  {
    case MethodChoice::BestAvailable:
      return "Best available";
    case MethodChoice::CentralDifference:
    case MethodChoice::FourthOrder:
    case MethodChoice::DensityRatio:
    case MethodChoice::Spectral:
      return NameOf(MethodOf(value));
  }
  return nullptr;
}

/// The property Stability Criterion of Score Field.
enum class MaskChoice
{
  Numerical,
  NumericalAndSamples,
  NumericalAndSignificant,
  Automatic ///< Numerical; where nodes are hidden, NumericalAndSamples
};

constexpr scorefields::MaskRule MaskOf(MaskChoice choice, bool hide)
{
  switch (choice)
  {
    case MaskChoice::Numerical:
      return scorefields::MaskRule::Numerical;
    case MaskChoice::NumericalAndSamples:
      return scorefields::MaskRule::NumericalAndSamples;
    case MaskChoice::NumericalAndSignificant:
      return scorefields::MaskRule::NumericalAndSignificant;
    case MaskChoice::Automatic:
      break;
  }
  return hide ? scorefields::MaskRule::NumericalAndSamples : scorefields::MaskRule::Numerical;
}

constexpr const char* NameOf(MaskChoice value)
{
  switch (value)
  {
    case MaskChoice::Numerical:
    case MaskChoice::NumericalAndSamples:
    case MaskChoice::NumericalAndSignificant:
      return NameOf(MaskOf(value, false));
    case MaskChoice::Automatic:
      return "Automatic";
  }
  return nullptr;
}

/// Of the arrays of an estimate.
enum class Precision
{
  Double,
  Single
};

constexpr const char* NameOf(Precision value)
{
  switch (value)
  {
    case Precision::Double:
      return "Double";
    case Precision::Single:
      return "Single";
  }
  return nullptr;
}

/// How the score is found at a particle.
enum class Evaluation
{
  Auto,
  Exact
};

constexpr const char* NameOf(Evaluation value)
{
  switch (value)
  {
    case Evaluation::Auto:
      return "Auto";
    case Evaluation::Exact:
      return "Exact";
  }
  return nullptr;
}

/// How points are drawn from a mixture.
enum class Sampling
{
  Exact,    ///< Numerics/Mixture/MixtureSampling.h
  Rejection ///< Numerics/Mixture/MixtureRejection.h
};

constexpr const char* NameOf(Sampling value)
{
  switch (value)
  {
    case Sampling::Exact:
      return "Exact";
    case Sampling::Rejection:
      return "Rejection";
  }
  return nullptr;
}
}

#endif
