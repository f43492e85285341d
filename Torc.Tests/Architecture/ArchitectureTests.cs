using System.Xml.Linq;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Live;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Torc.Tests.Architecture;

/// <summary>The rules that keep the map in README.md true. A failure names the rule and the type that broke it.</summary>
public sealed class ArchitectureTests
{
    private static readonly ArchUnitNET.Domain.Architecture Assemblies =
        new ArchLoader().LoadAssemblies(typeof(JobMachine).Assembly, typeof(LiveFeed).Assembly, System.Reflection.Assembly.Load("torc")).Build();

    [Fact]
    public void The_core_does_not_know_the_wire() =>
        Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.").And().DoNotResideInNamespaceMatching(@"^Torc\.Shared\.Contracts")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.Contracts"))
            .Because("contracts speak the core's language, never the other way round")
            .Check(Assemblies);

    [Fact]
    public void The_core_does_not_wait() =>
        Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.").And().DoNotResideInNamespaceMatching(@"^Torc\.Shared\.Contracts")
            .Should().NotDependOnAny(typeof(Task), typeof(Task<>), typeof(ValueTask), typeof(CancellationToken))
            .Because("a decision needs no I/O, so it has nothing to await")
            .Check(Assemblies);

    [Fact]
    public void What_all_of_the_core_stands_on_stands_on_nothing() =>
        Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.(Quantities|Texts)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.(Jobs|Graphs|Placement|Specs|Workflows)"))
            .Because("arrows in the core go down only")
            .Check(Assemblies);

    [Fact]
    public void Jobs_graphs_and_requirements_do_not_know_specs_and_workflows() =>
        Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.(Jobs|Graphs|Placement)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Torc\.Shared\.(Specs|Workflows)"))
            .Because("arrows in the core go down only")
            .Check(Assemblies);

    [Fact]
    public void Only_stores_and_queries_touch_the_database() =>
        Classes().That().ResideInNamespaceMatching(@"^Torc\.Web").And().DoNotResideInNamespaceMatching(@"^Torc\.Web\.Data")
            .And().DoNotHaveFullNameMatching(@"(Store|Queries|TorcServer)($|\+|/)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^(Microsoft\.EntityFrameworkCore|Microsoft\.Data|System\.Data)")
            .Because("queries and transactions are read in one kind of place")
            .Check(Assemblies);

    [Fact]
    public void Features_do_not_depend_on_each_other_in_circles() =>
        SliceRuleDefinition.Slices().Matching("Torc.Web.(*)").Should().BeFreeOfCycles().Check(Assemblies);

    [Fact]
    public void Core_folders_do_not_depend_on_each_other_in_circles() =>
        SliceRuleDefinition.Slices().Matching("Torc.Shared.(*)").Should().BeFreeOfCycles().Check(Assemblies);

    [Theory]
    [InlineData("Torc.Shared", "")]
    [InlineData("Torc.Agent", "Torc.Shared")]
    public void A_project_references_only_what_is_below_it(string project, string expected) =>
        Assert.Equal(expected, string.Join(' ', Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path))));

    [Fact]
    public void The_core_needs_one_package() => Assert.Equal(["YamlDotNet"], Items("Torc.Shared", "PackageReference"));

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Repository.PathTo(project, $"{project}.csproj")).Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
