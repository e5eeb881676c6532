// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Partition_h
#define Base_Partition_h

#include "Numerics/Base/Types.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace scorefields
{
/// Members 0, 1, 2, ... in sets that are united step by step; a set is named by its least member.
class Partition
{
public:
  /// Each member is a set of its own.
  explicit Partition(Index count = 0) { this->Grow(count); }

  /// More members, each a set of its own.
  void Grow(Index count)
  {
    const auto first = static_cast<std::ptrdiff_t>(this->Parents.size());
    this->Parents.resize(this->Parents.size() + static_cast<std::size_t>(count));
    std::iota(this->Parents.begin() + first, this->Parents.end(), Index(first));
  }
  /// The set of a member.
  Index Find(Index member)
  {
    while (this->At(member) != member)
    {
      this->At(member) = this->At(this->At(member));
      member = this->At(member);
    }
    return member;
  }
  /// @returns whether they were two sets before.
  bool Unite(Index a, Index b)
  {
    const Index first = this->Find(a);
    const Index second = this->Find(b);
    this->At(std::max(first, second)) = std::min(first, second);
    return first != second;
  }

private:
  Index& At(Index member) { return this->Parents[static_cast<std::size_t>(member)]; }
  std::vector<Index> Parents;
};
}

#endif
