// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_DataFile_h
#define support_DataFile_h

#include <Eigen/Core>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// The first `columns` (up to 3) columns of a file of the folder data, as points; 0 in other axes.
inline Eigen::Matrix3Xd PointsOfDataFile(const std::string& name, int columns)
{
  std::ifstream file(std::string(SCOREFIELDS_DATA) + "/" + name);
  std::string line;
  std::getline(file, line); // the names
  std::vector<double> values;
  while (std::getline(file, line))
  {
    std::istringstream cells(line);
    std::string cell;
    for (int column = 0; column < 3; ++column)
    {
      const bool read = column < columns && std::getline(cells, cell, ',');
      values.push_back(read ? std::stod(cell) : 0.0);
    }
  }
  return Eigen::Map<const Eigen::Matrix3Xd>(
    values.data(), 3, static_cast<Eigen::Index>(values.size() / 3));
}

#endif
