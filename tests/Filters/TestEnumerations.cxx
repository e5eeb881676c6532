// SPDX-License-Identifier: BSD-3-Clause
// The texts that users choose from stand twice: in XML/, which ParaView reads, and beside the C++
// enumerations. The tests read the XML and the pages as they are on disk.
#include "Input/DensityReader.h"
#include "Input/FlowOrigin.h"
#include "Input/ShapeCells.h"
#include "Numerics/Density/CountScale.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Difference/DifferenceTest.h"
#include "Numerics/Difference/NodeVerdicts.h"
#include "Numerics/Fit/ScoreFit.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Scan/BandwidthScan.h"
#include "Pipeline/Choices.h"
#include "Runs/HighestDensityRun.h"

#include <vtkSmartPointer.h>
#include <vtkXMLDataElement.h>
#include <vtkXMLUtilities.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace
{
using Texts = std::vector<std::string>;
using Choices = std::map<std::string, Texts>; ///< "Proxy.Property" -> its texts

template <class Enum>
Texts Of(std::size_t offered = scorefields::CountOf<Enum>())
{
  constexpr auto names = scorefields::NamesOf<Enum>();
  return Texts(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(offered));
}

/// What C++ offers for each property that is a choice.
Choices OfCxx()
{
  const Texts dimension{ "Automatic", "1", "2", "3" }; // a number, of which 0 leaves it open
  const Texts coordinate{ "x", "y", "z" };
  return {
    { "KernelChoice.Dimension", dimension },
    { "KernelChoice.BandwidthRule", Of<scorefields::BandwidthRule>() },
    { "KernelChoice.BandwidthShape", Of<vtkscorefields::ShapeChoice>() },
    { "KernelSettings.OutputPrecision", Of<vtkscorefields::Precision>() },
    { "KernelDensity.SweepSpacing", Of<scorefields::SweepSpacing>() },
    { "KernelDensity.SweepDirection", Of<scorefields::SweepDirection>() },
    { "KernelDensity.SweepTime", Of<scorefields::SweepTime>() },
    { "KernelDensity.Kernel", Of<scorefields::KernelProfile>() },
    { "KernelDensity.CountScale", Of<scorefields::CountScale>() },
    { "KernelDensity.Boundary", Of<vtkscorefields::BoundaryChoice>() },
    { "KernelDensity.BoundaryX", Of<scorefields::Boundary>() },
    { "KernelDensity.BoundaryY", Of<scorefields::Boundary>() },
    { "KernelDensity.BoundaryZ", Of<scorefields::Boundary>() },
    { "KernelDensityAtPoints.Boundary", Of<vtkscorefields::BoundaryChoice>() },
    { "KernelDensityAtPoints.BoundaryX", Of<scorefields::Boundary>() },
    { "KernelDensityAtPoints.BoundaryY", Of<scorefields::Boundary>() },
    { "KernelDensityAtPoints.BoundaryZ", Of<scorefields::Boundary>() },
    { "KernelSettings.Engine", Of<scorefields::Engine>() },
    { "KernelDensity.Spectrum", Of<scorefields::FftSpectrum>() },
    { "CompareDensities.Quantity", Of<vtkscorefields::Quantity>() },
    { "CompareDensities.ReferenceQuantity", Of<vtkscorefields::Quantity>() },
    { "DensityModes.Quantity", Of<vtkscorefields::Quantity>() },
    { "HighestDensityRegions.LevelsFrom", Of<vtkscorefields::LevelSource>() },
    { "HighestDensityRegions.Quantity", Of<vtkscorefields::Quantity>() },
    { "HighestDensityRegions.TotalMass", Of<vtkscorefields::WholeMass>() },
    { "DensityDifference.Boundary", Of<vtkscorefields::BoundaryChoice>() },
    { "DensityDifference.BoundaryX", Of<scorefields::Boundary>() },
    { "DensityDifference.BoundaryY", Of<scorefields::Boundary>() },
    { "DensityDifference.BoundaryZ", Of<scorefields::Boundary>() },
    { "DensityDifference.Statistic", Of<scorefields::DifferenceStatistic>() },
    { "DensityDifference.MultipleTesting", Of<scorefields::MultipleTesting>() },
    { "DensityRidges.Boundary", Of<vtkscorefields::BoundaryChoice>() },
    { "DensityRidges.BoundaryX", Of<scorefields::Boundary>() },
    { "DensityRidges.BoundaryY", Of<scorefields::Boundary>() },
    { "DensityRidges.BoundaryZ", Of<scorefields::Boundary>() },
    { "DensityFromScore.Boundary", Of<vtkscorefields::InputBoundaryChoice>() },
    { "DensityFromScore.BoundaryX", Of<scorefields::Boundary>() },
    { "DensityFromScore.BoundaryY", Of<scorefields::Boundary>() },
    { "DensityFromScore.BoundaryZ", Of<scorefields::Boundary>() },
    { "PointsFromShape.DrawFrom", Of<vtkscorefields::DrawFrom>() },
    { "PointsFromShape.Dimension", dimension },
    { "ScoreField.Quantity", Of<vtkscorefields::Quantity>() },
    { "ScoreField.Method", Of<vtkscorefields::MethodChoice>() },
    { "ScoreField.MultipleTesting", Of<scorefields::MultipleTesting>() },
    { "ScoreField.StabilityCriterion", Of<vtkscorefields::MaskChoice>() },
    { "ScoreMatchingFit.Model", Of<scorefields::FitModel>() },
    { "ScoreMatchingFit.BaseDensity", Of<scorefields::BaseDensity>() },
    { "ScoreMatchingFit.Dimension", dimension }, { "ScoreFlow.Mode", Of<scorefields::FlowMode>() },
    { "ScoreFlow.Target", Of<vtkscorefields::FlowTarget>() },
    { "ScoreFlow.StartFrom", Of<vtkscorefields::FlowOrigin>() },
    { "ScoreFlow.Evaluation", Of<vtkscorefields::Evaluation>() },
    { "ScoreFlow.Boundary", Of<vtkscorefields::BoundaryChoice>() },
    { "ScoreFlow.BoundaryX", Of<scorefields::Boundary>() },
    { "ScoreFlow.BoundaryY", Of<scorefields::Boundary>() },
    { "ScoreFlow.BoundaryZ", Of<scorefields::Boundary>() },
    { "PointsFromArrays.XCoordinate", coordinate }, { "PointsFromArrays.YCoordinate", coordinate },
    { "PointsFromArrays.ZCoordinate", coordinate },
    { "GaussianMixture.Mixture", Of<scorefields::MixturePreset>() },
    { "GaussianMixture.Dimension", dimension },
    { "GaussianMixture.Sampling", Of<vtkscorefields::Sampling>() },
    { "BandwidthScan.Dimension", dimension },
    { "BandwidthScan.BandwidthShape", Of<vtkscorefields::ShapeChoice>() },
    { "BandwidthScan.Boundary", Of<vtkscorefields::BoundaryChoice>() },
    { "BandwidthScan.BoundaryX", Of<scorefields::Boundary>() },
    { "BandwidthScan.BoundaryY", Of<scorefields::Boundary>() },
    { "BandwidthScan.BoundaryZ", Of<scorefields::Boundary>() },
    { "BandwidthScan.ScanSpacing", Of<scorefields::SweepSpacing>(2) }, // no list
  };
}

/// The entries of an EnumerationDomain, whose values must count from 0.
Texts EntriesOf(vtkXMLDataElement* domain, const std::string& property)
{
  Texts texts;
  for (int i = 0; i < domain->GetNumberOfNestedElements(); ++i)
  {
    vtkXMLDataElement* entry = domain->GetNestedElement(i);
    EXPECT_EQ(entry->GetAttribute("value"), std::to_string(i)) << property;
    texts.emplace_back(entry->GetAttribute("text"));
  }
  return texts;
}

void Collect(vtkXMLDataElement* element, const std::string& proxy, Choices& choices)
{
  for (int i = 0; i < element->GetNumberOfNestedElements(); ++i)
  {
    vtkXMLDataElement* inner = element->GetNestedElement(i);
    const bool isProxy = std::string(inner->GetName()) == "SourceProxy";
    Collect(inner, isProxy ? inner->GetAttribute("name") : proxy, choices);
    if (vtkXMLDataElement* domain = inner->FindNestedElementWithName("EnumerationDomain"))
    {
      const std::string property = proxy + "." + inner->GetAttribute("name");
      choices[property] = EntriesOf(domain, property);
    }
  }
}

Choices OfXml()
{
  Choices choices;
  for (const auto& file : std::filesystem::directory_iterator(SCOREFIELDS_SOURCE "/XML"))
  {
    const auto root = vtkSmartPointer<vtkXMLDataElement>::Take(
      vtkXMLUtilities::ReadElementFromFile(file.path().c_str()));
    Collect(root, "", choices);
  }
  return choices;
}

std::string Lower(std::string text)
{
  std::transform(text.begin(), text.end(), text.begin(),
    [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// A file of the project in small letters, with one space for each run of white space.
std::string TextOf(const std::string& path)
{
  std::ifstream file(SCOREFIELDS_SOURCE "/" + path);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  for (std::string word; file >> word;)
  {
    text << word << ' ';
  }
  return Lower(text.str());
}
}

// Oracle: the lists of the XML, which ParaView's panels show.
TEST(Enumerations, AreThoseOfTheXml)
{
  const Choices xml = OfXml();
  const Choices cxx = OfCxx();
  for (const auto& [property, texts] : xml)
  {
    ASSERT_EQ(cxx.count(property), 1u) << property << " has no enumeration in C++";
    EXPECT_EQ(cxx.at(property), texts) << property;
  }
  EXPECT_EQ(cxx.size(), xml.size()) << "a property above is no choice in the XML any more";
}

// Contract: the page that says what a rule does names it as the panel does.
TEST(Enumerations, EveryBandwidthRuleIsExplained)
{
  const std::string page = TextOf("docs/math/bandwidth.md");
  for (const auto rule : scorefields::ValuesOf<scorefields::BandwidthRule>())
  {
    EXPECT_NE(page.find(Lower(NameOf(rule))), std::string::npos) << NameOf(rule);
  }
}

// Contract: the help of a filter tells what each number of its array of classes means.
TEST(Enumerations, EveryClassIsExplained)
{
  const auto explained = [](const std::string& file, auto values)
  {
    const std::string help = TextOf(file);
    for (const auto value : values)
    {
      const std::string name = Lower(NameOf(value));
      const std::string said =
        std::to_string(static_cast<int>(value)) + " " + name.substr(0, name.find(" or "));
      EXPECT_NE(help.find(said), std::string::npos) << said;
    }
  };
  explained("XML/ScoreField.xml", scorefields::ValuesOf<scorefields::Reliability>());
  explained("XML/DensityDifference.xml", scorefields::ValuesOf<scorefields::DifferenceClass>());
}

// Contract: the legend has every class, in order, by the beginning of its name.
TEST(Enumerations, EveryClassHasAColour)
{
  const auto coloured = [](const std::string& array, auto values)
  {
    std::ifstream file(SCOREFIELDS_SOURCE "/data/colormaps/" + array + ".json");
    const auto preset = nlohmann::json::parse(file).at(0);
    const auto& annotations = preset.at("Annotations");
    ASSERT_EQ(annotations.size(), 2 * values.size());
    ASSERT_EQ(preset.at("IndexedColors").size(), 3 * values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
    {
      const std::string name = NameOf(values[i]);
      const std::string text = annotations[2 * i + 1];
      EXPECT_EQ(annotations[2 * i], std::to_string(i));
      EXPECT_EQ(name.substr(0, text.size()), text);
    }
  };
  coloured("Reliability", scorefields::ValuesOf<scorefields::Reliability>());
  coloured("DifferenceClass", scorefields::ValuesOf<scorefields::DifferenceClass>());
}
