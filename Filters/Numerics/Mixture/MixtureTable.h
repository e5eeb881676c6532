// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixtureTable_h
#define Mixture_MixtureTable_h

#include "Numerics/Mixture/Mixture.h"

namespace scorefields
{
/// A mixture as numbers, one column per component, as it travels in field data
/// ("MixtureComponents") and as it is typed in the property Components:
///   weight, mean X, Y, Z, covariance XX, YY, ZZ, XY, YZ, XZ.
constexpr int MixtureTableRows = 10;
using MixtureTable = Eigen::Matrix<double, MixtureTableRows, Eigen::Dynamic>;

/// Weights are the shares, with sum 1.
MixtureTable ToTable(const Mixture& mixture);

/// The components of a table, not checked.
std::vector<MixtureComponent> ToComponents(const Eigen::Ref<const MixtureTable>& table);

/// The mixture of a table on the axes along which a component has a variance.
/// @throws std::invalid_argument as the constructor of Mixture.
Mixture FromTable(const Eigen::Ref<const MixtureTable>& table);
}

#endif
