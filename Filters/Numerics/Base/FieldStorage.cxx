// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/FieldStorage.h"

#include <algorithm>

namespace scorefields
{
FieldChoice FieldChoice::Smooth()
{
  FieldChoice choice;
  choice.LogDensity = true;
  choice.Score = true;
  choice.Hessian = true;
  return choice;
}

FieldChoice FieldChoice::All()
{
  return { true, true, true, true, true, true, true };
}

FieldChoice FieldChoice::Of(const FieldView& fields)
{
  return { fields.Density != nullptr, fields.LogDensity != nullptr, fields.Score != nullptr,
    fields.Hessian != nullptr, fields.EffectiveSampleSize != nullptr,
    fields.KishSampleSize != nullptr, fields.Route != nullptr };
}

Index FieldChoice::Components() const
{
  return (this->Density ? 1 : 0) + (this->LogDensity ? 1 : 0) + (this->Score ? 3 : 0) +
    (this->Hessian ? 6 : 0) + (this->EffectiveSampleSize ? 1 : 0) + (this->KishSampleSize ? 1 : 0);
}

FieldStorage::FieldStorage(Index count, const FieldChoice& wanted)
  : Density(wanted.Density ? count : 0)
  , LogDensity(wanted.LogDensity ? count : 0)
  , Score(3, wanted.Score ? count : 0)
  , Hessian(6, wanted.Hessian ? count : 0)
  , EffectiveSampleSize(wanted.EffectiveSampleSize ? count : 0)
  , KishSampleSize(wanted.KishSampleSize ? count : 0)
  , Route(wanted.Route ? static_cast<std::size_t>(count) : 0)
{
}

FieldView FieldStorage::View()
{
  const auto data = [](auto& values) { return values.size() > 0 ? values.data() : nullptr; };
  return { data(this->Density), data(this->LogDensity), data(this->Score), data(this->Hessian),
    data(this->EffectiveSampleSize), data(this->KishSampleSize), data(this->Route) };
}

void FieldStorage::Copy(Index column, const FieldView& target, Index entry) const
{
  const auto copy = [column, entry](const auto& values, Index components, auto* to)
  {
    if (to != nullptr && values.size() > 0)
    {
      std::copy_n(values.data() + column * components, components, to + entry * components);
    }
  };
  copy(this->Density, 1, target.Density);
  copy(this->LogDensity, 1, target.LogDensity);
  copy(this->Score, 3, target.Score);
  copy(this->Hessian, 6, target.Hessian);
  copy(this->EffectiveSampleSize, 1, target.EffectiveSampleSize);
  copy(this->KishSampleSize, 1, target.KishSampleSize);
  copy(this->Route, 1, target.Route);
}
}
