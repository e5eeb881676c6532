// SPDX-License-Identifier: BSD-3-Clause
// Prints, as Markdown tables, how often the verdicts of Score Field are wrong against exact sums:
// nodes called reliable that are not, and nodes not called so that are.
#include "support/ReliabilityTable.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace
{
struct Worst
{
  std::array<double, support::Tolerances.size()> Rejects{};
  double Accepts = 0.0;
  double Error = 0.0;
};

std::string Percent(double share)
{
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.1f", 100.0 * share);
  return text.data();
}

void PrintCase(const support::ReliabilityCase& problem, const support::Verdicts& verdicts)
{
  std::printf("| %s | %s | %lld | %.2g | %s | %s |", problem.Cloud.c_str(), problem.Shape.c_str(),
    static_cast<long long>(problem.Nodes.Dimensions[0]), support::ResolutionOf(problem),
    support::NameOf(verdicts.From), support::NameOf(verdicts.By));
  for (const support::Tally& tally : verdicts.At)
  {
    std::printf(" %s / %s / %s |", Percent(tally.Right - tally.FalseRejects).c_str(),
      Percent(tally.FalseRejects).c_str(), tally.FalseAccepts > 0.0 ? "SOME" : "0");
  }
  std::printf("\n");
}

using Way = std::pair<support::Engine, support::Source>;

void PrintCases(const std::vector<support::ReliabilityCase>& cases, std::map<Way, Worst>& worst)
{
  std::printf("| cloud | kernel | nodes per axis | narrow / spacing | engine | score | tolerance "
              "0.001 | 0.01 | "
              "0.1 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (const support::ReliabilityCase& problem : cases)
  {
    for (const support::Verdicts& verdicts : support::Judge(problem))
    {
      PrintCase(problem, verdicts);
      Worst& most = worst[{ verdicts.From, verdicts.By }];
      for (std::size_t t = 0; t < verdicts.At.size(); ++t)
      {
        most.Rejects[t] = std::max(most.Rejects[t], verdicts.At[t].FalseRejects);
        most.Accepts = std::max(most.Accepts, verdicts.At[t].FalseAccepts);
        most.Error = std::max(most.Error, verdicts.At[t].Worst);
      }
    }
  }
}

void PrintWorst(const std::map<Way, Worst>& worst)
{
  std::printf("\n| engine | score | nodes falsely accepted | largest error of an accepted node, in "
              "tolerances | most false rejects, %%: tolerance 0.001 | 0.01 | 0.1 |\n"
              "| --- | --- | --- | --- | --- | --- | --- |\n");
  for (const auto& [way, most] : worst)
  {
    std::printf("| %s | %s | %s | %.2f |", support::NameOf(way.first), support::NameOf(way.second),
      most.Accepts > 0.0 ? "SOME" : "0", most.Error);
    for (const double share : most.Rejects)
    {
      std::printf(" %s |", Percent(share).c_str());
    }
    std::printf("\n");
  }
  std::printf("\n");
}
}

int main()
{
  std::map<Way, Worst> worst;
  std::vector<support::ReliabilityCase> cases = support::StudyCases({ 64, 96, 160, 256 });
  for (const support::ReliabilityCase& other : support::OtherCases())
  {
    cases.push_back(other);
  }
  PrintCases(cases, worst);
  PrintWorst(worst);
  worst.clear();
  PrintCases(support::HardCases(), worst);
  PrintWorst(worst);
  worst.clear();
  PrintCases(support::KernelCases(), worst);
  PrintWorst(worst);
  return 0;
}
