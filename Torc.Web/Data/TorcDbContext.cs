using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Torc.Web.Data;

/// <summary>The model of the store. Tables and columns are snake_case, so that no provider needs them quoted.</summary>
internal abstract class TorcDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<WorkflowRow> Workflows => Set<WorkflowRow>();

    public DbSet<SpecRow> Specs => Set<SpecRow>();

    public DbSet<RequirementsRow> Requirements => Set<RequirementsRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<FileRow> Files => Set<FileRow>();

    public DbSet<UserDataRow> UserData => Set<UserDataRow>();

    public DbSet<UserDataValueRow> UserDataValues => Set<UserDataValueRow>();

    public DbSet<JobArtifactRow> JobArtifacts => Set<JobArtifactRow>();

    public DbSet<DependencyRow> Dependencies => Set<DependencyRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    public DbSet<AttemptFileRow> AttemptFiles => Set<AttemptFileRow>();

    public DbSet<ContentRow> Contents => Set<ContentRow>();

    public DbSet<RunRow> Runs => Set<RunRow>();

    public DbSet<NodeRow> Nodes => Set<NodeRow>();

    public DbSet<SampleRow> Samples => Set<SampleRow>();

    public DbSet<SampleChunkRow> SampleChunks => Set<SampleChunkRow>();

    public DbSet<NodeSampleRow> NodeSamples => Set<NodeSampleRow>();

    public DbSet<NodeSampleChunkRow> NodeSampleChunks => Set<NodeSampleChunkRow>();

    public DbSet<RequestRow> Requests => Set<RequestRow>();

    public DbSet<DeletedWorkflowRow> DeletedWorkflows => Set<DeletedWorkflowRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<DraftRow> Drafts => Set<DraftRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // As numbers, instants and durations sort and compare alike in every database.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<DurationConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Ids come from the engine, the only writer.
        modelBuilder.Entity<WorkflowRow>(row =>
        {
            row.Property(workflow => workflow.Id).ValueGeneratedNever();
            row.HasIndex(workflow => workflow.Status);
        });
        modelBuilder.Entity<SpecRow>().HasKey(spec => new { spec.WorkflowId, spec.Number });
        modelBuilder.Entity<RequirementsRow>().HasKey(requirements => new { requirements.WorkflowId, requirements.Position });
        modelBuilder.Entity<JobRow>(row =>
        {
            row.Property(job => job.Id).ValueGeneratedNever();
            // Not unique: jobs that a later version of the spec has no more keep theirs.
            row.HasIndex(job => new { job.WorkflowId, job.Position });
            // All that counting jobs by their status needs: a count looks at no row.
            row.HasIndex(job => new { job.WorkflowId, job.Status }).HasFilter("removed_in IS NULL");
        });
        modelBuilder.Entity<FileRow>().HasKey(file => new { file.WorkflowId, file.Position });
        modelBuilder.Entity<UserDataRow>().HasKey(data => new { data.WorkflowId, data.Position });
        modelBuilder.Entity<UserDataValueRow>().HasKey(value => new { value.WorkflowId, value.Name, value.Run, value.JobId, value.Attempt });
        modelBuilder.Entity<JobArtifactRow>().HasKey(artifact => new { artifact.WorkflowId, artifact.Job, artifact.Role, artifact.Artifact });
        modelBuilder.Entity<DependencyRow>().HasKey(dependency => new { dependency.WorkflowId, dependency.Job, dependency.Blocker });
        modelBuilder.Entity<AttemptRow>(row =>
        {
            row.HasKey(attempt => new { attempt.JobId, attempt.Number });
            row.HasIndex(attempt => attempt.WorkflowId);
            // Has only those whose logs are still to be fetched.
            row.HasIndex(attempt => new { attempt.LogsDueOn, attempt.JobId, attempt.Number }).HasFilter("logs_due_on IS NOT NULL");
        });
        modelBuilder.Entity<AttemptFileRow>().HasKey(file => new { file.JobId, file.Attempt, file.Role, file.Path });
        modelBuilder.Entity<ContentRow>().HasKey(content => new { content.WorkflowId, content.Path, content.Identity });
        modelBuilder.Entity<RunRow>().HasKey(run => new { run.WorkflowId, run.Number });
        modelBuilder.Entity<NodeRow>(row =>
        {
            row.Property(node => node.Id).ValueGeneratedNever();
            row.HasIndex(node => node.AgentId).IsUnique();
        });
        modelBuilder.Entity<SampleRow>().HasKey(sample => new { sample.JobId, sample.Attempt, sample.At });
        modelBuilder.Entity<SampleChunkRow>().HasKey(chunk => new { chunk.JobId, chunk.Attempt, chunk.FirstAt });
        modelBuilder.Entity<NodeSampleRow>().HasKey(sample => new { sample.NodeId, sample.At });
        modelBuilder.Entity<NodeSampleChunkRow>().HasKey(chunk => new { chunk.NodeId, chunk.FirstAt });
        modelBuilder.Entity<RequestRow>(row =>
        {
            row.HasKey(request => request.RequestKey);
            row.Property(request => request.RequestKey).HasMaxLength(RequestRow.MaxKeyLength);
            row.HasIndex(request => request.At);
        });
        modelBuilder.Entity<DeletedWorkflowRow>(row =>
        {
            row.HasKey(deleted => deleted.WorkflowId);
            row.Property(deleted => deleted.WorkflowId).ValueGeneratedNever();
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            // The events of all workflows are read in this order, those of one workflow in the order of their numbers.
            row.HasKey(posted => posted.Id);
            row.HasIndex(posted => new { posted.WorkflowId, posted.Number }).IsUnique();
            row.Property(posted => posted.PostKey).HasMaxLength(64);
            // Most events have no key and cost no entry.
            row.HasIndex(posted => new { posted.WorkflowId, posted.PostKey }).IsUnique().HasFilter("post_key IS NOT NULL");
        });
        modelBuilder.Entity<DraftRow>(row =>
        {
            // One of a user for a workflow; of workflows that are not there yet any number.
            row.HasIndex(draft => new { draft.WorkflowId, draft.UserName }).IsUnique().HasFilter("workflow_id IS NOT NULL");
            row.HasIndex(draft => new { draft.UserName, draft.ChangedAt });
        });

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
