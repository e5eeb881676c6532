// SPDX-License-Identifier: BSD-3-Clause
#include "support/ReferenceValues.h"

#include "support/Reference.h"

namespace reference
{
namespace
{
const nlohmann::json& At(const std::string& path)
{
  return All().at(nlohmann::json::json_pointer(path));
}
}

std::size_t SizeAt(const std::string& path)
{
  return At(path).size();
}

double NumberAt(const std::string& path)
{
  return Number(At(path));
}

Eigen::Vector3d VectorAt(const std::string& path)
{
  return Vector(At(path));
}

Eigen::Matrix3Xd PointsAt(const std::string& path)
{
  return Points(At(path));
}
}
