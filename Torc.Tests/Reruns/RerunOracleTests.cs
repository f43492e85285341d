using CsCheck;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Reruns;

/// <summary>
/// Whatever happened to files and definition: after a rerun each file is as if all had been made from scratch, what ran is what had to,
/// the plan said so before, and another rerun runs nothing. A story that fails is told with a seed, and again with <c>CsCheck_Seed</c> set to it.
/// </summary>
public sealed class RerunOracleTests
{
    private const int Histories = 100_000;
    private const int HistoriesOfRealFiles = 200;

    [Fact]
    public void After_a_rerun_all_is_as_if_it_had_been_made_from_scratch() =>
        RerunOracle.Stories.Sample(story => RerunOracle.Tell(story, new MemoryShelf()), iter: Histories, print: story => story.ToString());

    [Fact]
    public void So_it_is_with_real_files_as_a_node_sees_them() =>
        RerunOracle.Stories.Sample(
            story =>
            {
                using var folder = new TemporaryFolder();
                RerunOracle.Tell(story, new NodeShelf(folder));
            },
            iter: HistoriesOfRealFiles,
            print: story => story.ToString());
}
