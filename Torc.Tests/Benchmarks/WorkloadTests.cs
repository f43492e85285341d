using Torc.Benchmarks.Peers;
using Torc.Shared.Specs;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Benchmarks;

/// <summary>Torc has to be given the same work as the tools that it is compared with.</summary>
public sealed class WorkloadTests
{
    public static TheoryData<string> Names => new(Workloads.Keys);

    private static Dictionary<string, Workload> Workloads => new(StringComparer.Ordinal)
    {
        ["independent"] = Workload.Independent(7),
        ["layers"] = Workload.Layers(3, 4),
        ["chain"] = Workload.Chain(5),
        ["chains"] = Workload.Chains(3, 4),
        ["mixed"] = Workload.Mixed(9, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_spec_says_what_all_other_tools_are_told(string name)
    {
        var workload = Workloads[name];
        var writers = workload.Jobs.ToDictionary(job => job.Target, job => job.Name);

        var definition = Read(TorcSpec.Of(workload), "spec.json");

        Assert.Equal(workload.Jobs.Select(job => (job.Name, job.Command, job.Cpus)), definition.Jobs.Select(job => (job.Name, job.Command, job.Needs.Cpus)));
        for (int position = 0; position < definition.Jobs.Count; position++)
        {
            Assert.Equal(
                workload.Jobs[position].WaitsFor.Select(target => writers[target]).Order(StringComparer.Ordinal),
                definition.BlockersOf(position).Select(blocker => definition.Jobs[blocker].Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_short_spec_makes_the_same_jobs()
    {
        var workload = Workload.Independent(12);

        var definition = Read(System.Text.Encoding.UTF8.GetBytes(workload.ShortSpec!), "spec.yaml");

        Assert.Equal(workload.Jobs.Select(job => (job.Name, job.Command)), definition.Jobs.Select(job => (job.Name, job.Command)));
    }

    [Fact]
    public void The_bound_is_the_work_of_all_cpus()
    {
        var workload = new Workload("W4", "two jobs", [new PeerJob("a", "sleep 3", [], Cpus: 2, Runtime: TimeSpan.FromSeconds(3)), new PeerJob("b", "sleep 2", [], Cpus: 1, Runtime: TimeSpan.FromSeconds(2))], Cpus: 4);

        Assert.Equal(TimeSpan.FromSeconds(2), workload.Bound);
    }

    private static WorkflowDefinition Read(byte[] spec, string fileName)
    {
        var reading = SpecReader.Read(spec, fileName);
        Assert.Empty(reading.Problems);
        return reading.Definition!;
    }
}
