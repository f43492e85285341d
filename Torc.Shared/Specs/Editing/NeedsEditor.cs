using System.Globalization;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs.Editing;

/// <summary>
/// Changes what jobs ask for in the text of a spec, by as few characters as it takes. A class of requirements that other jobs name too
/// stays as it is: then the job gets requirements of its own. Jobs that parameters make of one entry can only ask for the same.
/// </summary>
public sealed class NeedsEditor
{
    private readonly WorkflowDefinition _before;
    private readonly BoundWorkflow _bound;
    private readonly List<TreeChange> _changes = [];
    private readonly Dictionary<JobTemplate, NeedsChange> _wanted = [];
    private readonly HashSet<SpecObject> _edited = [];
    private readonly ILookup<string, JobTemplate> _users;

    private NeedsEditor(WorkflowDefinition before, BoundWorkflow bound)
    {
        (_before, _bound) = (before, bound);
        _users = bound.Jobs.Values.Where(job => job.RequirementsName is not null).ToLookup(job => job.RequirementsName!, job => job.Template);
    }

    /// <param name="fileName">Its ending says the notation, as when it is read.</param>
    public static SpecEdit Edit(string text, string? fileName, IReadOnlyList<NeedsChange> changes)
    {
        var document = SpecDocument.Of(text, fileName);
        if (document.Reading is not { Definition: { } before, Bound: { } bound, Notation: { } notation })
        {
            return Refuse("The text of this spec has errors by now, so it cannot be changed from here.");
        }

        if (notation == SpecNotation.Commands)
        {
            return Refuse("A file of commands has no place for what a job asks for. Convert it with `torc convert`, and give the workflow that spec.");
        }

        var editor = new NeedsEditor(before, bound);
        if ((editor.Want(changes) ?? editor.ChangeAll()) is { } refusal)
        {
            return Refuse(refusal);
        }

        return SpecEditor.Change(document, editor._changes) switch
        {
            SpecEdit.Done { Reading.Definition: var after } when after is null || !editor.IsAsWanted(after) => new SpecEdit.Refused(new SpecRefusal.NoRoom()),
            var edit => edit,
        };
    }

    private static SpecEdit.Refused Refuse(string why) => new(new SpecRefusal.Other(why));

    private string? Want(IReadOnlyList<NeedsChange> changes)
    {
        foreach (var change in changes)
        {
            if (_bound.Jobs.Find(change.Job) is not { } position)
            {
                if (_before.Jobs.Any(job => job.IsAction && job.Name == change.Job))
                {
                    return $"{Quoting.Quote(change.Job)} is an action: it asks for what every job gets that names nothing.";
                }

                return $"The spec has no job {Quoting.Quote(change.Job)}.";
            }

            var entry = _bound.Jobs[position].Template;
            if (!_wanted.TryAdd(entry, change) && _wanted[entry] is var other && !AsksTheSame(other, change))
            {
                return $"{other.Job} and {change.Job} come from one entry of the spec, so that they ask for the same.";
            }
        }

        return null;
    }

    private string? ChangeAll()
    {
        var entries = _bound.Jobs.Values.Where(job => _wanted.ContainsKey(job.Template)).GroupBy(job => job.Template);
        foreach (var entry in entries)
        {
            if (Change(entry.Key, [.. entry], _wanted[entry.Key]) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private string? Change(JobTemplate entry, IReadOnlyList<JobDraft> jobs, NeedsChange change)
    {
        if (jobs.All(job => Wanted(job.Needs, change) == job.Needs))
        {
            return null;
        }

        string[] classes = [.. jobs.Select(job => job.RequirementsName).OfType<string>().Distinct()];
        if (entry.OwnRequirements is not null)
        {
            var path = entry.Source.Path["resource_requirements"];
            ChangeValues(new SpecObject(entry.Source.Problems, (SpecNode.Mapping)entry.Source.Find("resource_requirements")!, path, ""), change);
            return null;
        }

        if (classes.Length > 0 && classes.All(name => _users[name].All(user => _wanted.TryGetValue(user, out var other) && AsksTheSame(other, change))))
        {
            foreach (string name in classes)
            {
                ChangeValues(_bound.Requirements.SourceOf(_bound.Requirements.Find(name)!.Value), change);
            }

            return null;
        }

        if (entry.RequirementsName is { HasHoles: true })
        {
            return $"{change.Job} names its requirements by a parameter, and other jobs name them too. Change the text of the spec, and give it to the workflow with `torc spec set`.";
        }

        var needs = Wanted(jobs[0].Needs, change);
        if (needs.Memory.Bytes == 0)
        {
            return $"{change.Job} asks for no memory so far, and whoever asks for something asks for memory too: say how much.";
        }

        if (entry.RequirementsName is not null)
        {
            _changes.Add(new TreeChange.Replace(entry.Source.Path["resource_requirements"], Own(needs)));
        }
        else
        {
            Add(entry.Source, "name", "command", "resource_requirements", Own(needs));
        }

        return null;
    }

    private void ChangeValues(SpecObject requirements, NeedsChange change)
    {
        if (!_edited.Add(requirements))
        {
            return;
        }

        if (change.Memory is { } memory)
        {
            _changes.Add(new TreeChange.Replace(requirements.Path["memory"], Text(MemoryText.Write(memory))));
        }

        if (change.Cpus is { } cpus)
        {
            _changes.Add(new TreeChange.Replace(requirements.Path["num_cpus"], Number(cpus)));
        }

        if (change.Runtime is { } runtime)
        {
            if (requirements.Find("runtime") is not null)
            {
                _changes.Add(new TreeChange.Replace(requirements.Path["runtime"], Text(DurationText.Write(runtime))));
            }
            else
            {
                Add(requirements, "num_cpus", "memory", "runtime", Text(DurationText.Write(runtime)));
            }
        }
    }

    // Before the later of two keys that every such object has: it is not the first, which may share its line with a dash.
    private void Add(SpecObject to, string one, string other, string key, SpecNode value)
    {
        string next = to.Entry(one)!.Value.KeyAt.Start > to.Entry(other)!.Value.KeyAt.Start ? one : other;
        _changes.Add(new TreeChange.AddKey(to.Path, key, value, next));
    }

    private static SpecNode.Mapping Own(ResourceRequirements needs)
    {
        var absent = ResourceRequirements.Default;
        var entries = new List<SpecEntry> { new("num_cpus", default, Number(needs.Cpus)), new("memory", default, Text(MemoryText.Write(needs.Memory))) };
        if (needs.Gpus != absent.Gpus)
        {
            entries.Add(new SpecEntry("num_gpus", default, Number(needs.Gpus)));
        }

        if (needs.Nodes != absent.Nodes)
        {
            entries.Add(new SpecEntry("num_nodes", default, Number(needs.Nodes)));
        }

        if (needs.Runtime != absent.Runtime)
        {
            entries.Add(new SpecEntry("runtime", default, Text(DurationText.Write(needs.Runtime))));
        }

        return new SpecNode.Mapping(default, entries);
    }

    private static SpecNode.Scalar Text(string text) => new(default, ScalarKind.Text, text);

    private static SpecNode.Scalar Number(int number) => new(default, ScalarKind.Number, number.ToString(CultureInfo.InvariantCulture));

    // The text may have variables and what else a spec knows: what counts is what it says when it is read again.
    private bool IsAsWanted(WorkflowDefinition after) =>
        after.Jobs.Count == _before.Jobs.Count
        && Enumerable.Range(0, after.Jobs.Count).All(position =>
        {
            var (was, now) = (_before.Jobs[position], after.Jobs[position]);
            return was.Name == now.Name && was.Command == now.Command
                && was.InputFiles.SequenceEqual(now.InputFiles) && was.OutputFiles.SequenceEqual(now.OutputFiles)
                && now.Needs == (WantedOf(position) is { } change ? Wanted(was.Needs, change) : was.Needs);
        });

    // Behind the jobs that the text has are its actions.
    private NeedsChange? WantedOf(int position) =>
        _before.Jobs[position].IsAction ? null : _wanted.GetValueOrDefault(_bound.Jobs[position].Template);

    private static ResourceRequirements Wanted(ResourceRequirements needs, NeedsChange change) =>
        needs with { Cpus = change.Cpus ?? needs.Cpus, Memory = change.Memory ?? needs.Memory, Runtime = change.Runtime ?? needs.Runtime };

    private static bool AsksTheSame(NeedsChange one, NeedsChange other) => (one.Memory, one.Runtime, one.Cpus) == (other.Memory, other.Runtime, other.Cpus);
}
