using Torc.Shared.Jobs;

namespace Torc.Web.Help;

/// <summary>What the help says, as data, so that tests hold it against what is true.</summary>
internal static class HelpWords
{
    public static IReadOnlyList<(string Word, string Meaning)> Glossary { get; } =
    [
        ("Workflow", "Jobs and the files and values they work on, under one name. It is made from a spec."),
        ("Spec", "The text that says which jobs there are: JSON, JSON5, YAML or KDL. Each change of it is a version: v1, v2 and so on."),
        ("Job", "One shell command, with what it needs before it can start and what it makes."),
        ("File", "A path that jobs read or write. A job that reads a file waits for the job that writes it: nobody has to say so."),
        ("User data", "A named JSON value that jobs store and read, with the same part as a file."),
        ("Resource requirements", "How many CPUs and GPUs, how much memory and how much time a job asks for. Jobs run side by side as long as that fits."),
        ("Run", "One pass over the workflow: #1 is the first, and each rerun begins one more."),
        ("Attempt", "One start of one job. It keeps its log, its result and what was measured, whatever comes later."),
        ("Rerun", "Running again what must run again, and nothing else. You see which jobs that is, and why, before anything starts."),
        ("Stop", "Ending jobs that wait or run. A job that runs is asked to end first, and made to after a while."),
        ("Node", "A machine that runs jobs. The Torc process on it is its agent."),
        ("Event", "Something that happened, with its time: Torc notes what it does, and jobs and people may post more."),
        ("Action", "Commands that the spec wants run when something happens, such as the end of all jobs."),
    ];

    /// <summary>In the order in which a job goes through them, the unhappy ones last.</summary>
    public static IReadOnlyList<(JobStatus Status, string Meaning)> Statuses { get; } =
    [
        (JobStatus.Uninitialized, "The workflow has not been started yet."),
        (JobStatus.Blocked, "Other jobs have to end first."),
        (JobStatus.Ready, "Nothing stands in its way but room on a node. Its page says what it waits for."),
        (JobStatus.Pending, "A node was found, and starts it."),
        (JobStatus.Running, "Its command runs."),
        (JobStatus.Completed, "It ended with exit code 0 and made all that it was to make, or what it made before is still good."),
        (JobStatus.Failed, "It ended badly: another exit code, too much memory, a file that it did not write. Its page says how."),
        (JobStatus.Canceled, "It never started, because a job that it waits for failed or was stopped."),
        (JobStatus.Terminated, "Somebody stopped it, or it ran past its time."),
        (JobStatus.PendingFailed, "It failed, and the spec leaves it to you what that means. What waits for it goes on waiting."),
        (JobStatus.Disabled, "It is turned off and takes no part in runs."),
    ];

    /// <summary>What stands in place of a status where that is not known any more.</summary>
    public const string Unknown = "The node that it was given to is not heard any more, so nobody knows whether it still runs. Its page says since when. Once the node is heard again, it is what it was, or what became of it.";

    /// <summary>Each is a selection that is read as it stands here.</summary>
    public static IReadOnlyList<(string Selection, string Meaning)> Selections { get; } =
    [
        ("work2", "the job of this name"),
        ("work*", "all jobs whose names begin so; ? stands for one letter"),
        ("\"or else\"", "a name with spaces, or with a letter that means something here"),
        ("status:failed", "by status: the words above in small letters, such as done, waiting or stopped"),
        ("node:n2", "by the node of the newest attempt"),
        ("group:sim", "the jobs that one entry of the spec makes, such as those of a sweep"),
        ("lr:0.1", "by the value of a parameter"),
        ("+work2", "the job and all that it waits for"),
        ("work2+", "the job and all that wait for it"),
        ("2+work2", "the job and what it waits for, two steps back"),
        ("work2+1", "the job and what waits for it, one step on"),
        ("-prepare", "all jobs but this one"),
        ("work* status:failed", "both must hold"),
        ("work1 or work2", "one of them must hold"),
        ("status:failed+", "all that failed, with all that wait for it"),
    ];

    public static IReadOnlyList<(string Command, string Meaning)> Commands { get; } =
    [
        ("torc up --example diamond", "starts Torc on this machine and runs an example"),
        ("torc up workflow.yaml", "creates a workflow from a spec, runs it and shows it"),
        ("torc check workflow.yaml", "says what a spec would make and what is wrong with it"),
        ("torc ls", "lists the workflows; last is the newest of them"),
        ("torc watch last", "shows a workflow until it ends"),
        ("torc why last JOB", "says why a job is not running"),
        ("torc logs last JOB", "prints what a job wrote"),
        ("torc rerun last", "shows what would run again and why, and asks"),
        ("torc stop last", "ends its jobs"),
    ];
}
