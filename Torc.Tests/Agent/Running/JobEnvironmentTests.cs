using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class JobEnvironmentTests
{
    private static readonly Assignment Job = new(
        new AttemptId(new JobId(17), 2), new WorkflowId(3), 1, "fit", "./fit", null, "/work", new Dictionary<string, string>(), ResourceRequirements.Default, [], [], null, TimeSpan.FromSeconds(30), null);

    [Theory]
    [InlineData("TORC_TOKEN")]
    [InlineData("TORC_TOKEN_FILE")]
    public void A_job_gets_no_secret_of_the_agent(string name)
    {
        var result = Make(Job, (name, "secret"));

        Assert.DoesNotContain(name, result.Keys);
    }

    [Fact]
    public void A_thread_count_that_somebody_chose_stays()
    {
        Assert.Equal("1", Make(Job)["OMP_NUM_THREADS"]);
        Assert.Equal("8", Make(Job, ("OMP_NUM_THREADS", "8"))["OMP_NUM_THREADS"]);
        Assert.Equal("9", Make(With("OMP_NUM_THREADS", "9"), ("OMP_NUM_THREADS", "8"))["OMP_NUM_THREADS"]);
    }

    [Fact]
    public void A_spec_cannot_pass_its_job_off_as_another()
    {
        Assert.Equal("17.2", Make(With("TORC_ATTEMPT", "1.1"))["TORC_ATTEMPT"]);
        Assert.Equal("agent", Make(With("TORC_AGENT", "other"))["TORC_AGENT"]);
    }

    [Fact]
    public void Every_attempt_writes_its_progress_into_a_file_of_its_own()
    {
        var next = Job with { Attempt = new AttemptId(new JobId(17), 3) };

        Assert.Equal("/logs/17.2.progress", Make(With("TORC_PROGRESS_FILE", "/shared"), ("TORC_PROGRESS_FILE", "/of/the/job/that/started/us"))["TORC_PROGRESS_FILE"]);
        Assert.Equal("/logs/17.3.progress", Make(next)["TORC_PROGRESS_FILE"]);
    }

    [Fact]
    public void No_gpu_means_an_empty_list_and_not_all_of_them() => Assert.Equal("", Make(Job, ("CUDA_VISIBLE_DEVICES", "0,1"))["CUDA_VISIBLE_DEVICES"]);

    [Fact]
    public void A_job_sees_its_own_gpus_whatever_the_spec_or_the_agents_surroundings_say()
    {
        var result = Make(With("CUDA_VISIBLE_DEVICES", "0,1,2,3"), ["GPU-b", "GPU-d"], ("ROCR_VISIBLE_DEVICES", "0"));

        Assert.Equal("GPU-b,GPU-d", result["CUDA_VISIBLE_DEVICES"]);
        Assert.Equal("PCI_BUS_ID", result["CUDA_DEVICE_ORDER"]);
        Assert.DoesNotContain("ROCR_VISIBLE_DEVICES", result.Keys);
    }

    [Fact]
    public void Torc_is_found_first_whatever_path_the_spec_asks_for() => Assert.Equal("/opt/torc:/mine", Make(With("PATH", "/mine"))["PATH"]);

    private static Assignment With(string name, string value) => Job with { Env = new Dictionary<string, string> { [name] = value } };

    private static IReadOnlyDictionary<string, string> Make(Assignment job, params (string Name, string Value)[] inherited) => Make(job, [], inherited);

    private static IReadOnlyDictionary<string, string> Make(Assignment job, string[] gpus, params (string Name, string Value)[] inherited) =>
        new JobEnvironment(inherited.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)), "agent", "/opt/torc/", dotnetRoot: null)
            .For(job, gpus, "http://server", "/logs", $"/logs/{job.Attempt}.progress");
}
