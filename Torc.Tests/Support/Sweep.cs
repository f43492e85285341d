using Torc.Shared.Workflows;
using Torc.Tests.Specs;

namespace Torc.Tests.Support;

/// <summary>One job that prepares, many that are alike, and one that gathers what they made.</summary>
internal static class Sweep
{
    public static WorkflowDefinition Of(int sims) => Reading.Definition($$$"""
        name: sweep
        jobs:
          - { name: prep, command: "make params" , output_files: [params], resource_requirements: small }
          - { name: "sim_{i:05d}", command: "sim {i}", input_files: [params], output_files: ["out_{i:05d}"], resource_requirements: large, parameters: { i: "1:{{{sims}}}" } }
          - { name: gather, command: "gather", input_file_regexes: ["out_.*"], resource_requirements: small }
        files:
          - { name: params, path: params.json }
          - { name: "out_{i:05d}", path: "out/{i:05d}.json", parameters: { i: "1:{{{sims}}}" } }
        resource_requirements:
          - { name: small, num_cpus: 1, memory: 1g, runtime: PT10M }
          - { name: large, num_cpus: 4, memory: 2g, runtime: PT1H }
        """);
}
