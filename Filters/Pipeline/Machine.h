// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Machine_h
#define Pipeline_Machine_h

#include <vtkType.h>

#include <vector>

/// What a rank may take of the machine on which it runs, maybe with other ranks.
namespace vtkscorefields
{
class Communicator;

/// Counts the ranks on this one's machine, for the functions below. Before the first call they
/// count all ranks of the global controller. Collective; only the first call speaks with other
/// ranks.
void LearnNeighbours(const Communicator& communicator);

int RanksOnMachine();
/// The cores divided by the ranks on the machine; VTK_SMP_MAX_THREADS where it is set.
int ThreadsForRank();
/// Bytes: the machine's memory (of the container, if it has less) divided by the ranks on it, or
/// the limit of the process (ulimit) if that is less.
double MemoryForRank();

/// @param count  how many points a user asks for on all ranks.
/// @throws std::invalid_argument naming NumberOfPoints if this rank's take more bytes than there
///         are.
void RequireMemoryForPoints(vtkIdType count, double bytes, double available);

/// How many of the ranks have this machine.
/// @param machines  a number for the machine of each rank.
int RanksOn(double machine, const std::vector<double>& machines);
}

#endif
