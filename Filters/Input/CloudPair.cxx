// SPDX-License-Identifier: BSD-3-Clause
#include "Input/CloudPair.h"

#include "Input/SampleLabels.h"
#include "Pipeline/ArrayNames.h"
#include "Pipeline/Communicator.h"

#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
using scorefields::CloudMoments;

namespace
{
void RequireInputs(bool hasB, const CloudPairChoice& choice)
{
  if (hasB && choice.HasClasses())
  {
    throw std::invalid_argument("LabelArray is \"" + choice.LabelArray +
      "\", but InputB is connected, which is the second cloud; set LabelArray to None or disconnect"
      " InputB");
  }
  if (!hasB && !choice.HasClasses())
  {
    throw std::invalid_argument("LabelArray is \"None\" and InputB is not connected; connect the"
                                " second cloud to InputB, or choose the array with the classes of"
                                " the points");
  }
  if (choice.HasClasses() && choice.ClassA == choice.ClassB)
  {
    std::ostringstream message;
    message << "ClassA and ClassB are both " << choice.ClassA << "; choose two different classes";
    throw std::invalid_argument(message.str());
  }
}

Cloud ReadInput(vtkDataObject* input, const std::string& name, const CloudPairChoice& choice,
  const Communicator& ranks, const scorefields::Execution& execution)
{
  try
  {
    return ReadDistributedCloud(input, choice.WeightArray, ranks, execution);
  }
  catch (const std::invalid_argument& error)
  {
    throw std::invalid_argument(name + ": " + error.what());
  }
}

Cloud CloudOfClass(
  const Cloud& all, const std::vector<double>& labels, int label, const Communicator& ranks)
{
  Cloud cloud;
  cloud.Samples = SamplesOfClass(all.Samples, labels, static_cast<double>(label));
  cloud.Moments = ranks.Merge(scorefields::MomentsOf(cloud.Samples));
  return cloud;
}

CloudPair ReadClasses(vtkDataObject* input, const CloudPairChoice& choice,
  const Communicator& ranks, const scorefields::Execution& execution)
{
  const Cloud all = ReadInput(input, "Input", choice, ranks, execution);
  const std::vector<double> labels =
    ReadLabels(input, choice.LabelArray, choice.WeightArray, ranks);
  const std::set<double> classes = ClassesOf(labels, ranks);
  const auto require = [&](const std::string& property, int label)
  {
    const bool known = classes.count(static_cast<double>(label)) > 0;
    ranks.Agree(known
        ? std::string()
        : MissingClass(property + (" is " + std::to_string(label)), choice.LabelArray, classes));
  };
  require("ClassA", choice.ClassA);
  require("ClassB", choice.ClassB);
  CloudPair pair{ CloudOfClass(all, labels, choice.ClassA, ranks),
    CloudOfClass(all, labels, choice.ClassB, ranks) };
  pair.A.NonFinite = all.NonFinite;
  return pair;
}

void RequirePoints(const Cloud& cloud, const std::string& name, const CloudPairChoice& choice)
{
  const CloudMoments& moments = cloud.Moments;
  if (moments.Count > 0.0 && moments.TotalWeight > 0.0)
  {
    return;
  }
  const bool anyPoint = (moments.Lower.array() <= moments.Upper.array()).all();
  if (anyPoint)
  {
    throw std::invalid_argument("WeightArray \"" + choice.WeightArray + "\" gives every point of " +
      name + " the weight 0; one at least must be positive");
  }
  std::ostringstream message;
  message << name << " has no " << (cloud.NonFinite > 0.0 ? "finite " : "")
          << "points, so that there is nothing to compare; connect a data set with points, or see"
          << " why the filters before it keep none";
  throw std::invalid_argument(message.str());
}

std::string AxesText(const scorefields::Axes& axes)
{
  std::ostringstream text;
  text << axes.Count << (axes.Count == 1 ? " axis (" : " axes (");
  for (int a = 0; a < axes.Count; ++a)
  {
    text << (a > 0 ? ", " : "") << "xyz"[axes.Axis[a]];
  }
  text << ")";
  return text.str();
}

bool Extends(const CloudMoments& moments, int axis)
{
  return moments.Lower[axis] < moments.Upper[axis];
}

bool ExtendsAnywhere(const CloudMoments& moments)
{
  return Extends(moments, 0) || Extends(moments, 1) || Extends(moments, 2);
}

scorefields::Axes AxesOf(const CloudMoments& moments)
{
  return scorefields::Axes::FromFlags(
    Extends(moments, 0), Extends(moments, 1), Extends(moments, 2));
}
}

bool CloudPairChoice::HasClasses() const
{
  return !IsNoArray(this->LabelArray);
}

std::string CloudPairChoice::NameOfA() const
{
  return this->HasClasses() ? "Class " + std::to_string(this->ClassA) : "Input";
}

std::string CloudPairChoice::NameOfB() const
{
  return this->HasClasses() ? "Class " + std::to_string(this->ClassB) : "InputB";
}

CloudPair ReadCloudPair(vtkDataObject* input, vtkDataObject* inputB, const CloudPairChoice& choice,
  const Communicator& ranks, const scorefields::Execution& execution)
{
  RequireInputs(ranks.Any(inputB != nullptr), choice);
  CloudPair pair;
  if (choice.HasClasses())
  {
    pair = ReadClasses(input, choice, ranks, execution);
  }
  else
  {
    pair.A = ReadInput(input, "Input", choice, ranks, execution);
    pair.B = ReadInput(inputB, "InputB", choice, ranks, execution);
  }
  RequirePoints(pair.A, choice.NameOfA(), choice);
  RequirePoints(pair.B, choice.NameOfB(), choice);
  return pair;
}

void RequireSameAxes(const CloudPair& clouds, const CloudPairChoice& choice, int dimension)
{
  const CloudMoments& a = clouds.A.Moments;
  const CloudMoments& b = clouds.B.Moments;
  if (dimension != 0)
  {
    return;
  }
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool alongA = Extends(a, axis);
    const bool alongB = Extends(b, axis);
    std::ostringstream message;
    if (!alongA && !alongB && a.Lower[axis] != b.Lower[axis])
    {
      message << choice.NameOfA() << " lies at "
              << "xyz"[axis] << " = " << a.Lower[axis] << " and " << choice.NameOfB() << " at "
              << b.Lower[axis]
              << "; two flat clouds can only be compared in one plane. Move one of them, or set"
              << " Dimension";
      throw std::invalid_argument(message.str());
    }
    if (alongA != alongB && ExtendsAnywhere(a) && ExtendsAnywhere(b))
    {
      message
        << choice.NameOfA() << " has " << AxesText(AxesOf(a)) << " and " << choice.NameOfB()
        << " has " << AxesText(AxesOf(b))
        << "; two clouds can only be compared along the same axes. Set Dimension to take those"
        << " of largest extent";
      throw std::invalid_argument(message.str());
    }
  }
}
}
