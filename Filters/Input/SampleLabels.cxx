// SPDX-License-Identifier: BSD-3-Clause
#include "Input/SampleLabels.h"

#include "Input/SampleReader.h"
#include "Pipeline/ArrayNames.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/SharedNodes.h"

#include <vtkDataArray.h>
#include <vtkDataSet.h>
#include <vtkPointData.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
using scorefields::Index;
using scorefields::Samples;

namespace
{
constexpr std::size_t MostNamed = 20;

vtkDataArray* LabelsOf(vtkDataSet* leaf, const std::string& name)
{
  vtkPointData* const data = leaf->GetPointData();
  vtkDataArray* const labels = data->GetArray(name.c_str());
  if (labels && labels->GetNumberOfComponents() == 1)
  {
    return labels;
  }
  std::ostringstream message;
  message << "LabelArray is \"" << name << "\", which ";
  if (labels)
  {
    message << "has " << labels->GetNumberOfComponents() << " components; labels have one";
    throw std::invalid_argument(message.str());
  }
  message << "is no numeric point array of the input (it has: " << NamesOfArrays(data) << ")";
  throw std::invalid_argument(message.str());
}
}

std::vector<double> ReadLabels(vtkDataObject* input, const std::string& labelArray,
  const std::string& weightArray, const Communicator& communicator)
{
  const vtkSmartPointer<vtkDataObject> counted = MarkSharedNodes(input, communicator);
  std::vector<double> labels;
  for (vtkDataSet* leaf : LeavesOf(counted))
  {
    if (!leaf || leaf->GetNumberOfPoints() == 0)
    {
      continue;
    }
    vtkDataArray* const array = LabelsOf(leaf, labelArray);
    const std::vector<PointUse> use = UseOfPoints(leaf, weightArray);
    for (std::size_t i = 0; i < use.size(); ++i)
    {
      if (use[i] == PointUse::Counted)
      {
        labels.push_back(array->GetTuple1(static_cast<vtkIdType>(i)));
      }
    }
  }
  return labels;
}

std::set<double> ClassesOf(const std::vector<double>& labels, const Communicator& ranks)
{
  std::set<double> own;
  for (const double label : labels)
  {
    if (!std::isnan(label))
    {
      own.insert(label);
    }
  }
  std::vector<double> all(own.begin(), own.end());
  ranks.Gather(all);
  return { all.begin(), all.end() };
}

std::string MissingClass(
  const std::string& chosen, const std::string& labelArray, const std::set<double>& classes)
{
  std::ostringstream message;
  message << chosen << ", but no sample has this label; LabelArray \"" << labelArray << "\" has ";
  std::size_t named = 0;
  for (const double one : classes)
  {
    if (named == MostNamed)
    {
      message << " and " << classes.size() - MostNamed << " more";
      break;
    }
    message << (named++ > 0 ? ", " : "") << one;
  }
  message << (classes.empty() ? "no labels" : "");
  return message.str();
}

Samples SamplesOfClass(const Samples& samples, const std::vector<double>& labels, double label)
{
  std::vector<Index> entries;
  for (std::size_t i = 0; i < labels.size(); ++i)
  {
    if (labels[i] == label)
    {
      entries.push_back(static_cast<Index>(i));
    }
  }
  const auto count = static_cast<Index>(entries.size());
  Samples picked;
  picked.Points.resize(3, count);
  picked.Weights.resize(samples.Weights.size() > 0 ? count : 0);
  for (Index k = 0; k < count; ++k)
  {
    const Index entry = entries[static_cast<std::size_t>(k)];
    picked.Points.col(k) = samples.Points.col(entry);
    if (samples.Weights.size() > 0)
    {
      picked.Weights[k] = samples.Weights[entry];
    }
  }
  picked.TotalWeight =
    samples.Weights.size() > 0 ? picked.Weights.sum() : static_cast<double>(count);
  return picked;
}
}
