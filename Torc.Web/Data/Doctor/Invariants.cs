using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Data.Doctor;

/// <summary>
/// All that is always true of what is stored, however often anything was killed. A rule that can be broken without any query
/// here noticing is a missing query.
/// </summary>
internal static class Invariants
{
    private const int Blocked = (int)JobStatus.Blocked;
    private const int Ready = (int)JobStatus.Ready;
    private const int Completed = (int)JobStatus.Completed;
    private const int Failed = (int)JobStatus.Failed;
    private const int Canceled = (int)JobStatus.Canceled;
    private const int Terminated = (int)JobStatus.Terminated;
    private const int Disabled = (int)JobStatus.Disabled;
    private const int Exit = (int)OutcomeKind.Exit;

    private static readonly string Ended = Statuses(JobStatusExtensions.HasEnded);
    private static readonly string EndedBadly = Statuses(JobStatusExtensions.EndedBadly);
    private static readonly string OnNode = Statuses(JobStatusExtensions.HoldsNode);

    public static IReadOnlyList<Invariant> All { get; } = [.. Attempts(), .. Readiness(), .. Room(), .. Workflows(), .. References()];

    private static IEnumerable<Invariant> Attempts() =>
    [
        new(
            "I1",
            "The attempts of a job are numbered 1, 2, 3 … up to its newest, each once.",
            """
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.attempt AS newest, COUNT(attempts.number) AS stored
            FROM jobs LEFT JOIN attempts ON attempts.job_id = jobs.id
            GROUP BY jobs.workflow_id, jobs.id, jobs.attempt
            HAVING COUNT(attempts.number) <> jobs.attempt OR COUNT(DISTINCT attempts.number) <> jobs.attempt
                OR MAX(attempts.number) > jobs.attempt OR MIN(attempts.number) < 1
            """),
        new(
            "I2",
            "A job that is pending or running has exactly one open attempt, and no other job has any.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.status, COUNT(attempts.number) AS open_attempts
            FROM jobs LEFT JOIN attempts ON attempts.job_id = jobs.id AND attempts.outcome IS NULL
            GROUP BY jobs.workflow_id, jobs.id, jobs.status
            HAVING COUNT(attempts.number) <> CASE WHEN jobs.status IN ({OnNode}) THEN 1 ELSE 0 END
            """),
        new(
            "I2",
            "An open attempt is the newest of its job, and on the node that the job names.",
            """
            SELECT jobs.workflow_id, jobs.id AS job_id, attempts.number AS attempt, jobs.attempt AS newest, attempts.node_id, jobs.node_id AS node_of_job
            FROM attempts JOIN jobs ON jobs.id = attempts.job_id
            WHERE attempts.outcome IS NULL AND (attempts.number <> jobs.attempt OR jobs.node_id IS NULL OR attempts.node_id <> jobs.node_id)
            """),
        new(
            "I2",
            "A job names a node only while it is pending or running.",
            $"SELECT workflow_id, id AS job_id, status, node_id FROM jobs WHERE node_id IS NOT NULL AND status NOT IN ({OnNode})"),
        new(
            "I3",
            "A job is completed if its newest attempt ended by itself with 0, and only then, unless somebody turned it off.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.status, attempts.number AS attempt, attempts.outcome, attempts.exit_code
            FROM jobs JOIN workflows ON workflows.id = jobs.workflow_id
                LEFT JOIN attempts ON attempts.job_id = jobs.id AND attempts.number = jobs.attempt
            WHERE (jobs.status = {Completed} AND CASE WHEN attempts.outcome = {Exit} AND attempts.exit_code = 0 THEN 1 ELSE 0 END = 0)
                OR (jobs.status NOT IN ({Completed}, {Disabled}) AND attempts.outcome = {Exit} AND attempts.exit_code = 0 AND attempts.run = workflows.run)
            """),
        new(
            "I3",
            "A job that failed or was terminated has an attempt that ended so.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.status, jobs.attempt
            FROM jobs LEFT JOIN attempts ON attempts.job_id = jobs.id AND attempts.number = jobs.attempt
            WHERE jobs.status IN ({Failed}, {Terminated}) AND attempts.outcome IS NULL
            """),
        new(
            "I6",
            "An attempt has an end if it has an outcome, and only then; one that exited has its exit code.",
            $"""
            SELECT workflow_id, job_id, number AS attempt, outcome, ended_at
            FROM attempts
            WHERE (outcome IS NULL AND ended_at IS NOT NULL) OR (outcome IS NOT NULL AND ended_at IS NULL) OR (outcome = {Exit} AND exit_code IS NULL)
            """),
    ];

    private static IEnumerable<Invariant> Readiness() =>
    [
        new(
            "I4",
            "All that a job waits for has ended before it is ready, and well if the job does not want to run otherwise; in later runs people decide.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.status, blockers.id AS blocker_id, blockers.status AS blocker_status
            FROM jobs
                JOIN workflows ON workflows.id = jobs.workflow_id
                JOIN dependencies ON dependencies.workflow_id = jobs.workflow_id AND dependencies.job = jobs.position
                JOIN jobs blockers ON blockers.workflow_id = dependencies.workflow_id AND blockers.position = dependencies.blocker
            WHERE jobs.status IN ({Ready}, {OnNode}) AND jobs.removed_in IS NULL AND blockers.removed_in IS NULL
                AND ((blockers.status NOT IN ({Ended}) AND NOT ({TurnedOn("blockers")}) AND (jobs.status = {Ready} OR workflows.run = 1))
                    OR (blockers.status IN ({EndedBadly}) AND CAST(jobs.cancel_on_blocking_job_failure AS INTEGER) = 1 AND workflows.run = 1))
            """),
        new(
            "I4",
            "A blocked job waits for something that has not ended.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id
            FROM jobs
            WHERE jobs.status = {Blocked} AND jobs.removed_in IS NULL AND NOT EXISTS (
                SELECT 1
                FROM dependencies JOIN jobs blockers ON blockers.workflow_id = dependencies.workflow_id AND blockers.position = dependencies.blocker
                WHERE blockers.removed_in IS NULL AND dependencies.workflow_id = jobs.workflow_id AND dependencies.job = jobs.position AND blockers.status NOT IN ({Ended}))
            """),
        new(
            "I4",
            "A job that does not want to run after a failure does not wait in the first run when something before it ended badly.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id, blockers.id AS blocker_id, blockers.status AS blocker_status
            FROM jobs
                JOIN workflows ON workflows.id = jobs.workflow_id AND workflows.run = 1
                JOIN dependencies ON dependencies.workflow_id = jobs.workflow_id AND dependencies.job = jobs.position
                JOIN jobs blockers ON blockers.workflow_id = dependencies.workflow_id AND blockers.position = dependencies.blocker
            WHERE jobs.status = {Blocked} AND jobs.removed_in IS NULL AND blockers.removed_in IS NULL AND blockers.status IN ({EndedBadly}) AND CAST(jobs.cancel_on_blocking_job_failure AS INTEGER) = 1
            """),
        new(
            "I4",
            "A job that another one's failure canceled names a job of its workflow that ended badly, unless that runs again since, or was turned off.",
            $"""
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.status, jobs.failed_blocker_id, blockers.status AS blocker_status
            FROM jobs
                JOIN workflows ON workflows.id = jobs.workflow_id
                LEFT JOIN jobs blockers ON blockers.id = jobs.failed_blocker_id AND blockers.workflow_id = jobs.workflow_id
            WHERE jobs.failed_blocker_id IS NOT NULL
                AND (jobs.status <> {Canceled} OR blockers.id IS NULL OR (blockers.status NOT IN ({EndedBadly}, {Disabled}) AND NOT ({TurnedOn("blockers")}) AND workflows.run = 1))
            """),
        new(
            "I9",
            "What somebody asked to end does not wait for its turn.",
            $"SELECT workflow_id, id AS job_id, status FROM jobs WHERE stop_reason IS NOT NULL AND status <= {Ready}"),
    ];

    private static IEnumerable<Invariant> Room() =>
    [
        // A node may come back smaller than what runs on it. Then it gets nothing more until there is room, so whatever it
        // was given since it said hello, which is when last_heard_at is stored, starts when it fits.
        new(
            "I7",
            "What was given to a node since it said hello and runs there fits on it, with all that ran there before.",
            $"""
            SELECT nodes.id AS node_id, SUM(requirements.cpus) AS cpus_held, nodes.cpus, SUM({Memory}) AS memory_held, nodes.memory_bytes,
                SUM(requirements.gpus) AS gpus_held, nodes.gpus
            FROM attempts
                JOIN jobs ON jobs.id = attempts.job_id
                JOIN requirements ON requirements.workflow_id = jobs.workflow_id AND requirements.position = jobs.requirements
                JOIN nodes ON nodes.id = attempts.node_id
            WHERE attempts.outcome IS NULL AND attempts.started_at IS NOT NULL
            GROUP BY nodes.id, nodes.cpus, nodes.memory_bytes, nodes.gpus, nodes.last_heard_at
            HAVING MAX(attempts.assigned_at) >= nodes.last_heard_at
                AND (SUM(requirements.cpus) > nodes.cpus OR SUM({Memory}) > nodes.memory_bytes OR SUM(requirements.gpus) > nodes.gpus)
            """),
    ];

    private static IEnumerable<Invariant> Workflows() =>
    [
        new(
            "I11",
            "The runs of a workflow are numbered 1, 2, 3 … up to the one that it is in, and only the last can go on.",
            $"""
            SELECT workflows.id AS workflow_id, workflows.run, workflows.status, COUNT(runs.number) AS stored, MAX(runs.number) AS last
            FROM workflows LEFT JOIN runs ON runs.workflow_id = workflows.id
            GROUP BY workflows.id, workflows.run, workflows.status
            HAVING COUNT(runs.number) > workflows.run OR COALESCE(MAX(runs.number), 0) > workflows.run
                OR SUM(CASE WHEN runs.number = workflows.run AND runs.status <> workflows.status THEN 1 ELSE 0 END) > 0
            """),
        new(
            "I8",
            "A workflow has ended if all its jobs have that were there when it ran, completed if none of them ended badly, and failed otherwise, unless a later spec took those away; a draft has not begun.",
            $"""
            SELECT counts.id AS workflow_id, counts.status, counts.jobs, counts.begun, counts.ended, counts.ended_badly
            FROM (
                SELECT workflows.id, workflows.status, workflows.spec_version, COUNT(jobs.id) AS jobs,
                    SUM(CASE WHEN jobs.status <> {(int)JobStatus.Uninitialized} OR workflows.spec_version > 1 OR {TurnedOn("jobs")} THEN 1 ELSE 0 END) AS begun,
                    SUM(CASE WHEN jobs.status IN ({Ended}) OR (jobs.status = {(int)JobStatus.Uninitialized} AND workflows.spec_version > 1) OR ({TurnedOn("jobs")}) THEN 1 ELSE 0 END) AS ended,
                    SUM(CASE WHEN jobs.status IN ({Ended}) AND jobs.status <> {Disabled} THEN 1 ELSE 0 END) AS have_run,
                    SUM(CASE WHEN jobs.status IN ({EndedBadly}) THEN 1 ELSE 0 END) AS ended_badly
                FROM workflows LEFT JOIN jobs ON jobs.workflow_id = workflows.id AND jobs.removed_in IS NULL
                GROUP BY workflows.id, workflows.status, workflows.spec_version) counts
            WHERE (counts.status = {(int)WorkflowStatus.Uninitialized} AND counts.have_run > 0)
                OR (counts.status = {(int)WorkflowStatus.Running} AND (counts.begun < counts.jobs OR counts.ended = counts.jobs))
                OR (counts.status = {(int)WorkflowStatus.Completed} AND (counts.ended < counts.jobs OR counts.ended_badly > 0))
                OR (counts.status = {(int)WorkflowStatus.Failed} AND (counts.ended < counts.jobs OR (counts.ended_badly = 0 AND counts.spec_version = 1)))
            """),
        new(
            "I8",
            "A workflow has a time of its end if it has ended, and only then.",
            $"""
            SELECT id AS workflow_id, status, ended_at
            FROM workflows
            WHERE (ended_at IS NULL AND status IN ({Over})) OR (ended_at IS NOT NULL AND status NOT IN ({Over}))
            """),
        new(
            "I10",
            "The events of a workflow are numbered 1, 2, 3 … without gaps.",
            """
            SELECT workflow_id, MIN(number) AS first, MAX(number) AS last, COUNT(number) AS stored
            FROM events
            GROUP BY workflow_id
            HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(number)
            """),
        new(
            "versions",
            "No job is newer than its workflow.",
            """
            SELECT jobs.workflow_id, jobs.id AS job_id, jobs.version, workflows.version AS workflow_version
            FROM jobs JOIN workflows ON workflows.id = jobs.workflow_id
            WHERE jobs.version > workflows.version
            """),
        new(
            "positions",
            "The jobs of a workflow stand at 0, 1, 2 … without gaps.",
            """
            SELECT workflow_id, MIN(position) AS first, MAX(position) AS last, COUNT(position) AS stored
            FROM jobs
            WHERE removed_in IS NULL
            GROUP BY workflow_id
            HAVING MIN(position) <> 0 OR MAX(position) <> COUNT(position) - 1
            """),
    ];

    private static IEnumerable<Invariant> References() =>
    [
        .. from table in (string[])["specs", "requirements", "jobs", "files", "user_data", "user_data_values", "job_artifacts", "dependencies", "attempts", "events", "runs", "contents"]
           select new Invariant(
               "references",
               $"Every row of {table} belongs to a workflow that is there.",
               $"SELECT DISTINCT workflow_id FROM {table} WHERE NOT EXISTS (SELECT 1 FROM workflows WHERE workflows.id = {table}.workflow_id)"),
        new(
            "references",
            "Every workflow has the spec that it was made from, and the one that it is made of now.",
            """
            SELECT id AS workflow_id, spec_version
            FROM workflows
            WHERE NOT EXISTS (SELECT 1 FROM specs WHERE specs.workflow_id = workflows.id AND specs.number = 1)
                OR NOT EXISTS (SELECT 1 FROM specs WHERE specs.workflow_id = workflows.id AND specs.number = workflows.spec_version)
            """),
        new(
            "references",
            "Every attempt belongs to a job of the same workflow and to a node.",
            """
            SELECT workflow_id, job_id, number AS attempt, node_id
            FROM attempts
            WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = attempts.job_id AND jobs.workflow_id = attempts.workflow_id)
                OR NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.id = attempts.node_id)
            """),
        new(
            "references",
            "The requirements of every job are there.",
            """
            SELECT workflow_id, id AS job_id, requirements
            FROM jobs
            WHERE removed_in IS NULL AND NOT EXISTS (SELECT 1 FROM requirements WHERE requirements.workflow_id = jobs.workflow_id AND requirements.position = jobs.requirements)
            """),
        new(
            "references",
            "Every dependency is between two jobs that are there.",
            """
            SELECT workflow_id, job, blocker
            FROM dependencies
            WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.workflow_id = dependencies.workflow_id AND jobs.position = dependencies.job)
                OR NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.workflow_id = dependencies.workflow_id AND jobs.position = dependencies.blocker)
            """),
        new(
            "references",
            "Whatever a job needs or produces is there.",
            $"""
            SELECT workflow_id, job, role, artifact
            FROM job_artifacts
            WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.workflow_id = job_artifacts.workflow_id AND jobs.position = job_artifacts.job)
                OR (role IN ({(int)ArtifactRole.InputFile}, {(int)ArtifactRole.OutputFile})
                    AND NOT EXISTS (SELECT 1 FROM files WHERE files.workflow_id = job_artifacts.workflow_id AND files.position = job_artifacts.artifact))
                OR (role IN ({(int)ArtifactRole.InputData}, {(int)ArtifactRole.OutputData})
                    AND NOT EXISTS (SELECT 1 FROM user_data WHERE user_data.workflow_id = job_artifacts.workflow_id AND user_data.position = job_artifacts.artifact))
            """),
        new(
            "references",
            "Every file that was read or written belongs to an attempt that is there.",
            """
            SELECT DISTINCT job_id, attempt
            FROM attempt_files
            WHERE NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.job_id = attempt_files.job_id AND attempts.number = attempt_files.attempt)
            """),
        new(
            "references",
            "Every sample belongs to an attempt that is there.",
            """
            SELECT job_id, attempt
            FROM (SELECT job_id, attempt FROM samples UNION SELECT job_id, attempt FROM sample_chunks) sampled
            WHERE NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.job_id = sampled.job_id AND attempts.number = sampled.attempt)
            """),
        new(
            "references",
            "Every sample of a node belongs to a node that is there.",
            """
            SELECT node_id
            FROM (SELECT node_id FROM node_samples UNION SELECT node_id FROM node_sample_chunks) sampled
            WHERE NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.id = sampled.node_id)
            """),
        new(
            "references",
            "Every draft is of a workflow that is there, or of one that is to be.",
            """
            SELECT workflow_id, id AS draft_id
            FROM drafts
            WHERE workflow_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM workflows WHERE workflows.id = drafts.workflow_id)
            """),
    ];

    // What a job gets if its spec says less.
    private const string Memory = "CASE WHEN jobs.raised_memory_bytes > requirements.memory_bytes THEN jobs.raised_memory_bytes ELSE requirements.memory_bytes END";

    // A start moves every job, so one that was moved and is as before any start was off.
    private static string TurnedOn(string jobs) => $"{jobs}.status = {(int)JobStatus.Uninitialized} AND {jobs}.version > 0";

    private static string Over => $"{(int)WorkflowStatus.Completed}, {(int)WorkflowStatus.Failed}";

    // 5, 6, 7: a list for IN.
    private static string Statuses(Func<JobStatus, bool> which) => string.Join(", ", Enum.GetValues<JobStatus>().Where(which).Select(status => (int)status));
}
