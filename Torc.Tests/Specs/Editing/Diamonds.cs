namespace Torc.Tests.Specs.Editing;

/// <summary>The diamond in the notations that are edited, with comments where people write them.</summary>
internal static class Diamonds
{
    public const string Json5 = """
        // The diamond.
        {
          name: 'diamond', // as in the manual
          jobs: [
            {
              name: 'preprocess',
              command: 'sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.f2}',
              resource_requirements: 'small',
            },
            {
              name: 'work1',
              command: 'sh work.sh',
              input_files: ['f1'], // what it needs
              output_files: ['f3'],
            },
            // The one that takes long.
            {
              name: 'work2',
              command: 'sh work.sh ${files.input.f2} ${files.output.f4}',
              resource_requirements: { num_cpus: 1, memory: '512m' }, // for now
              env: { LEVEL: 'debug' },
            },
            {
              name: 'postprocess',
              command: 'sh post.sh ${files.input.f3} ${files.input.f4} ${files.output.f5}',
              /* whatever it finds */
              output_user_data: ['results'],
            },
          ],
          files: [
            { name: 'inputs', path: 'inputs.json' },
            { name: 'f1', path: 'f1.json' }, // first half
            { name: 'f2', path: 'f2.json' }, // second half
            { name: 'f3', path: 'f3.json' },
            { name: 'f4', path: 'f4.json' },
            { name: 'f5', path: 'f5.json' },
          ],
          user_data: [{ name: 'results' }],
          resource_requirements: [
            { name: 'small', num_cpus: 1, memory: '256m' },
          ],
        }

        """;

    public const string Yaml = """
        # The diamond.
        name: diamond # as in the manual

        jobs:
          - name: preprocess
            command: sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.f2}
            resource_requirements: small

          - name: work1
            command: sh work.sh
            input_files: [f1] # what it needs
            output_files:
              - f3

          # The one that takes long.
          - name: work2
            command: |
              sh work.sh ${files.input.f2} ${files.output.f4}
              echo 'done'
            resource_requirements: {num_cpus: 1, memory: 512m} # for now
            env:
              LEVEL: debug

          - name: postprocess
            command: "sh post.sh ${files.input.f3} ${files.input.f4} ${files.output.f5}"
            # whatever it finds
            output_user_data: [results]

        files:
          - {name: inputs, path: inputs.json}
          - {name: f1, path: f1.json} # first half
          - {name: f2, path: f2.json} # second half
          - {name: f3, path: f3.json}
          - {name: f4, path: f4.json}
          - {name: f5, path: f5.json}

        user_data:
          - name: results

        resource_requirements:
          - name: small
            num_cpus: 1
            memory: 256m

        """;
}
