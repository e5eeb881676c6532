// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Reference_h
#define support_Reference_h

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <string>

/// Values computed once with 50 digits (tests/support/reference.json); numbers are decimal strings.
namespace reference
{
inline const nlohmann::json& All()
{
  static const nlohmann::json all = nlohmann::json::parse(std::ifstream(SCOREFIELDS_REFERENCE));
  return all;
}

/// Rounded to double; to 0 where it is smaller than any.
inline double Number(const nlohmann::json& value)
{
  return value.is_string() ? std::strtod(value.get<std::string>().c_str(), nullptr)
                           : value.get<double>();
}

/// A list of one to three numbers as a 3-vector, 0 in the missing components.
inline Eigen::Vector3d Vector(const nlohmann::json& list)
{
  Eigen::Vector3d vector = Eigen::Vector3d::Zero();
  for (std::size_t i = 0; i < list.size(); ++i)
  {
    vector[static_cast<Eigen::Index>(i)] = Number(list[i]);
  }
  return vector;
}

/// A list of points as a 3 by n matrix.
inline Eigen::Matrix3Xd Points(const nlohmann::json& list)
{
  Eigen::Matrix3Xd points(3, static_cast<Eigen::Index>(list.size()));
  for (std::size_t i = 0; i < list.size(); ++i)
  {
    points.col(static_cast<Eigen::Index>(i)) = Vector(list[i]);
  }
  return points;
}
}

#endif
