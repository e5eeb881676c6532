// SPDX-License-Identifier: BSD-3-Clause
#include "Output/ScoreFieldOutput.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include "Numerics/Score/HessianEigenvalues.h"

#include <vtkCellData.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkStringArray.h>
#include <vtkTable.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace vtkscorefields
{
namespace
{
double* AddDoubles(vtkImageData* image, const char* name, int components)
{
  auto array = NewArray(name, components, image->GetNumberOfPoints());
  image->GetPointData()->AddArray(array);
  return array->GetPointer(0);
}

vtkSmartPointer<vtkUnsignedCharArray> NewBytes(const char* name, vtkIdType count)
{
  auto array = vtkSmartPointer<vtkUnsignedCharArray>::New();
  array->SetName(name);
  array->SetNumberOfTuples(count);
  return array;
}

unsigned char* AddBytes(vtkImageData* image, const char* name)
{
  auto array = NewBytes(name, image->GetNumberOfPoints());
  image->GetPointData()->AddArray(array);
  return array->GetPointer(0);
}

/// A copy of the ghost array, or a new one without ghosts; the input's is not to be changed.
vtkSmartPointer<vtkUnsignedCharArray> CopyOfGhosts(vtkUnsignedCharArray* ghosts, vtkIdType count)
{
  auto copy = NewBytes(vtkDataSetAttributes::GhostArrayName(), count);
  if (ghosts)
  {
    copy->DeepCopy(ghosts);
    copy->SetName(vtkDataSetAttributes::GhostArrayName());
  }
  else
  {
    copy->FillValue(0);
  }
  return copy;
}

/// Stream tracers do not look at hidden points, but they stop where the vectors vanish.
void StopFlow(vtkImageData* image, const unsigned char* mask)
{
  for (const char* name : { names::Score, names::ScoreMagnitude })
  {
    auto* values = vtkDoubleArray::SafeDownCast(image->GetPointData()->GetArray(name));
    const int components = values->GetNumberOfComponents();
    for (vtkIdType i = 0; i < image->GetNumberOfPoints(); ++i)
    {
      for (int c = 0; c < components && !mask[i]; ++c)
      {
        values->SetTypedComponent(i, c, 0.0);
      }
    }
  }
}

std::vector<int> ActiveAxes(vtkImageData* image)
{
  const int* dimensions = image->GetDimensions();
  std::vector<int> axes;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (dimensions[axis] > 1)
    {
      axes.push_back(axis);
    }
  }
  return axes;
}
}

scorefields::ScoreView AddScoreArrays(vtkImageData* image, const ScoreArrays& wanted)
{
  scorefields::ScoreView view;
  view.Score = AddDoubles(image, names::Score, 3);
  image->GetPointData()->SetActiveVectors(names::Score);
  view.Magnitude = AddDoubles(image, names::ScoreMagnitude, 1);
  view.Classes = AddBytes(image, names::Reliability);
  view.Mask = AddBytes(image, names::StabilityMask);
  if (wanted.PValue)
  {
    view.PValue = AddDoubles(image, names::PValue, 1);
  }
  if (wanted.Diagnostics)
  {
    view.FloorMargin = AddDoubles(image, names::FloorMargin, 1);
    view.DifferenceError = AddDoubles(image, names::DifferenceError, 1);
    if (wanted.PValue)
    {
      view.SampleSize = AddDoubles(image, names::ScoreSampleSize, 1);
      view.StandardError = AddDoubles(image, names::ScoreStandardError, 1);
    }
  }
  return view;
}

double ScoreSummary::Nodes() const
{
  return std::accumulate(this->Counts.Nodes.begin(), this->Counts.Nodes.end(), 0.0);
}

void WriteSummary(vtkFieldData* fieldData, const ScoreSummary& summary)
{
  const double nodes = std::max(summary.Nodes(), 1.0);
  SetFieldValue(fieldData, names::ReliabilityCounts, summary.Counts.Nodes.data(),
    static_cast<int>(summary.Counts.Nodes.size()));
  SetFieldValue(fieldData, names::StableShare, summary.Counts.Stable / nodes);
  SetFieldValue(fieldData, names::StableMeasure, summary.Counts.Stable * summary.NodeMeasure);
}

void WriteSummary(vtkTable* table, const ScoreSummary& summary)
{
  const auto rows = static_cast<vtkIdType>(summary.Counts.Nodes.size());
  auto classes = vtkSmartPointer<vtkStringArray>::New();
  classes->SetName(names::Class);
  classes->SetNumberOfTuples(rows);
  auto nodes = NewArray(names::Nodes, 1, rows);
  auto share = NewArray(names::Share, 1, rows);
  auto measure = NewArray(names::Measure, 1, rows);
  auto value = NewArray(names::Reliability, 1, rows);
  for (vtkIdType row = 0; row < rows; ++row)
  {
    const double count = summary.Counts.Nodes[static_cast<std::size_t>(row)];
    classes->SetValue(row, NameOf(static_cast<scorefields::Reliability>(row)));
    value->SetValue(row, static_cast<double>(row));
    nodes->SetValue(row, count);
    share->SetValue(row, count / std::max(summary.Nodes(), 1.0));
    measure->SetValue(row, count * summary.NodeMeasure);
  }
  table->AddColumn(classes);
  for (const auto& column : { value, nodes, share, measure })
  {
    table->AddColumn(column);
  }
}

void HideMasked(vtkImageData* image, const unsigned char* mask)
{
  auto points = CopyOfGhosts(image->GetPointGhostArray(), image->GetNumberOfPoints());
  auto cells = CopyOfGhosts(image->GetCellGhostArray(), image->GetNumberOfCells());
  for (vtkIdType i = 0; i < image->GetNumberOfPoints(); ++i)
  {
    // ParaView's Glyph asks for duplicates only, everything else for hidden points.
    constexpr unsigned char both =
      vtkDataSetAttributes::HIDDENPOINT | vtkDataSetAttributes::DUPLICATEPOINT;
    const unsigned char hidden = mask[i] ? 0 : both;
    points->SetValue(i, static_cast<unsigned char>(points->GetValue(i) | hidden));
  }
  StopFlow(image, mask);
  const int* dimensions = image->GetDimensions();
  const vtkIdType count[3] = { std::max(dimensions[0] - 1, 1), std::max(dimensions[1] - 1, 1),
    std::max(dimensions[2] - 1, 1) };
  const vtkIdType stride[3] = { dimensions[0] > 1 ? 1 : 0, dimensions[1] > 1 ? dimensions[0] : 0,
    dimensions[2] > 1 ? static_cast<vtkIdType>(dimensions[0]) * dimensions[1] : 0 };
  for (vtkIdType cell = 0; cell < image->GetNumberOfCells(); ++cell)
  {
    const vtkIdType i = cell % count[0];
    const vtkIdType j = cell / count[0] % count[1];
    const vtkIdType k = cell / (count[0] * count[1]);
    const unsigned char* corner =
      mask + i + dimensions[0] * (j + static_cast<vtkIdType>(dimensions[1]) * k);
    bool whole = true;
    for (int bits = 0; bits < 8; ++bits)
    {
      whole = whole &&
        corner[(bits & 1) * stride[0] + (bits >> 1 & 1) * stride[1] + (bits >> 2) * stride[2]];
    }
    const unsigned char hidden = whole ? 0 : vtkDataSetAttributes::HIDDENCELL;
    cells->SetValue(cell, static_cast<unsigned char>(cells->GetValue(cell) | hidden));
  }
  image->GetPointData()->AddArray(points);
  image->GetCellData()->AddArray(cells);
}

void RequireHessian(vtkImageData* image)
{
  vtkDataArray* hessian = image->GetPointData()->GetArray(names::Hessian);
  if (!hessian || hessian->GetNumberOfComponents() != 6)
  {
    throw std::invalid_argument("ComputeCurvature needs the point array Hessian with 6 components; "
                                "switch ComputeHessian on in Kernel Density");
  }
}

void AddCurvature(vtkImageData* image, const scorefields::Execution& execution)
{
  const auto hessians = AsDoubles(image->GetPointData()->GetArray(names::Hessian));
  double* const eigenvalues = AddDoubles(image, names::HessianEigenvalues, 3);
  scorefields::HessianEigenvalues(
    ActiveAxes(image), hessians->GetPointer(0), image->GetNumberOfPoints(), eigenvalues, execution);
}
}
