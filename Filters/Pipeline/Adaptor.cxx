// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Adaptor.h"

#include "Numerics/Base/LargePages.h"
#include "Pipeline/Machine.h"

#include <vtkAlgorithm.h>
#include <vtkArrayDispatch.h>
#include <vtkDataArrayRange.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointSet.h>
#include <vtkPoints.h>
#include <vtkSMPTools.h>
#include <vtkStringArray.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace vtkscorefields
{
namespace
{
/// Fast for the layouts that the dispatcher knows, right for all.
struct CopyValues
{
  template <class Array>
  void operator()(Array* array, vtkIdType begin, vtkIdType end, double* target) const
  {
    for (const auto value : vtk::DataArrayValueRange(array, begin, end))
    {
      *target++ = static_cast<double>(value);
    }
  }
};

/// The progress bar during one phase, which only grows.
class PhaseProgress
{
public:
  PhaseProgress(vtkAlgorithm* algorithm, const Phase& phase)
    : Algorithm(algorithm)
    , Current(phase)
  {
    this->Algorithm->SetProgressText(phase.Name);
    this->Algorithm->UpdateProgress(std::max(phase.From, this->Algorithm->GetProgress()));
  }

  void Tell(double share)
  {
    if (share < this->Last && this->Pass + 1 < this->Current.Passes)
    {
      ++this->Pass;
    }
    this->Last = share;
    this->Show(this->Current.From +
      (this->Current.To - this->Current.From) * (this->Pass + share) / this->Current.Passes);
  }

private:
  void Show(double progress)
  {
    // The pipeline says when all is done.
    constexpr double NotYetAll = 0.99;
    progress = std::min(progress, NotYetAll);
    if (progress > this->Algorithm->GetProgress())
    {
      this->Algorithm->UpdateProgress(progress);
    }
  }

  vtkAlgorithm* Algorithm;
  Phase Current;
  double Last = 0.0;
  int Pass = 0;
};

void RunRanges(scorefields::Index n, int threads, const scorefields::RangeBody& body)
{
  // Eight ranges a thread even out pieces of unlike cost.
  const vtkIdType grain = std::max<vtkIdType>(1, n / (8 * threads));
  vtkSMPTools::For(0, n, grain, [&body](vtkIdType begin, vtkIdType end) { body(begin, end); });
}
}

scorefields::Execution MakeExecution(vtkAlgorithm* algorithm, const Phase& phase)
{
  scorefields::Execution execution;
  const auto progress = std::make_shared<PhaseProgress>(algorithm, phase);
  execution.Continue = [algorithm, progress](double share)
  {
    progress->Tell(share);
    algorithm->CheckAbort();
    return !algorithm->GetAbortOutput();
  };
  if (std::getenv("VTK_SMP_BACKEND_IN_USE"))
  {
    const int threads = std::max(1, vtkSMPTools::GetEstimatedNumberOfThreads());
    execution.For = [threads](scorefields::Index n, const scorefields::RangeBody& body)
    { RunRanges(n, threads, body); };
    return execution;
  }
  const int threads = ThreadsForRank();
  execution.For = [threads](scorefields::Index n, const scorefields::RangeBody& body)
  {
    if (threads == 1 || n <= 1)
    {
      body(0, n);
      return;
    }
    vtkSMPTools::LocalScope(vtkSMPTools::Config{ threads, "STDThread", false },
      [n, threads, &body]() { RunRanges(n, threads, body); });
  };
  return execution;
}

void ReadValues(vtkDataArray* array, vtkIdType begin, vtkIdType end, double* values)
{
  CopyValues copy;
  using Dispatcher = vtkArrayDispatch::DispatchByValueType<vtkArrayDispatch::Reals>;
  if (!Dispatcher::Execute(array, copy, begin, end, values))
  {
    copy(array, begin, end, values);
  }
}

void ReadPoints(vtkDataSet* dataSet, vtkIdType begin, vtkIdType end, double* coordinates)
{
  auto* pointSet = vtkPointSet::SafeDownCast(dataSet);
  if (pointSet && begin < end)
  {
    ReadValues(pointSet->GetPoints()->GetData(), 3 * begin, 3 * end, coordinates);
    return;
  }
  for (vtkIdType i = begin; i < end; ++i)
  {
    dataSet->GetPoint(i, coordinates + 3 * (i - begin));
  }
}

Eigen::Matrix3Xd PointsOf(vtkDataSet* dataSet)
{
  Eigen::Matrix3Xd points(3, dataSet->GetNumberOfPoints());
  ReadPoints(dataSet, 0, dataSet->GetNumberOfPoints(), points.data());
  return points;
}

vtkSmartPointer<vtkDoubleArray> NewArray(
  const std::string& name, int numberOfComponents, vtkIdType numberOfTuples)
{
  auto array = vtkSmartPointer<vtkDoubleArray>::New();
  array->SetName(name.c_str());
  array->SetNumberOfComponents(numberOfComponents);
  array->SetNumberOfTuples(numberOfTuples);
  scorefields::PreferLargePages(array->GetVoidPointer(0),
    static_cast<std::size_t>(array->GetNumberOfValues()) * sizeof(double));
  return array;
}

vtkSmartPointer<vtkDoubleArray> AsDoubles(vtkDataArray* array)
{
  vtkSmartPointer<vtkDoubleArray> doubles = vtkDoubleArray::SafeDownCast(array);
  if (!doubles)
  {
    doubles = vtkSmartPointer<vtkDoubleArray>::New();
    doubles->DeepCopy(array);
  }
  return doubles;
}

double PrecisionOf(vtkDataArray* array)
{
  return array->GetDataType() == VTK_FLOAT ? 5.9604644775390625e-8 : 1.1102230246251565e-16;
}

scorefields::Grid GridOf(vtkImageData* image)
{
  scorefields::Grid grid;
  int extent[6];
  image->GetExtent(extent);
  for (int axis = 0; axis < 3; ++axis)
  {
    grid.Spacing[axis] = image->GetSpacing()[axis];
    grid.Origin[axis] = image->GetOrigin()[axis] + extent[2 * axis] * grid.Spacing[axis];
    grid.Dimensions[axis] = extent[2 * axis + 1] - extent[2 * axis] + 1;
  }
  return grid;
}

void SetFieldValue(vtkFieldData* fieldData, const std::string& name, const double* values, int n)
{
  auto array = NewArray(name, n, 1);
  array->SetTypedTuple(0, values);
  fieldData->AddArray(array);
}

void SetFieldValue(vtkFieldData* fieldData, const std::string& name, double value)
{
  auto array = NewArray(name, 1, 1);
  array->SetValue(0, value);
  fieldData->AddArray(array);
}

void SetFieldText(vtkFieldData* fieldData, const std::string& name, const std::string& text)
{
  auto array = vtkSmartPointer<vtkStringArray>::New();
  array->SetName(name.c_str());
  array->InsertNextValue(text);
  fieldData->AddArray(array);
}

void PassFieldData(vtkDataObject* input, vtkDataObject* output)
{
  vtkNew<vtkFieldData> merged;
  merged->PassData(input->GetFieldData());
  merged->PassData(output->GetFieldData());
  output->GetFieldData()->ShallowCopy(merged);
}

double FieldValue(vtkFieldData* fieldData, const std::string& name, double otherwise)
{
  vtkDataArray* array = fieldData ? fieldData->GetArray(name.c_str()) : nullptr;
  return array && array->GetNumberOfValues() > 0 ? array->GetComponent(0, 0) : otherwise;
}

std::string FieldText(vtkFieldData* fieldData, const std::string& name)
{
  auto* array =
    fieldData ? vtkStringArray::SafeDownCast(fieldData->GetAbstractArray(name.c_str())) : nullptr;
  return array && array->GetNumberOfValues() > 0 ? array->GetValue(0) : std::string();
}
}
