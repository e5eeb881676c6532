// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureTable.h"

namespace scorefields
{
MixtureTable ToTable(const Mixture& mixture)
{
  MixtureTable table(MixtureTableRows, mixture.Count());
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    const MixtureComponent& component = mixture.Component(k);
    table.col(k) << component.Weight, component.Mean, ToTensor(component.Covariance);
  }
  return table;
}

std::vector<MixtureComponent> ToComponents(const Eigen::Ref<const MixtureTable>& table)
{
  std::vector<MixtureComponent> components;
  components.reserve(static_cast<std::size_t>(table.cols()));
  for (Index k = 0; k < table.cols(); ++k)
  {
    const SymmetricTensor covariance = table.col(k).tail<6>();
    components.push_back({ table(0, k), table.col(k).segment<3>(1), ToMatrix(covariance) });
  }
  return components;
}

Mixture FromTable(const Eigen::Ref<const MixtureTable>& table)
{
  return Mixture(ToComponents(table));
}
}
