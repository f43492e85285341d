using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Writing;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>What became of a spec's text.</summary>
public sealed class SpecReading
{
    private readonly SpecProblems? _problems;
    private readonly SpecNode? _root;
    private readonly BoundWorkflow? _bound;

    /// <summary>Of bytes that are no text.</summary>
    internal SpecReading(Diagnostic refusal) => Problems = [refusal];

    internal SpecReading(SpecProblems problems, SpecNotation? notation, SpecNode? root, BoundWorkflow? bound)
    {
        Notation = notation;
        _problems = problems;
        _root = root;
        _bound = bound;
        Problems = problems.ToList();
    }

    /// <summary>How the text is written; null for an empty one.</summary>
    internal SpecNotation? Notation { get; }

    internal BoundWorkflow? Bound => _bound;

    /// <summary>The document, before variables were put in; null if the text breaks the rules of its notation.</summary>
    internal SpecNode? Root => _root;

    /// <summary>The number of a line, from 1.</summary>
    internal int LineOf(TextSpan at) => _problems?.Text.LineOf(at.Start) ?? 1;

    /// <summary>The workflow's name; null if the graph cannot be built.</summary>
    public string? Name => _bound?.Graph?.Definition.Name;

    /// <summary>Null if any of the problems is an error.</summary>
    public WorkflowDefinition? Definition => _problems is { HasErrors: false } ? _bound?.Graph?.Definition : null;

    /// <summary>Null if the graph cannot be built. It can be in spite of some errors, such as an unknown key.</summary>
    public SpecCounts? Counts => _bound?.Graph?.Counts;

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; private set; }

    /// <summary>The paths of files that some job needs, no job produces, and <see cref="CheckPaths"/> did not find.</summary>
    public IReadOnlyList<string> MissingInputs { get; private set; } = [];

    /// <summary>
    /// Compares the spec with the files of a machine, and adds what it finds to the problems; also where jobs refer to what is not
    /// there or wait for each other, so that all is told at once.
    /// </summary>
    /// <param name="directory">Where the jobs will run; null for a folder that will be new and empty.</param>
    /// <param name="missingInput">How bad it is that an input is not there; null only lists it.</param>
    /// <param name="look">What stands at an absolute path.</param>
    public void CheckPaths(string? directory, Severity? missingInput, Func<string, PathKind> look)
    {
        if (_bound is { AreFilesKnown: true })
        {
            MissingInputs = new PathCheck(_problems!, _bound, directory, look).Check(missingInput);
            Problems = _problems!.ToList();
        }
    }

    /// <summary>Compares the requirements with the nodes that are known, and adds what none of them can meet to the problems.</summary>
    public void CheckNodes(IReadOnlyCollection<NodeCapacity> nodes)
    {
        if (_bound is not null && nodes.Count > 0)
        {
            new NodeCheck(_problems!, _bound, nodes).Check();
            Problems = _problems!.ToList();
        }
    }

    /// <summary>Writes the spec, its keys in the order of the manual. Reading what is written gives an equal spec.</summary>
    /// <param name="notation">JSON or YAML.</param>
    /// <returns>Null if there is an error.</returns>
    public string? Write(SpecNotation notation) => Definition is null
        ? null
        : notation switch
        {
            SpecNotation.Json => JsonNodeWriter.Write(CanonicalSpec.Of(_root!)),
            SpecNotation.Yaml => YamlNodeWriter.Write(CanonicalSpec.Of(_root!)),
            _ => throw new ArgumentOutOfRangeException(nameof(notation), notation, "specs are written as JSON or YAML"),
        };
}
