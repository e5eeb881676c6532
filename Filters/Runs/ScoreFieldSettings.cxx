// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/ScoreFieldSettings.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
void Require(bool holds, const char* name, double value, const char* rule)
{
  if (!holds)
  {
    std::ostringstream message;
    message << name << " is " << value << "; it must be " << rule;
    throw std::invalid_argument(message.str());
  }
}

}

void CheckSettings(const ScoreFieldSettings& settings)
{
  const scorefields::ScoreOptions& options = settings.Options;
  Require(std::isfinite(settings.Tolerance) && settings.Tolerance > 0.0, "Tolerance",
    settings.Tolerance, "positive and finite");
  Require(std::isfinite(options.MinimumSampleSize) && options.MinimumSampleSize >= 0.0,
    "MinimumSampleSize", options.MinimumSampleSize, "0 or more, and finite");
  Require(options.SignificanceLevel > 0.0 && options.SignificanceLevel < 1.0, "SignificanceLevel",
    options.SignificanceLevel, "between 0 and 1");
  Require(std::isfinite(options.RegularizationFloor) && options.RegularizationFloor >= 0.0,
    "RegularizationFloor", options.RegularizationFloor, "0 or more, and finite");
}

}
