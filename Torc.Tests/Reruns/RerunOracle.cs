using System.Globalization;
using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Reruns;

/// <summary>
/// Tells what may happen to files and definitions between runs, and asks after each rerun: is each file as if all had been made from scratch,
/// did only run what had to, did the plan say so before, and does another rerun run nothing?
/// </summary>
internal static class RerunOracle
{
    public enum Mishap
    {
        EditInput,
        RestoreFirst,
        DeleteInput,
        TouchAny,
        DeleteOutput,
        EditOutput,
        ForgeOutput,
        RestoreOutput,
        AddToOutput,
        ChangeCommand,
        ChangeEnv,
        RevertJob,
        RevertSpec,
        RenameJob,
        RenameJobAndSayNothing,
        RenameFile,
        RenameFileAndLeaveIt,
        FailNext,
        TimeOutNext,
    }

    /// <param name="Folders">A bit for each job whose output is a folder, and from bit 8 on for each whose own input is one.</param>
    public sealed record Story(int Jobs, (int From, int To)[] Edges, int Folders, (Mishap What, int Where)[][] Chapters, bool EarlyCutoff)
    {
        public override string ToString()
        {
            string edges = string.Join(' ', Edges.Select(edge => $"{edge.From}>{edge.To}"));
            string chapters = string.Join(" | ", Chapters.Select(chapter => string.Join(", ", chapter.Select(one => $"{one.What} {one.Where}"))));
            return string.Create(CultureInfo.InvariantCulture, $"{Jobs} jobs, {edges}, folders {Folders:x}{(EarlyCutoff ? ", early cutoff" : "")}: {chapters}");
        }
    }

    public static readonly Gen<Story> Stories =
        from jobs in Gen.Int[1, 7]
        from edges in Gen.Select(Gen.Int[0, jobs - 1], Gen.Int[0, jobs - 1]).Where(edge => edge.Item1 < edge.Item2 || jobs == 1).Array[0, jobs == 1 ? 0 : 10]
        from chapters in Gen.Select(Gen.Enum<Mishap>(), Gen.Int[0, 20]).Array[0, 4].Array[1, 4]
        from ways in Gen.Select(Gen.Int[0, 0xffff], Gen.Bool)
        select new Story(jobs, edges, ways.Item1, chapters, ways.Item2);

    public static void Tell(Story story, IShelf shelf)
    {
        // Few different contents, so that a job often writes what it wrote before.
        var shop = new Workshop(Draw(story), text => $"made {Stable(text)}", shelf);
        var specs = new List<WorkflowDefinition> { shop.Definition };
        shop.Run();
        // Whoever looks sees to it that the contents are known.
        Assert.True(shop.Plan(RerunScope.Changed).IsEmpty, "a first run leaves something to do");
        foreach (var chapter in story.Chapters)
        {
            foreach (var (what, where) in chapter)
            {
                Happen(shop, specs, what, where);
                specs.Add(shop.Definition);
            }

            var failing = shop.Failing.Keys.ToHashSet();
            if (!Rerun(shop, story.EarlyCutoff))
            {
                Assert.Contains(shop.Executed, failing.Contains);
                shop.Failing.Clear();
                Assert.True(Rerun(shop, story.EarlyCutoff), "nothing fails any more");
            }

            shop.Failing.Clear();
        }
    }

    /// <returns>Whether all jobs are done.</returns>
    private static bool Rerun(Workshop shop, bool earlyCutoff)
    {
        var mustRun = Closure(shop);
        var pasts = Enumerable.Range(0, shop.State.JobCount).Select(shop.PastOf).ToList();
        var plan = shop.Plan(RerunScope.Changed, earlyCutoff);
        var runs = plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => shop.Definition.Jobs[job.Position].Name).ToHashSet();

        shop.Rerun(plan);

        Assert.Equal(mustRun.Order(), runs.Order());
        Assert.Equal(shop.Executed.Distinct(), shop.Executed);
        Assert.Subset(runs, shop.Executed.ToHashSet());
        if (shop.State.Status != WorkflowStatus.Completed)
        {
            return false;
        }

        Assert.Equal((earlyCutoff ? Minimum(shop, pasts, plan) : runs).Order(), shop.Executed.Order());
        var scratch = shop.FromScratch();
        Assert.All(shop.Definition.Files, file => Assert.Equal(scratch[file.Path], shop.Content(file.Path)));
        var again = shop.Plan(RerunScope.Changed, earlyCutoff);
        Assert.True(again.IsEmpty, $"a second rerun would run {shop.Runs(again)}");
        Assert.Empty(again.Warnings);
        return true;
    }

    /// <summary>The naive way: every job that is not as it was, by its contents, and all that come after such a one.</summary>
    private static HashSet<string> Closure(Workshop shop)
    {
        var definition = shop.Definition;
        var dirty = Enumerable.Range(0, definition.Jobs.Count).Where(IsDirty).ToHashSet();
        for (bool grows = true; grows;)
        {
            grows = false;
            for (int job = 0; job < definition.Jobs.Count; job++)
            {
                foreach (int blocker in definition.Graph.BlockersOf(job))
                {
                    grows |= dirty.Contains(blocker) && dirty.Add(job);
                }
            }
        }

        return [.. dirty.Select(job => definition.Jobs[job].Name)];

        bool IsDirty(int position)
        {
            var job = definition.Jobs[position];
            return shop.State.Job(position).Status != JobStatus.Completed
                || shop.PastOf(position) is not { } past
                || past.Job.Command != job.Command
                || !past.Job.Env.OrderBy(entry => entry.Key, StringComparer.Ordinal).SequenceEqual(job.Env.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                || !past.Blockers.SequenceEqual(shop.BlockersOf(position))
                || !past.Read.Keys.ToHashSet().SetEquals(job.InputFiles.Select(file => definition.Files[file].Path))
                || job.OutputFiles.Any(file => !past.Written.ContainsKey(definition.Files[file].Path))
                || past.Read.Concat(past.Written).Any(file => file.Value != shop.Content(file.Key));
        }
    }

    /// <summary>With early cutoff: those that have a reason of their own or read what is not as it was.</summary>
    private static HashSet<string> Minimum(Workshop shop, IReadOnlyList<Workshop.Past?> pasts, RerunPlan plan) =>
    [
        .. plan.Jobs
            .Where(job => job.Action == PlannedAction.Run || (job.Action == PlannedAction.MayRun && pasts[job.Position]!.Read.Any(file => file.Value != shop.Content(file.Key))))
            .Select(job => shop.Definition.Jobs[job.Position].Name),
    ];

    private static void Happen(Workshop shop, IReadOnlyList<WorkflowDefinition> specs, Mishap what, int where)
    {
        var definition = shop.Definition;
        var made = definition.Jobs.SelectMany(job => job.OutputFiles).ToHashSet();
        var input = Pick([.. definition.Files.Where((_, file) => !made.Contains(file))])!;
        string? output = Pick([.. made.Select(file => definition.Files[file].Path).Where(path => shop.Content(path) is not null)]);
        string? any = output ?? (shop.Content(input.Path) is null ? null : input.Path);
        string job = Pick([.. definition.Jobs.Select(job => job.Name)])!;
        switch (what)
        {
            case Mishap.EditInput:
                shop.Write(input.Path, $"edit {where % 5}");
                break;
            case Mishap.RestoreFirst:
                shop.Write(input.Path, $"first {input.Name}");
                break;
            case Mishap.DeleteInput when shop.Content(input.Path) is not null:
                shop.Delete(input.Path);
                break;
            case Mishap.TouchAny when any is not null:
                shop.Touch(any);
                break;
            case Mishap.DeleteOutput when output is not null:
                shop.Delete(output);
                break;
            case Mishap.EditOutput when output is not null:
                shop.Write(output, $"edited by hand {where % 3}");
                break;
            case Mishap.ForgeOutput when output is not null:
                shop.Forge(output, string.Join('\n', shop.Content(output)!.Split('\n').Select(line => new string('x', line.Length))));
                break;
            case Mishap.RestoreOutput when output is not null:
                shop.Replace(output, $"made {where % 3}");
                break;
            case Mishap.AddToOutput when output is not null:
                shop.Write(output, $"{shop.Content(output)}\nand {where % 2}");
                break;
            case Mishap.ChangeCommand:
                Redefine(one => one with { Command = $"run {where}" });
                break;
            case Mishap.ChangeEnv:
                Redefine(one => one with { Env = new Dictionary<string, string> { ["N"] = $"{where % 4}" } });
                break;
            case Mishap.RevertJob:
                var first = specs[0].Jobs[definition.Jobs.Select(one => one.Name).ToList().IndexOf(job)];
                Redefine(one => first with { Name = one.Name });
                break;
            case Mishap.RevertSpec:
                Adopt(Pick(specs)!, saysSo: true);
                break;
            case Mishap.RenameJob or Mishap.RenameJobAndSayNothing:
                string renamed = $"{job.Split('-')[0]}-{where % 3}";
                Adopt(definition with { Jobs = [.. definition.Jobs.Select(one => one.Name == job ? one with { Name = renamed } : one)] }, saysSo: what == Mishap.RenameJob);
                break;
            case Mishap.RenameFile or Mishap.RenameFileAndLeaveIt:
                var file = Pick(definition.Files)!;
                string path = $"{file.Name}-{where % 3}{Path.GetExtension(file.Path)}";
                if (what == Mishap.RenameFile && path != file.Path)
                {
                    shop.Move(file.Path, path);
                }

                Adopt(definition with { Files = [.. definition.Files.Select(one => one == file ? one with { Path = path } : one)] }, saysSo: true);
                break;
            case Mishap.FailNext:
                shop.Failing[job] = new Outcome(OutcomeKind.Exit, 1);
                break;
            case Mishap.TimeOutNext:
                shop.Failing[job] = new Outcome(OutcomeKind.Timeout);
                break;
        }

        T? Pick<T>(IReadOnlyList<T> things) => things.Count == 0 ? default : things[where % things.Count];

        void Redefine(Func<JobDefinition, JobDefinition> change) => shop.Redefine(one => one.Name == job ? change(one) : one);

        void Adopt(WorkflowDefinition next, bool saysSo) => shop.Adopt(
            next,
            Enumerable.Range(0, saysSo ? next.Jobs.Count : 0)
                .Where(position => next.Jobs[position].Name != definition.Jobs[position].Name)
                .ToDictionary(position => definition.Jobs[position].Name, position => next.Jobs[position].Name));
    }

    // Each job reads a file of its own that nobody makes, and one from each job before it.
    private static WorkflowDefinition Draw(Story story)
    {
        var distinct = story.Edges.Distinct().ToList();
        var drawn = Sketch.Draw(string.Join(" | ", Enumerable.Range(0, story.Jobs).Select(job =>
            $"in{job}{string.Concat(distinct.Where(edge => edge.To == job).Select(edge => $",out{edge.From}"))} > j{job} > out{job}")));
        return drawn with { Files = [.. drawn.Files.Select(file => IsFolder(file.Name) ? file with { Path = $"{file.Name}.d" } : file)] };

        bool IsFolder(string name) => (story.Folders >> (name.StartsWith("in", StringComparison.Ordinal) ? name[2] - '0' + 8 : name[3] - '0') & 1) == 1;
    }

    // The hash of a text differs from process to process, and a story that failed has to be told again.
    private static string Stable(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (hash % 3).ToString(CultureInfo.InvariantCulture);
    }
}
