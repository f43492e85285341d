using System.Globalization;
using CsCheck;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Compares the graphs of specs with what a search through everything finds.</summary>
public sealed class GraphPropertyTests
{
    private const int Rounds = 500;
    private const int Far = 1_000;

    private enum Way
    {
        DependsOn,
        Regex,
        File,
        FileInCommand,
        Data,
    }

    private static readonly Gen<Plan> Plans = Gen.Select(
        Gen.Int[1, 12], Gen.Bool, Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11], Gen.Enum<Way>()).Array[0, 20],
        (jobs, isForward, edges) => new Plan(
            jobs,
            [
                .. edges.Select(edge => (From: edge.Item1 % jobs, To: edge.Item2 % jobs, Way: edge.Item3))
                    .Where(edge => edge.From != edge.To || edge.Way is not (Way.DependsOn or Way.Regex))
                    .Where(edge => !isForward || edge.From < edge.To),
            ]));

    [Fact]
    public void Edges_levels_and_counts_are_those_of_the_plan() => Plans.Where(plan => !plan.IsCyclic).Sample(
        plan =>
        {
            var reading = Reading.OfYaml(plan.Text);

            Assert.Empty(Reading.Errors(reading));
            var graph = reading.Definition!.Graph;
            var edges = plan.JobEdges(_ => true);
            for (int job = 0; job < plan.Jobs; job++)
            {
                Assert.Equal(edges.Where(edge => edge.To == job).Select(edge => edge.From).Order(), graph.BlockersOf(job).ToArray());
                Assert.Equal(edges.Where(edge => edge.From == job).Select(edge => edge.To).Order(), graph.DependentsOf(job).ToArray());
                Assert.Equal(Plan.Longest(job, edges), graph.Level[job]);
            }

            int written = plan.JobEdges(way => way is Way.DependsOn or Way.Regex).Count;
            int roots = Enumerable.Range(0, plan.Jobs).Count(job => edges.All(edge => edge.To != job));
            int depth = Enumerable.Range(0, plan.Jobs).Max(job => Plan.Longest(job, edges)) + 1;
            Assert.Equal(new SpecCounts(plan.Jobs, plan.Jobs, plan.Jobs, written, edges.Count - written, depth, roots), reading.Counts);
        },
        iter: Rounds, print: plan => plan.Text);

    [Fact]
    public void A_loop_that_is_told_is_a_loop_and_there_is_none_shorter() => Plans.Where(plan => plan.IsCyclic).Sample(
        plan =>
        {
            var reading = Reading.OfYaml(plan.Text);

            List<string[]> loops = [.. reading.Problems.Where(problem => problem.Code is DiagnosticCodes.Loop).Select(problem => problem.Message.Split(": ")[1].Split(" → "))];
            Assert.All(loops, loop =>
            {
                Assert.All(loop.Zip(loop.Skip(1)), step => Assert.Contains((step.First, step.Second), plan.Steps));
                Assert.Equal((loop[0], loop.Length - 1), (loop[^1], loop.Distinct().Count()));
            });
            Assert.Equal(plan.ShortestLoop, loops.Min(loop => loop.Length - 1));
            Assert.Null(reading.Definition);
            Assert.Null(reading.Counts);
        },
        iter: Rounds, print: plan => plan.Text);

    /// <summary>Jobs 0 to n - 1, each with a file and user data of its own, and who waits for whom in which way.</summary>
    private sealed record Plan(int Jobs, (int From, int To, Way Way)[] Edges)
    {
        private readonly int[,] _distances = Distances(Jobs, Edges);

        public bool IsCyclic => ShortestLoop < Far;

        // In steps through jobs, files and user data.
        public int ShortestLoop => Enumerable.Range(0, 3 * Jobs).Min(node => _distances[node, node]);

        /// <summary>Every step from name to name.</summary>
        public HashSet<(string From, string To)> Steps => [.. Links(Jobs, Edges).Select(link => (Name(link.From), Name(link.To)))];

        public string Text => $"""
            name: w
            jobs:
            {string.Join('\n', Enumerable.Range(0, Jobs).Select(Job))}
            files: [{Things("f", ", path: p")}]
            user_data: [{Things("d", "")}]
            """;

        public HashSet<(int From, int To)> JobEdges(Func<Way, bool> isWanted) =>
        [
            .. Edges.Where(edge => isWanted(edge.Way)).Select(edge => (edge.From, edge.To)),
            .. Edges.Where(edge => isWanted(edge.Way) && edge.Way == Way.Regex).SelectMany(edge => Matches(Jobs, edge.From, edge.To).Select(from => (from, edge.To))),
        ];

        public static int Longest(int job, HashSet<(int From, int To)> edges) =>
            edges.Where(edge => edge.To == job).Select(edge => 1 + Longest(edge.From, edges)).DefaultIfEmpty(0).Max();

        // ^j1 is j1, and j10 and j11 too.
        private static IEnumerable<int> Matches(int jobs, int from, int to) =>
            Enumerable.Range(0, jobs).Where(job => job != to && job.ToString(CultureInfo.InvariantCulture).StartsWith(from.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

        private static IEnumerable<(int From, int To)> Links(int jobs, (int From, int To, Way Way)[] edges)
        {
            foreach (var (from, to, way) in edges)
            {
                int thing = way is Way.Data ? (2 * jobs) + from : jobs + from;
                IEnumerable<(int, int)> links = way switch
                {
                    Way.DependsOn => [(from, to)],
                    Way.Regex => Matches(jobs, from, to).Select(other => (other, to)),
                    _ => [(from, thing), (thing, to)],
                };
                foreach (var link in links)
                {
                    yield return link;
                }
            }
        }

        // Floyd and Warshall: through each node, is there a shorter way from any to any?
        private static int[,] Distances(int jobs, (int From, int To, Way Way)[] edges)
        {
            int nodes = 3 * jobs;
            int[,] distances = new int[nodes, nodes];
            for (int from = 0; from < nodes; from++)
            {
                for (int to = 0; to < nodes; to++)
                {
                    distances[from, to] = Far;
                }
            }

            foreach (var (from, to) in Links(jobs, edges))
            {
                distances[from, to] = 1;
            }

            for (int through = 0; through < nodes; through++)
            {
                for (int from = 0; from < nodes; from++)
                {
                    for (int to = 0; to < nodes; to++)
                    {
                        distances[from, to] = Math.Min(distances[from, to], distances[from, through] + distances[through, to]);
                    }
                }
            }

            return distances;
        }

        private string Name(int node) => $"{"jfd"[node / Jobs]}{(node % Jobs).ToString(CultureInfo.InvariantCulture)}";

        private string Things(string letter, string more) => string.Join(", ", Enumerable.Range(0, Jobs).Select(number => $"{{name: {letter}{number}{more}}}"));

        private string Job(int job)
        {
            string List(Func<(int From, int To, Way Way), string?> said) => string.Join(", ", Edges.Select(said).OfType<string>());
            string command = string.Concat(Edges.Where(edge => edge.Way == Way.FileInCommand).Select(edge =>
                (edge.To == job ? $" ${{files.input.f{edge.From}}}" : "") + (edge.From == job ? $" ${{files.output.f{job}}}" : "")));
            return $$"""
                  - name: j{{job}}
                    command: "run{{command}}"
                    depends_on: [{{List(edge => edge.To == job && edge.Way == Way.DependsOn ? $"j{edge.From}" : null)}}]
                    depends_on_regexes: [{{List(edge => edge.To == job && edge.Way == Way.Regex ? $"^j{edge.From}" : null)}}]
                    input_files: [{{List(edge => edge.To == job && edge.Way == Way.File ? $"f{edge.From}" : null)}}]
                    output_files: [{{List(edge => edge.From == job && edge.Way == Way.File ? $"f{job}" : null)}}]
                    input_user_data: [{{List(edge => edge.To == job && edge.Way == Way.Data ? $"d{edge.From}" : null)}}]
                    output_user_data: [{{List(edge => edge.From == job && edge.Way == Way.Data ? $"d{job}" : null)}}]
                """;
        }
    }
}
