using Torc.Web.Engine;

namespace Torc.Web.Reruns;

/// <summary>What is stored that a plan is made from.</summary>
/// <param name="Workflow">Shared by all who plan: nobody changes it.</param>
internal sealed record PlanBasis(ActiveWorkflow Workflow, StoredResults Results);
