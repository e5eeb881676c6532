// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Machine.h"

#include "Pipeline/Communicator.h"

#include <vtkMultiProcessController.h>
#include <vtksys/SystemInformation.hxx>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace vtkscorefields
{
namespace
{
/// 0: not counted yet.
int& CountedRanks()
{
  static int ranks = 0;
  return ranks;
}

/// The same for all processes under one running system, also in containers; else its name.
std::string NameOfMachine()
{
  std::string name;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> name;
  if (name.empty())
  {
    vtksys::SystemInformation information;
    information.RunOSCheck();
    name = information.GetHostname();
  }
  return name;
}

/// The name as a number (FNV-1a) that a double holds.
double NumberOfMachine()
{
  std::uint64_t hash = 14695981039346656037U;
  for (const char letter : NameOfMachine())
  {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211U;
  }
  return static_cast<double>(hash >> 11U);
}

/// What a file of the system says; infinite if there is none or it says no number.
double LimitIn(const char* file)
{
  double limit = 0.0;
  return std::ifstream(file) >> limit ? limit : std::numeric_limits<double>::infinity();
}
}

void LearnNeighbours(const Communicator& communicator)
{
  if (communicator.Size() > 1 && CountedRanks() == 0)
  {
    const double own = NumberOfMachine();
    std::vector<double> machines{ own };
    communicator.Gather(machines);
    CountedRanks() = RanksOn(own, machines);
  }
}

int RanksOn(double machine, const std::vector<double>& machines)
{
  return static_cast<int>(std::count(machines.begin(), machines.end(), machine));
}

int RanksOnMachine()
{
  vtkMultiProcessController* controller = vtkMultiProcessController::GetGlobalController();
  const int all = controller ? controller->GetNumberOfProcesses() : 1;
  return CountedRanks() > 0 ? CountedRanks() : all;
}

int ThreadsForRank()
{
  const char* limit = std::getenv("VTK_SMP_MAX_THREADS");
  if (limit && std::atoi(limit) > 0)
  {
    return std::atoi(limit);
  }
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  return std::max(1, cores / RanksOnMachine());
}

double MemoryForRank()
{
  constexpr double KiB = 1024.0;
  vtksys::SystemInformation information;
  information.RunMemoryCheck();
  const double machine = std::min({ KiB * static_cast<double>(information.GetHostMemoryTotal()),
    LimitIn("/sys/fs/cgroup/memory.max"), LimitIn("/sys/fs/cgroup/memory/memory.limit_in_bytes") });
  const double process =
    KiB * static_cast<double>(information.GetProcMemoryAvailable(nullptr, nullptr));
  return std::min(machine / RanksOnMachine(), process);
}

void RequireMemoryForPoints(vtkIdType count, double bytes, double available)
{
  constexpr double GiB = 1024.0 * 1024.0 * 1024.0;
  if (bytes > available)
  {
    std::ostringstream message;
    message.precision(3);
    message << "NumberOfPoints is " << count << ", which needs about " << bytes / GiB
            << " GiB of memory; " << available / GiB << " GiB are there. Ask for fewer points";
    throw std::invalid_argument(message.str());
  }
}
}
