// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/PointImages.h"

#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Exact/DomainImages.h"

namespace scorefields
{
PointImages::PointImages(const PointProblem& problem, const Execution& execution)
  : Given(problem)
  , Box(problem.Box.Among(problem.Kernel.ActiveAxes()))
  , Folded(this->Box, problem.Queries, execution)
{
  if (this->Box.IsClosed())
  {
    const PointsRef& queries = this->Folded.Points();
    const Eigen::AlignedBox3d places(queries.rowwise().minCoeff(), queries.rowwise().maxCoeff());
    const StoredSamples source(problem.Cloud);
    const ImagedSamples imaged(source, MomentsOf(problem.Cloud, execution), problem.Kernel,
      NodesOf(this->Box, places), this->Box.Boundaries);
    imaged.RequireFew();
    InMemory(imaged, this->Images);
    this->Images.TotalWeight = problem.Cloud.TotalWeight;
    this->Owner = imaged.Owners();
  }
}

ImagedProblem PointImages::Problem() const
{
  const PointProblem& given = this->Given;
  if (!this->Box.IsClosed())
  {
    return { given, given.Cloud };
  }
  return { { this->Images, given.Kernel, this->Folded.Points(), given.LeaveOneOut, given.Settings },
    given.Cloud, &this->Owner };
}

Samples PointImages::Near() const
{
  return NearDomain(this->Images, this->Box, this->Given.Kernel);
}
}
