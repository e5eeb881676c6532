// SPDX-License-Identifier: BSD-3-Clause
#include "vtkBandwidthScan.h"

#include "vtkGaussianMixture.h"
#include "vtkKernelDensity.h"
#include "vtkScoreField.h"

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkCommand.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStringArray.h>
#include <vtkTable.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
struct Scan
{
  explicit Scan(vtkDataObject* input)
  {
    this->Filter->SetInputDataObject(input);
    this->Filter->AutomaticRangeOff();
    this->Filter->SetScanMinimum(0.1);
    this->Filter->SetScanMaximum(0.8);
    this->Filter->SetScanSteps(4);
    this->Filter->SetSampleDimensions(40, 30, 20);
    this->Log->Watch(this->Filter);
  }
  vtkTable* Table(int port)
  {
    this->Filter->Update();
    return vtkTable::SafeDownCast(this->Filter->GetOutputDataObject(port));
  }
  std::vector<double> Column(const std::string& name, int port = 0)
  {
    auto* array = vtkDoubleArray::SafeDownCast(this->Table(port)->GetColumnByName(name.c_str()));
    return array
      ? std::vector<double>(array->GetPointer(0), array->GetPointer(0) + array->GetNumberOfValues())
      : std::vector<double>();
  }
  vtkPolyData* Tree()
  {
    this->Filter->Update();
    return vtkPolyData::SafeDownCast(this->Filter->GetOutputDataObject(2));
  }

  vtkNew<vtkBandwidthScan> Filter;
  vtkNew<ErrorLog> Log;
};

double StableShare(vtkDataObject* input, vtkImageData* box, double h, int engine)
{
  vtkNew<vtkKernelDensity> density;
  density->SetInputDataObject(input);
  density->SetBandwidthRule(0);
  density->SetBandwidth(h);
  density->SetEngine(engine);
  density->SetTolerance(1e-14);
  density->UseInputBoundsOff();
  density->SetSamplingBounds(box->GetBounds());
  density->SetSampleDimensions(40, 30, 20);
  vtkNew<vtkScoreField> score;
  score->SetInputConnection(density->GetOutputPort());
  score->Update();
  return vtkscorefields::FieldValue(score->GetOutput()->GetFieldData(), "StableShare", -1.0);
}
}

// Oracle: Kernel Density and Score Field on the box that a sweep to the same bandwidth has.
TEST(BandwidthScanFilter, SharesAreThoseOfScoreField)
{
  auto input = PolyDataPoints(RandomPoints(80, 2, 2));
  Scan scan(input);
  vtkNew<vtkKernelDensity> sweep;
  sweep->SetInputDataObject(input);
  sweep->BandwidthSweepOn();
  sweep->SetSweepMinimum(0.1);
  sweep->SetSweepMaximum(0.8);
  sweep->SetSampleDimensions(40, 30, 20);
  sweep->Update();
  const std::vector<double> bandwidths = scan.Column("Bandwidth");
  ASSERT_EQ(bandwidths.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i)
  {
    EXPECT_NEAR(bandwidths[i], 0.1 * std::pow(2.0, static_cast<double>(i)), 1e-14);
    EXPECT_NEAR(scan.Column("StableShareFFT")[i],
      StableShare(input, sweep->GetImage(), bandwidths[i], 2), 2.0 / 1200.0);
    EXPECT_EQ(scan.Column("StableShareExact")[i], 1.0);
    EXPECT_EQ(StableShare(input, sweep->GetImage(), bandwidths[i], 1), 1.0);
  }
  EXPECT_TRUE(scan.Log->Errors.empty() && scan.Log->Warnings.empty()) << scan.Log->Errors;
}

// Contract: the truth travels with the points; without it no column is about it.
TEST(BandwidthScanFilter, KnowsTheTruthOfAMixture)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->Update();
  Scan scan(mixture->GetOutputDataObject(0));
  EXPECT_EQ(scan.Column("FisherDivergence").size(), 4u);
  EXPECT_EQ(scan.Column("TrueModes"), (std::vector<double>{ 3.0, 1.0, 1.0, 1.0 }));
  for (int port = 0; port < 3; ++port)
  {
    // Between the first two bandwidths, as the modes above say; its value is the numerics'.
    vtkFieldData* fieldData = scan.Filter->GetOutputDataObject(port)->GetFieldData();
    const double critical = vtkscorefields::FieldValue(fieldData, "CriticalBandwidth", 0.0);
    EXPECT_TRUE(critical > 0.1 && critical < 0.2) << critical;
  }
  scan.Filter->ComputeErrorsOff();
  EXPECT_TRUE(scan.Column("FisherDivergence").empty());
  EXPECT_FALSE(scan.Column("Entropy").empty());
  Scan plain(PolyDataPoints(RandomPoints(50, 1, 2)));
  EXPECT_TRUE(plain.Column("FisherDivergence").empty());
  EXPECT_FALSE(plain.Filter->GetOutputDataObject(0)->GetFieldData()->HasArray("CriticalBandwidth"));
}

// Contract: two rows for each rule, upright in a chart; the choice is Kernel Density's.
TEST(BandwidthScanFilter, MarksWhatTheRulesChoose)
{
  auto input = PolyDataPoints(RandomPoints(150, 7, 2));
  Scan scan(input);
  vtkTable* table = scan.Table(1);
  constexpr int Rules = static_cast<int>(CountOf<BandwidthRule>()) - 1; // all but Manual
  ASSERT_EQ(table->GetNumberOfRows(), 2 * Rules);
  auto* names = vtkStringArray::SafeDownCast(table->GetColumnByName("Rule"));
  const std::vector<double> bandwidths = scan.Column("Bandwidth", 1);
  for (int rule = 1; rule <= Rules; ++rule)
  {
    vtkNew<vtkKernelDensity> density;
    density->SetInputDataObject(input);
    density->SetBandwidthRule(rule);
    density->SetSampleDimensions(4, 4, 4);
    density->Update();
    const auto row = static_cast<std::size_t>(2 * (rule - 1));
    EXPECT_EQ(bandwidths[row], density->GetChosenBandwidth());
    EXPECT_EQ(bandwidths[row], bandwidths[row + 1]);
    const std::string name = names->GetValue(static_cast<vtkIdType>(row));
    const std::vector<double> line = scan.Column(name, 1);
    EXPECT_EQ(line[row], 0.0) << name;
    EXPECT_EQ(line[row + 1], 1.0) << name;
    EXPECT_TRUE(std::isnan(line[(row + 2) % line.size()]));
  }
  scan.Filter->MarkRulesOff();
  EXPECT_EQ(scan.Table(1)->GetNumberOfRows(), 0);
}

// Oracle: the counts in the table. The tree of a flat cloud rises along its flat axis.
TEST(BandwidthScanFilter, TreeHasAsManyLinesAsModes)
{
  Eigen::Matrix3Xd points = RandomPoints(120, 5, 3);
  points.row(1).setConstant(4.0); // the plane y = 4
  Scan scan(PolyDataPoints(points));
  scan.Filter->SetTreeHeight(3.0);
  vtkPolyData* tree = scan.Tree();
  const std::vector<double> modes = scan.Column("Modes");
  EXPECT_GE(tree->GetNumberOfLines(), modes[0]);
  EXPECT_GT(modes[0], modes[3]);
  EXPECT_EQ(modes[3], 1.0);
  EXPECT_NEAR(tree->GetBounds()[2], 4.0, 1e-14);
  EXPECT_NEAR(tree->GetBounds()[3], 7.0, 1e-14);
  EXPECT_EQ(
    tree->GetPointData()->GetArray("Bandwidth")->GetRange()[1], scan.Column("Bandwidth")[3]);
  EXPECT_NE(tree->GetCellData()->GetArray("JoinedTrack"), nullptr);
}

// Oracle: the union. Blocks, weights and points that are not finite are read as elsewhere.
TEST(BandwidthScanFilter, ReadsCloudsAsTheOthersDo)
{
  const Eigen::Matrix3Xd points = RandomPoints(60, 4, 2);
  auto left = PolyDataPoints(points.leftCols(25));
  auto right = PolyDataPoints(points.rightCols(35));
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, left);
  blocks->SetBlock(3, right);
  Scan scan(blocks);
  Scan whole(PolyDataPoints(points));
  EXPECT_EQ(scan.Column("LSCV"), whole.Column("LSCV"));

  Eigen::Matrix3Xd broken(3, 61);
  broken << points, Eigen::Vector3d::Constant(std::numeric_limits<double>::quiet_NaN());
  Scan with(PolyDataPoints(broken));
  EXPECT_EQ(with.Column("LSCV"), whole.Column("LSCV"));
  EXPECT_TRUE(with.Log->HasWarning("1 points are left out")) << with.Log->Warnings;
}

// Contract: one message that names property and value, and empty outputs.
TEST(BandwidthScanFilter, RefusesWhatItCannotScan)
{
  const auto message = [](vtkDataObject* input, auto&& change)
  {
    Scan scan(input);
    change(scan.Filter);
    scan.Filter->Update();
    EXPECT_EQ(scan.Table(0)->GetNumberOfRows(), 0);
    EXPECT_EQ(scan.Tree()->GetNumberOfPoints(), 0);
    EXPECT_EQ(scan.Log->ErrorCount, 1) << scan.Log->Errors;
    return scan.Log->Errors;
  };
  const auto has = [](const std::string& text, const char* part)
  { EXPECT_NE(text.find(part), std::string::npos) << part << " in: " << text; };
  auto points = PolyDataPoints(RandomPoints(30, 1, 2));
  has(message(points, [](vtkBandwidthScan* f) { f->SetScanMaximum(0.05); }), "ScanMaximum is 0.05");
  has(message(points, [](vtkBandwidthScan* f) { f->SetScanMinimum(-1.0); }), "ScanMinimum is -1");
  has(message(points, [](vtkBandwidthScan* f) { f->SetScanSteps(0); }), "ScanSteps is 0");
  has(message(points, [](vtkBandwidthScan* f) { f->SetTreeHeight(-2.0); }), "TreeHeight is -2");
  has(message(points, [](vtkBandwidthScan* f) { f->SetTolerance(-1.0); }), "Tolerance is -1");
  has(message(PolyDataPoints(RandomPoints(1, 1)), [](vtkBandwidthScan*) {}), "1 point");
  has(message(PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 5)),
        [](vtkBandwidthScan* f) { f->AutomaticRangeOn(); }),
    "identical");
}

// Contract: an empty cloud is no error, here or on a rank; nor is what no rule can work on, by
// hand.
TEST(BandwidthScanFilter, EmptyAndIdenticalPoints)
{
  vtkNew<vtkPolyData> none;
  Scan empty(none);
  EXPECT_EQ(empty.Table(0)->GetNumberOfRows(), 0);
  EXPECT_TRUE(empty.Log->Errors.empty()) << empty.Log->Errors;

  Scan same(PolyDataPoints(Eigen::Matrix3Xd::Ones(3, 5)));
  EXPECT_EQ(same.Column("Modes"), std::vector<double>(4, 1.0));
  EXPECT_TRUE(std::isnan(same.Column("LSCV")[0])) << "no other location to be left";
  auto* problems = vtkStringArray::SafeDownCast(same.Table(1)->GetColumnByName("Problem"));
  EXPECT_NE(problems->GetValue(0).find("identical"), std::string::npos);
  EXPECT_TRUE(same.Log->Errors.empty()) << same.Log->Errors;
}

namespace
{
/// Asks an algorithm to stop as soon as it tells of progress beyond a share.
class Stop : public vtkCommand
{
public:
  static Stop* New() { return new Stop; }
  void Execute(vtkObject* caller, unsigned long, void* share) override
  {
    const double told = *static_cast<double*>(share);
    this->Told = told < 1.0 ? std::max(this->Told, told) : this->Told; // the pipeline ends with 1
    if (this->Told > 0.3)
    {
      vtkAlgorithm::SafeDownCast(caller)->SetAbortExecute(1);
    }
  }
  double Told = 0.0; ///< the largest below 1
};
}

// Contract: stopped half way, it leaves nothing, and is no error; asked again, it has
// everything.
TEST(BandwidthScanFilter, CanBeStopped)
{
  Scan scan(PolyDataPoints(RandomPoints(500, 1, 2)));
  scan.Filter->SetScanSteps(20);
  vtkNew<Stop> stop;
  const unsigned long tag = scan.Filter->AddObserver(vtkCommand::ProgressEvent, stop);
  EXPECT_EQ(scan.Table(0)->GetNumberOfRows(), 0);
  EXPECT_GT(stop->Told, 0.3);
  EXPECT_LT(stop->Told, 0.9);
  EXPECT_TRUE(scan.Log->Errors.empty()) << scan.Log->Errors;
  scan.Filter->RemoveObserver(tag);
  scan.Filter->SetAbortExecute(0);
  scan.Filter->Modified();
  EXPECT_EQ(scan.Table(0)->GetNumberOfRows(), 20);
}
}
