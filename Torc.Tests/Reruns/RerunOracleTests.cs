using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Reruns;

/// <summary>
/// Whatever happened to files and definition: after a rerun each file is as if all had been made from scratch, what ran is what had to,
/// the plan said so before, and another rerun runs nothing.
/// </summary>
public sealed class RerunOracleTests
{
    private const int Histories = 100_000;

    private enum Mishap
    {
        EditInput,
        RestoreFirst,
        TouchAny,
        DeleteOutput,
        EditOutput,
        EditWithSameSize,
        ChangeCommand,
        ChangeEnv,
        RevertDefinition,
        FailNext,
        TimeOutNext,
    }

    private sealed record Story(int Jobs, (int From, int To)[] Edges, (Mishap What, int Where)[][] Chapters, bool EarlyCutoff);

    [Fact]
    public void After_a_rerun_all_is_as_if_it_had_been_made_from_scratch() =>
        (from jobs in Gen.Int[1, 7]
         from edges in Gen.Select(Gen.Int[0, jobs - 1], Gen.Int[0, jobs - 1]).Where(edge => edge.Item1 < edge.Item2 || jobs == 1).Array[0, jobs == 1 ? 0 : 10]
         from chapters in Gen.Select(Gen.Enum<Mishap>(), Gen.Int[0, 20]).Array[0, 4].Array[1, 4]
         from cutoff in Gen.Bool
         select new Story(jobs, edges, chapters, cutoff)).Sample(Tell, iter: Histories);

    private static void Tell(Story story)
    {
        // Few different contents, so that a job often writes what it wrote before.
        var shop = new Workshop(Draw(story.Jobs, story.Edges), text => $"made {Stable(text)}");
        var first = shop.Definition;
        shop.Run();
        foreach (var chapter in story.Chapters)
        {
            foreach (var (what, where) in chapter)
            {
                Happen(shop, first, what, where);
            }

            var mustRun = story.EarlyCutoff ? null : Closure(shop);
            var plan = shop.Plan(RerunScope.Changed, story.EarlyCutoff);
            var runs = plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => shop.Definition.Jobs[job.Position].Name).ToHashSet();
            var failing = shop.Failing.Keys.ToHashSet();
            var before = shop.Results;
            shop.Rerun(plan);

            if (mustRun is not null)
            {
                Assert.Equal(mustRun.Order(), runs.Order());
            }

            Assert.Subset(runs, shop.Executed.ToHashSet());
            if (shop.State.Status == WorkflowStatus.Completed)
            {
                Assert.True(story.EarlyCutoff || runs.SetEquals(shop.Executed));
                var scratch = shop.FromScratch();
                Assert.All(shop.Definition.Files, file => Assert.Equal(scratch[file.Path], shop.Content(file.Path)));
                Assert.True(shop.Plan(RerunScope.Changed, story.EarlyCutoff).IsEmpty);
                Assert.Equal(Minimum(shop, before, plan, story.EarlyCutoff, runs), shop.Executed.ToHashSet(), HashSet<string>.CreateSetComparer());
            }
            else
            {
                Assert.Contains(shop.Executed, failing.Contains);
            }

            shop.Failing.Clear();
        }
    }

    // Without the cutoff all of them; with it, those that have a reason of their own or read what is not as it was.
    private static HashSet<string> Minimum(Workshop shop, IReadOnlyDictionary<string, JobResult> before, RerunPlan plan, bool earlyCutoff, HashSet<string> runs)
    {
        if (!earlyCutoff)
        {
            return runs;
        }

        var minimum = new HashSet<string>();
        foreach (var planned in plan.Jobs.Where(job => job.Action != PlannedAction.Keep))
        {
            var job = shop.Definition.Jobs[planned.Position];
            bool readsOther = before.TryGetValue(job.Name, out var result)
                && job.InputFiles.Any(file => result.Inputs.First(input => input.Path == shop.Definition.Files[file].Path).Digest != $"text:{shop.Content(shop.Definition.Files[file].Path)}");
            if (planned.Action == PlannedAction.Run || readsOther)
            {
                minimum.Add(job.Name);
            }
        }

        return minimum;
    }

    /// <summary>The naive way: every job that is not as it was, by its contents, and all that come after such a one.</summary>
    private static HashSet<string> Closure(Workshop shop)
    {
        var definition = shop.Definition;
        var dirty = new HashSet<int>();
        for (bool grows = true; grows;)
        {
            grows = false;
            for (int job = 0; job < definition.Jobs.Count; job++)
            {
                if (!dirty.Contains(job) && (IsDirty(job) || definition.Graph.BlockersOf(job).ToArray().Any(dirty.Contains)))
                {
                    grows = dirty.Add(job);
                    break;
                }
            }
        }

        return [.. dirty.Select(job => definition.Jobs[job].Name)];

        bool IsDirty(int position)
        {
            var job = definition.Jobs[position];
            if (shop.State.Job(position).Status != JobStatus.Completed || !shop.Results.TryGetValue(job.Name, out var result))
            {
                return true;
            }

            return result.Fingerprint.Command != job.Command
                || !result.Fingerprint.Env.OrderBy(entry => entry.Key, StringComparer.Ordinal).SequenceEqual(job.Env.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                || result.Inputs.Concat(result.Outputs).Any(file => file.Digest != (shop.Content(file.Path) is { } content ? $"text:{content}" : null));
        }
    }

    private static void Happen(Workshop shop, WorkflowDefinition first, Mishap what, int where)
    {
        string[] inputs = [.. shop.Definition.Files.Select(file => file.Path).Where(path => path.StartsWith("in", StringComparison.Ordinal))];
        string[] outputs = [.. shop.Definition.Files.Select(file => file.Path).Where(path => path.StartsWith("out", StringComparison.Ordinal) && shop.Content(path) is not null)];
        string input = inputs[where % inputs.Length];
        string? output = outputs.Length == 0 ? null : outputs[where % outputs.Length];
        string job = shop.Definition.Jobs[where % shop.Definition.Jobs.Count].Name;
        switch (what)
        {
            case Mishap.EditInput:
                shop.Write(input, $"edit {where % 5}");
                break;
            case Mishap.RestoreFirst:
                shop.Write(input, $"first {input[..^5]}");
                break;
            case Mishap.TouchAny:
                shop.Touch(output ?? input);
                break;
            case Mishap.DeleteOutput when output is not null:
                shop.Delete(output);
                break;
            case Mishap.EditOutput when output is not null:
                shop.Write(output, $"edited by hand {where % 3}");
                break;
            case Mishap.EditWithSameSize when output is not null:
                shop.Write(output, new string('x', shop.Content(output)!.Length));
                break;
            case Mishap.ChangeCommand:
                shop.Redefine(definition => definition.Name == job ? definition with { Command = $"run {job} {where}" } : definition);
                break;
            case Mishap.ChangeEnv:
                shop.Redefine(definition => definition.Name == job ? definition with { Env = new Dictionary<string, string> { ["N"] = $"{where % 4}" } } : definition);
                break;
            case Mishap.RevertDefinition:
                shop.Redefine(definition => definition.Name == job ? first.Jobs.First(original => original.Name == job) : definition);
                break;
            case Mishap.FailNext:
                shop.Failing[job] = new Outcome(OutcomeKind.Exit, 1);
                break;
            case Mishap.TimeOutNext:
                shop.Failing[job] = new Outcome(OutcomeKind.Timeout);
                break;
        }
    }

    // Each job reads a file of its own that nobody makes, and one from each job before it.
    private static WorkflowDefinition Draw(int jobs, (int From, int To)[] edges)
    {
        var distinct = edges.Distinct().ToList();
        string sketch = string.Join(" | ", Enumerable.Range(0, jobs).Select(job =>
            $"in{job}{string.Concat(distinct.Where(edge => edge.To == job).Select(edge => $",out{edge.From}"))} > j{job} > out{job}"));
        return Sketch.Draw(sketch);
    }

    // The hash of a text differs from process to process, and a story that failed has to be told again.
    private static string Stable(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (hash % 3).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
