using System.Text;
using Torc.Shared.Graphs;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Resolves what jobs refer to, and derives from it which jobs wait for which.</summary>
internal sealed class DependencyBinder(
    SpecProblems problems,
    Suggestions suggestions,
    DeclaredThings<JobDraft> jobs,
    DeclaredThings<FileDefinition> files,
    DeclaredThings<UserDataDefinition> userData)
{
    private int?[] _fileProducers = [];
    private int?[] _dataProducers = [];

    /// <summary>How many dependencies the user wrote.</summary>
    public int ExplicitEdges { get; private set; }

    /// <returns>Null if jobs wait for each other; the problems then say which.</returns>
    public WorkflowGraph? Bind()
    {
        foreach (var job in jobs.Values)
        {
            ReadDependsOn(job);
            ReadFiles(job, "input_files", job.InputFiles);
            ReadFiles(job, "output_files", job.OutputFiles);
            ReadData(job, "input_user_data", job.InputData);
            ReadData(job, "output_user_data", job.OutputData);
            job.Command = Replace(job, "command", job.Command);
            job.InvocationScript = job.InvocationScript is { } script ? Replace(job, "invocation_script", script) : null;
        }

        _fileProducers = Producers(files, "file", job => job.OutputFiles);
        _dataProducers = Producers(userData, "user data", job => job.OutputData);
        ExplicitEdges = jobs.Values.Sum(job => job.DependsOn.Positions.Count);
        var graph = WorkflowGraph.TryBuild(jobs.Count, Edges());
        if (graph is null)
        {
            new LoopReport(problems, jobs, files, userData).Write();
        }

        return graph;
    }

    private IEnumerable<(int Blocker, int Job)> Edges()
    {
        for (int position = 0; position < jobs.Count; position++)
        {
            var job = jobs[position];
            var blockers = job.DependsOn.Positions
                .Concat(job.InputFiles.Positions.Select(file => _fileProducers[file]).OfType<int>())
                .Concat(job.InputData.Positions.Select(data => _dataProducers[data]).OfType<int>());
            foreach (int blocker in blockers)
            {
                yield return (blocker, position);
            }
        }
    }

    private int?[] Producers<T>(DeclaredThings<T> things, string kind, Func<JobDraft, JobReferences> outputs)
    {
        int?[] producers = new int?[things.Count];
        for (int position = 0; position < jobs.Count; position++)
        {
            var job = jobs[position];
            foreach (int thing in outputs(job).Positions)
            {
                if (producers[thing] is not { } first)
                {
                    producers[thing] = position;
                    continue;
                }

                var at = outputs(job).PlaceOf(thing);
                string before = $"{Quoting.Quote(jobs[first].Name)} on line {problems.Text.LineOf(outputs(jobs[first]).PlaceOf(thing).Start)}";
                string after = $"{Quoting.Quote(job.Name)} on line {problems.Text.LineOf(at.Start)}";
                problems.Error(
                    DiagnosticCodes.TwoProducers, job.Source.Path.ToString(), at,
                    $"two jobs produce {kind} {Quoting.Quote(things.NameOf(thing).Text)}: {before} and {after}",
                    $"let one job produce it, or give each job {(kind is "file" ? "a file" : "user data")} of its own");
            }
        }

        return producers;
    }

    private void ReadDependsOn(JobDraft job)
    {
        foreach (var (name, path) in job.Source.Texts("depends_on", "job names"))
        {
            if (jobs.Find(Composition.Compose(name.Text)) is not { } blocker)
            {
                problems.Error(
                    DiagnosticCodes.UnknownJob, path.ToString(), name.At, $"{job.What} depends on job {Quoting.Quote(name.Text)}, which is not there",
                    suggestions.Help(name.Text, jobs.Names));
            }
            else if (ReferenceEquals(jobs[blocker], job))
            {
                problems.Error(DiagnosticCodes.DependsOnItself, path.ToString(), name.At, $"{job.What} depends on itself", "remove it from its depends_on");
            }
            else
            {
                job.DependsOn.Add(blocker, name.At);
            }
        }
    }

    private void ReadFiles(JobDraft job, string key, JobReferences references)
    {
        foreach (var (name, path) in job.Source.Texts(key, "file names"))
        {
            Resolve(job, files, name.Text, name.At, path, references);
        }
    }

    private void ReadData(JobDraft job, string key, JobReferences references)
    {
        foreach (var (name, path) in job.Source.Texts(key, "names of user data"))
        {
            Resolve(job, userData, name.Text, name.At, path, references);
        }
    }

    private int? Resolve<T>(JobDraft job, DeclaredThings<T> things, string name, TextSpan at, SpecPath path, JobReferences references)
    {
        if (things.Find(Composition.Compose(name)) is { } position)
        {
            references.Add(position, at);
            return position;
        }

        bool isFile = typeof(T) == typeof(FileDefinition);
        string verb = references == job.InputFiles || references == job.InputData ? "needs" : "produces";
        problems.Error(
            isFile ? DiagnosticCodes.UnknownFile : DiagnosticCodes.UnknownUserData, path.ToString(), at,
            $"{job.What} {verb} {(isFile ? "file" : "user data")} {Quoting.Quote(name)}, which is not declared",
            suggestions.Help(name, things.Names) ?? (isFile ? "add it to files, with its name and path" : "add it to user_data"));
        return null;
    }

    private string Replace(JobDraft job, string key, string command)
    {
        if (!command.Contains("${", StringComparison.Ordinal) || job.Source.Find(key) is not { } value)
        {
            return command;
        }

        var path = job.Source.Path[key];
        var replaced = new StringBuilder();
        int copied = 0;
        int searchFrom = value.At.Start;
        foreach (var reference in CommandReference.FindAll(command))
        {
            var at = PlaceOf(reference, value.At, ref searchFrom);
            replaced.Append(command, copied, reference.Start - copied).Append(Replacement(job, command, reference, at, path));
            copied = reference.Start + reference.Text.Length;
        }

        return replaced.Append(command, copied, command.Length - copied).ToString();
    }

    private string Replacement(JobDraft job, string command, CommandReference reference, TextSpan at, SpecPath path)
    {
        bool isInput = reference.Direction is "input";
        if (!reference.IsWhole)
        {
            problems.Error(
                DiagnosticCodes.BadReference, path.ToString(), at, $"{Quoting.Quote(reference.Text)} in {job.What} is not a reference that Torc knows",
                $"write ${{{reference.Kind}.input.NAME}} or ${{{reference.Kind}.output.NAME}}");
            return reference.Text;
        }

        if (reference.Kind is "user_data")
        {
            return Resolve(job, userData, reference.Name, at, path, isInput ? job.InputData : job.OutputData) is { } data
                ? ShellText.Quote(userData[data].Name)
                : reference.Text;
        }

        if (Resolve(job, files, reference.Name, at, path, isInput ? job.InputFiles : job.OutputFiles) is not { } file)
        {
            return reference.Text;
        }

        string replacement = files[file].Path;
        if (ShellText.NeedsQuotes(replacement) && ShellText.IsInsideQuotes(command, reference.Start))
        {
            problems.Add(
                DiagnosticCodes.QuotedReference, Severity.Warning, path.ToString(), at,
                $"the path {Quoting.Quote(replacement)} is put in quotes where it replaces {Quoting.Quote(reference.Text)}, and that stands inside quotes",
                "remove the quotes around the reference");
        }

        return ShellText.Quote(replacement);
    }

    // The reference itself if the document spells it as the command does; the whole command if escapes or folding hide it.
    private TextSpan PlaceOf(CommandReference reference, TextSpan command, ref int searchFrom)
    {
        string text = problems.Text.Text;
        int end = Math.Min(command.End, text.Length);
        int found = searchFrom < end ? text.IndexOf(reference.Text, searchFrom, end - searchFrom, StringComparison.Ordinal) : -1;
        if (found < 0)
        {
            return command;
        }

        searchFrom = found + reference.Text.Length;
        return new TextSpan(found, searchFrom);
    }
}
