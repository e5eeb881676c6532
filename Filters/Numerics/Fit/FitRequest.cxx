// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/ScoreFit.h"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <tuple>

namespace scorefields
{
namespace
{
void RequireFromZero(const char* property, double value, const char* automatic)
{
  if (!(value >= 0.0 && std::isfinite(value)))
  {
    std::ostringstream message;
    message << property << " is " << value << "; it must be positive and finite, or 0 for "
            << automatic;
    throw std::invalid_argument(message.str());
  }
}

void RequireCount(const char* property, Index value, Index least, Index most)
{
  if (value < least || value > most)
  {
    std::ostringstream message;
    message << property << " is " << value << "; it must be from " << least << " to " << most;
    throw std::invalid_argument(message.str());
  }
}
}

bool operator==(const FitRequest& one, const FitRequest& other)
{
  const auto all = [](const FitRequest& r)
  {
    return std::tie(r.Model, r.Base, r.AxisScale, r.Noise, r.KernelWidth, r.Regularization,
      r.NumberOfCenters, r.NumberOfComponents, r.HiddenLayers, r.HiddenWidth, r.TrainingSteps,
      r.LearningRate, r.MaximumSamples, r.Folds, r.Seed);
  };
  return all(one) == all(other);
}

void Require(const FitRequest& request)
{
  RequireFromZero("Noise", request.Noise, "the normal scale bandwidth");
  RequireFromZero("KernelWidth", request.KernelWidth, "the choice by cross-validation");
  RequireFromZero("Regularization", request.Regularization, "the choice by cross-validation");
  RequireCount("NumberOfCenters", request.NumberOfCenters, 1, 2000);
  RequireCount("NumberOfComponents", request.NumberOfComponents, 1, 1000);
  RequireCount("HiddenLayers", request.HiddenLayers, 1, 8);
  RequireCount("HiddenWidth", request.HiddenWidth, 1, 256);
  RequireCount("TrainingSteps", request.TrainingSteps, 1, 10000000);
  RequireCount("MaximumSamples", request.MaximumSamples, 2, 1000000);
  RequireCount("Folds", request.Folds, 2, 100);
  if (!(request.LearningRate > 0.0 && std::isfinite(request.LearningRate)))
  {
    std::ostringstream message;
    message << "LearningRate is " << request.LearningRate << "; it must be positive and finite";
    throw std::invalid_argument(message.str());
  }
}
}
