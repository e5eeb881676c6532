// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_CloudSummary_h
#define Cloud_CloudSummary_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

namespace scorefields
{
/// What the plan needs to know of a cloud; for a distributed one, of all its parts together.
struct CloudSummary
{
  Eigen::Vector3d Lower = Eigen::Vector3d::Zero(); ///< corner of the samples' bounding box
  Eigen::Vector3d Upper = Eigen::Vector3d::Zero();
  Index Count = 0;
  double TotalWeight = 0.0;

  /// Of these samples, with their TotalWeight. Cost: one pass.
  static CloudSummary Of(const Samples& samples, const Execution& execution = {});
};
}

#endif
