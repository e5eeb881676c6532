// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/MixtureAdaptor.h"

#include "Numerics/Mixture/MixtureTable.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Vertices.h"

#include <vtkCompositeDataIterator.h>
#include <vtkCompositeDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkIntArray.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
constexpr std::array<const char*, scorefields::MixtureTableRows> ColumnNames{ { "Weight", "Mean X",
  "Mean Y", "Mean Z", "XX", "YY", "ZZ", "XY", "YZ", "XZ" } };

std::optional<scorefields::Mixture> MixtureOf(vtkFieldData* fieldData)
{
  vtkDataArray* array = fieldData ? fieldData->GetArray(names::MixtureComponents) : nullptr;
  if (!array)
  {
    return std::nullopt;
  }
  if (array->GetNumberOfComponents() != scorefields::MixtureTableRows)
  {
    std::ostringstream message;
    message << "The field array " << names::MixtureComponents << " has "
            << array->GetNumberOfComponents() << " numbers a component; a mixture has "
            << scorefields::MixtureTableRows
            << ": weight, mean x y z, covariance XX YY ZZ XY YZ XZ";
    throw std::invalid_argument(message.str());
  }
  scorefields::MixtureTable table(scorefields::MixtureTableRows, array->GetNumberOfTuples());
  for (vtkIdType k = 0; k < array->GetNumberOfTuples(); ++k)
  {
    array->GetTuple(k, table.col(k).data());
  }
  return scorefields::FromTable(table);
}

vtkSmartPointer<vtkIntArray> ComponentArray(const scorefields::MixtureCloud& cloud)
{
  auto array = vtkSmartPointer<vtkIntArray>::New();
  array->SetName(names::Component);
  array->SetNumberOfTuples(cloud.Component.size());
  std::copy_n(cloud.Component.data(), cloud.Component.size(), array->GetPointer(0));
  return array;
}
}

void SetMixture(vtkFieldData* fieldData, const scorefields::Mixture& mixture)
{
  const scorefields::MixtureTable table = scorefields::ToTable(mixture);
  auto array = NewArray(names::MixtureComponents, scorefields::MixtureTableRows, table.cols());
  for (int column = 0; column < scorefields::MixtureTableRows; ++column)
  {
    array->SetComponentName(column, ColumnNames[static_cast<std::size_t>(column)]);
  }
  for (scorefields::Index k = 0; k < table.cols(); ++k)
  {
    array->SetTypedTuple(k, table.col(k).data());
  }
  fieldData->AddArray(array);
}

std::optional<scorefields::Mixture> FindMixture(vtkDataObject* data)
{
  std::optional<scorefields::Mixture> mixture = MixtureOf(data->GetFieldData());
  auto* composite = vtkCompositeDataSet::SafeDownCast(data);
  if (mixture || !composite)
  {
    return mixture;
  }
  auto iterator = vtkSmartPointer<vtkCompositeDataIterator>::Take(composite->NewIterator());
  for (iterator->InitTraversal(); !mixture && !iterator->IsDoneWithTraversal();
       iterator->GoToNextItem())
  {
    mixture = MixtureOf(iterator->GetCurrentDataObject()->GetFieldData());
  }
  return mixture;
}

const double* SetCloud(scorefields::MixtureCloud&& cloud, vtkPolyData* output)
{
  const double* const coordinates = SetVertices(cloud.Points, output);
  output->GetPointData()->AddArray(ComponentArray(cloud));
  cloud = scorefields::MixtureCloud();
  return coordinates;
}

scorefields::FieldView AddTruthArrays(vtkDataSetAttributes* attributes, vtkIdType count)
{
  const auto add = [attributes, count](const char* name, int components)
  {
    auto array = NewArray(name, components, count);
    attributes->AddArray(array);
    return array->GetPointer(0);
  };
  scorefields::FieldView view;
  view.Density = add(names::TrueDensity, 1);
  view.LogDensity = add(names::TrueLogDensity, 1);
  view.Score = add(names::TrueScore, 3);
  return view;
}
}
