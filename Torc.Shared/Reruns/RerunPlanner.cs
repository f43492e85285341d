using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Shared.Reruns;

/// <summary>
/// Decides which jobs must run again and which are kept, with the reasons. Pure: what it is asked is all that it knows, and the same
/// question gets the same plan.
/// </summary>
public static class RerunPlanner
{
    private static readonly IReadOnlyDictionary<string, string?> NoData = new Dictionary<string, string?>();

    /// <summary>Costs the edges, the files and the jobs; a job is looked at after all that it waits for.</summary>
    public static RerunPlan Plan(RerunQuestion question) => new Planning(question).Plan();

    /// <summary>Whether a job that ended well would do the same again, by all that is known of what it reads.</summary>
    public static bool IsUnchanged(RerunQuestion question, int job) =>
        question.Results[job] is { } result
        && new Comparison(question, job, result, isRemade: _ => false, new HashSet<string>()) is { } comparison
        && comparison.Differences.Count == 0
        && !comparison.HasUnknowns;

    private sealed class Planning(RerunQuestion question)
    {
        private readonly WorkflowDefinition _definition = question.Definition;
        private readonly IReadOnlyList<int> _order = [.. question.Definition.Graph.TopologicalOrder.Where(job => !question.Definition.Jobs[job].IsAction)];
        private readonly PlannedJob?[] _planned = new PlannedJob?[question.Definition.Jobs.Count];
        private readonly int[] _producers = Producers(question.Definition, question.Definition.Files.Count, job => job.OutputFiles);
        private readonly int[] _dataProducers = Producers(question.Definition, question.Definition.UserData.Count, job => job.OutputData);
        private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
        private readonly Dictionary<JobId, int> _positions = Enumerable.Range(0, question.States.Count).ToDictionary(position => question.States[position].Id);

        /// <summary>Jobs that nobody asked for, but that others need which run.</summary>
        private readonly Dictionary<int, RerunReason> _needed = [];

        public RerunPlan Plan()
        {
            do
            {
                foreach (int job in _order)
                {
                    _planned[job] = Decide(job);
                }
            }
            while (NeedsMore());

            // What they do follows from the jobs, wherever they stand, and nothing follows from what they do.
            foreach (int action in Enumerable.Range(0, _planned.Length).Where(job => _definition.Jobs[job].IsAction))
            {
                _planned[action] = DecideAction(action);
            }

            return new RerunPlan(_planned!, [.. _warnings]);
        }

        private PlannedJob Decide(int job)
        {
            var state = question.States[job];
            if (state.Status == JobStatus.Disabled)
            {
                return Keep(job, new RerunReason(ReasonCode.Disabled, "Turned off"));
            }

            var reasons = AskedFor(job, state);
            if (_needed.TryGetValue(job, out var need))
            {
                reasons.Add(need);
            }

            var comparison = question.Results[job] is { } result ? With(result, job) : null;
            var differences = state.Status == JobStatus.Completed && comparison is not null ? comparison.Differences : [];
            if (question.Scope == RerunScope.Changed)
            {
                reasons.AddRange(differences);
            }

            if (question.Scope != RerunScope.Selected)
            {
                reasons.AddRange(Upstream(job));
            }

            if (reasons.Count > 0)
            {
                return new PlannedJob(job, MayBeReused(job, state, reasons, comparison) ? PlannedAction.MayRun : PlannedAction.Run, reasons);
            }

            return Keep(job, WhyInProgress(state) ?? WhyKept(job, state, differences, comparison));
        }

        /// <summary>An action is done in a run in which what sets it off happens, and once more if it was done badly. Another command is no reason.</summary>
        private PlannedJob DecideAction(int action)
        {
            var state = question.States[action];
            if (state.Status == JobStatus.Disabled)
            {
                return Keep(action, new RerunReason(ReasonCode.Disabled, "Turned off"));
            }

            // One that a new spec has brought has missed nothing yet.
            bool isNew = state.Status == JobStatus.Uninitialized;
            var reasons = isNew && question.Scope is RerunScope.Failed or RerunScope.Changed ? [] : AskedFor(action, state);
            int? cause = _definition.JobsOf(action).Cast<int?>().FirstOrDefault(job => _planned[job!.Value]!.Action == PlannedAction.Run)
                ?? _definition.JobsOf(action).Cast<int?>().FirstOrDefault(job => _planned[job!.Value]!.Action == PlannedAction.MayRun);
            if (cause is { } job)
            {
                string name = _definition.Jobs[job].Name;
                reasons.Add(new RerunReason(ReasonCode.Triggered, $"One of its jobs {(_planned[job]!.Action == PlannedAction.MayRun ? "may run" : "runs")}: {name}", name));
            }

            return reasons.Count > 0
                ? new PlannedJob(action, PlannedAction.Run, reasons)
                : Keep(action, WhyInProgress(state)
                    ?? (!isNew && OwnEnd(action, state) is { } end ? NotAskedFor(end) : new RerunReason(ReasonCode.UpToDate, "None of its jobs runs")));
        }

        /// <summary>Why a job runs by what was asked for, and by how it came to its end.</summary>
        private List<RerunReason> AskedFor(int job, JobState state)
        {
            var reasons = new List<RerunReason>();
            bool isSelected = question.Scope is RerunScope.Selected or RerunScope.SelectedAndDownstream && question.Selected.Contains(job);
            if (question.Scope == RerunScope.All || isSelected)
            {
                reasons.Add(new RerunReason(ReasonCode.Selected, question.Scope == RerunScope.All ? "Everything runs again" : "You selected it"));
            }

            if (WhyInProgress(state) is null && question.Scope is RerunScope.Failed or RerunScope.Changed && OwnEnd(job, state) is { } end)
            {
                reasons.Add(end);
            }

            return reasons;
        }

        private static RerunReason? WhyInProgress(JobState state) => state.Status is JobStatus.Blocked or JobStatus.Ready or JobStatus.Pending or JobStatus.Running
            ? new RerunReason(ReasonCode.InProgress, state.Status.HoldsNode() ? "Is running" : "Waits to run already")
            : null;

        private static RerunReason NotAskedFor(RerunReason reason) =>
            new(ReasonCode.OutOfScope, $"{reason.Sentence}, but that is not asked for", reason.Subject, reason.Before, reason.After);

        private static PlannedJob Keep(int job, RerunReason reason) => new(job, PlannedAction.Keep, [reason]);

        private RerunReason WhyKept(int job, JobState state, IReadOnlyList<RerunReason> differences, Comparison? comparison)
        {
            if (differences.Count > 0)
            {
                return NotAskedFor(differences[0]);
            }

            if (OwnEnd(job, state) is { } end)
            {
                return NotAskedFor(end);
            }

            return comparison?.WhyUpToDate() ?? new RerunReason(ReasonCode.UpToDate, "Up to date");
        }

        /// <summary>How a job that did not end well came to its end; null for one that did.</summary>
        private RerunReason? OwnEnd(int job, JobState state)
        {
            if (state.Status == JobStatus.Completed)
            {
                return question.Results[job] is null ? new RerunReason(ReasonCode.NeverRan, "Nothing is known of how it ran") : null;
            }

            if (state.Status == JobStatus.Canceled && state.FailedBlocker is { } blocker)
            {
                string name = NameOf(blocker) ?? "another job";
                return state.Attempt == 0
                    ? new RerunReason(ReasonCode.NeverRan, $"Never ran: waited for {name}", name)
                    : new RerunReason(ReasonCode.Canceled, $"Cancelled because {name} failed", name);
            }

            if (state.StopReason is { } reason)
            {
                return new RerunReason(ReasonCode.Canceled, $"{(state.Status == JobStatus.Terminated ? "Ended" : "Cancelled")}: {reason}");
            }

            return state.Outcome is { } outcome
                ? new RerunReason(CodeOf(outcome), (JobReason.Of(outcome.Status, outcome, failedBlocker: null) ?? "Failed").TrimEnd('.'))
                : new RerunReason(ReasonCode.NeverRan, "Never ran");
        }

        private IEnumerable<RerunReason> Upstream(int job)
        {
            foreach (int blocker in _definition.BlockersOf(job))
            {
                if (_planned[blocker]!.Action != PlannedAction.Keep)
                {
                    string name = _definition.Jobs[blocker].Name;
                    string? file = _definition.Jobs[blocker].OutputFiles.Where(_definition.Jobs[job].InputFiles.Contains).Select(position => _definition.Files[position].Name).FirstOrDefault();
                    yield return new RerunReason(
                        ReasonCode.UpstreamReruns,
                        _planned[blocker]!.Action == PlannedAction.MayRun ? $"{name} may rerun" : file is null ? $"{name} reruns" : $"{name} reruns and produces {file}",
                        name);
                }
            }
        }

        private bool MayBeReused(int job, JobState state, List<RerunReason> reasons, Comparison? comparison) =>
            question.EarlyCutoff
            && state.Status == JobStatus.Completed
            && reasons.TrueForAll(reason => reason.Code == ReasonCode.UpstreamReruns)
            && comparison is not null
            && comparison.Differences.All(difference => difference.Code is ReasonCode.InputChanged or ReasonCode.DataChanged)
            && _definition.BlockersOf(job).All(blocker => _planned[blocker]!.Action == PlannedAction.Keep || CarriesSomething(blocker, job));

        private bool CarriesSomething(int blocker, int job) =>
            _definition.Jobs[blocker].OutputFiles.Intersect(_definition.Jobs[job].InputFiles).Any()
            || _definition.Jobs[blocker].OutputData.Intersect(_definition.Jobs[job].InputData).Any();

        /// <summary>
        /// A job that runs needs what it reads: whoever makes a file that is gone runs as well. And it does not want to run after a failure:
        /// what failed before it, or is new, runs as well, unless somebody asked for this job and no other.
        /// </summary>
        private bool NeedsMore()
        {
            int known = _needed.Count;
            foreach (int job in _order.Reverse())
            {
                if (IsKept(job))
                {
                    continue;
                }

                foreach (int file in _definition.Jobs[job].InputFiles)
                {
                    if (_producers[file] is >= 0 and var producer && IsKept(producer) && question.FactOf(_definition.Files[file].Path).State == FileState.Missing)
                    {
                        string name = _definition.Files[file].Name;
                        Need(producer, new RerunReason(ReasonCode.OutputMissing, $"Output {name} is missing, and {_definition.Jobs[job].Name} needs it", name));
                    }
                }

                foreach (int data in _definition.Jobs[job].InputData)
                {
                    string name = _definition.UserData[data].Name;
                    if (question.Data.GetValueOrDefault(name) is null && _dataProducers[data] is >= 0 and var producer && IsKept(producer))
                    {
                        Need(producer, new RerunReason(ReasonCode.OutputMissing, $"User data {name} has no value, and {_definition.Jobs[job].Name} needs it", name));
                    }
                }

                foreach (int blocker in _definition.BlockersOf(job))
                {
                    if (question.Scope != RerunScope.Selected && IsKept(blocker) && IsMissed(blocker, job) && OwnEnd(blocker, question.States[blocker]) is { } end)
                    {
                        Need(blocker, end);
                    }
                }
            }

            return _needed.Count > known;
        }

        private bool IsMissed(int blocker, int job) =>
            question.States[blocker].Status == JobStatus.Uninitialized
            || (question.States[blocker].Status.EndedBadly() && _definition.Jobs[job].CancelOnBlockingJobFailure);

        private bool IsKept(int job) => _planned[job]!.Action == PlannedAction.Keep && !_needed.ContainsKey(job);

        private void Need(int job, RerunReason reason)
        {
            if (_planned[job]!.Reasons[0].Code is not (ReasonCode.InProgress or ReasonCode.Disabled))
            {
                _needed.Add(job, reason);
            }
        }

        private string? NameOf(JobId id) => _positions.TryGetValue(id, out int position) ? _definition.Jobs[position].Name : null;

        private Comparison With(JobResult result, int job) => new(
            question,
            job,
            result,
            // What a job writes that runs again is nobody's change; what becomes of it is seen later.
            file => _producers[file] is >= 0 and var producer && _planned[producer] is { Action: not PlannedAction.Keep },
            _warnings);
    }

    /// <summary>What a job would be made of if it ran now.</summary>
    /// <param name="idOf">The id of a job, by its position.</param>
    public static Fingerprint FingerprintOf(
        WorkflowDefinition definition, int job, Func<int, JobId> idOf, string workingDirectory, IReadOnlyDictionary<string, string?> data)
    {
        var it = definition.Jobs[job];
        long[] blockers = it.IsAction ? [] : [.. definition.BlockersOf(job).Select(blocker => idOf(blocker).Value)];
        Array.Sort(blockers);
        return new Fingerprint(
            it.Command,
            it.InvocationScript,
            it.Env,
            workingDirectory,
            blockers,
            Paths(definition, it.InputFiles),
            Paths(definition, it.OutputFiles),
            it.InputData.Count == 0 ? NoData : it.InputData.ToDictionary(position => definition.UserData[position].Name, position => data.GetValueOrDefault(definition.UserData[position].Name)),
            it.Needs);
    }

    // For each job that starts, and for each job of a plan.
    private static string[] Paths(WorkflowDefinition definition, IReadOnlyList<int> files)
    {
        string[] paths = files.Count == 0 ? [] : new string[files.Count];
        for (int index = 0; index < paths.Length; index++)
        {
            paths[index] = definition.Files[files[index]].Path;
        }

        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    private static int[] Producers(WorkflowDefinition definition, int artifacts, Func<JobDefinition, IReadOnlyList<int>> outputsOf)
    {
        int[] producers = new int[artifacts];
        Array.Fill(producers, -1);
        for (int job = 0; job < definition.Jobs.Count; job++)
        {
            foreach (int artifact in outputsOf(definition.Jobs[job]))
            {
                producers[artifact] = job;
            }
        }

        return producers;
    }

    private static ReasonCode CodeOf(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Exit => ReasonCode.FailedExit,
        OutcomeKind.Signal => ReasonCode.FailedSignal,
        OutcomeKind.OutOfMemory => ReasonCode.FailedOom,
        OutcomeKind.Timeout => ReasonCode.FailedTimeout,
        OutcomeKind.MissingOutput => ReasonCode.OutputMissingAfterRun,
        OutcomeKind.NodeLost or OutcomeKind.Fenced => ReasonCode.NodeLost,
        OutcomeKind.SpawnError => ReasonCode.FailedStart,
        _ => ReasonCode.Canceled,
    };
}
