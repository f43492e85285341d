namespace Torc.Tests.Support;

/// <summary>The diamond of the documentation with an action for each trigger.</summary>
internal static class DiamondWithActions
{
    public const string Spec = """
        name: diamond
        files:
          - {name: inputs, path: inputs.json}
          - {name: f1, path: f1.json}
          - {name: f2, path: f2.json}
          - {name: f3, path: f3.json}
          - {name: f4, path: f4.json}
          - {name: f5, path: f5.json}
        jobs:
          - {name: preprocess, command: one, input_files: [inputs], output_files: [f1, f2]}
          - {name: work1, command: two, input_files: [f1], output_files: [f3]}
          - {name: work2, command: three, input_files: [f2], output_files: [f4]}
          - {name: postprocess, command: four, input_files: [f3, f4], output_files: [f5]}
        actions:
          - {trigger_type: on_workflow_start, action_type: run_commands, commands: [mkdir -p data, date > data/start]}
          - {trigger_type: on_worker_start, action_type: run_commands, commands: [hostname]}
          - {trigger_type: on_jobs_ready, action_type: run_commands, commands: [df], job_name_regexes: ["^work"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, commands: [ls], jobs: [work1]}
          - {trigger_type: on_worker_complete, action_type: run_commands, commands: [free]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: [rm -r data]}
        """;
}
