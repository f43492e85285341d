using System.Globalization;
using System.Text.RegularExpressions;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Tells what can be done and is seldom wise: names that look alike, secrets in the text, paths of another system, outputs inside inputs.</summary>
/// <param name="document">As it was written, before variables were put in.</param>
internal sealed class Advice(SpecProblems problems, SpecNode document, DeclaredThings<JobDraft> jobs, DeclaredThings<FileDefinition> files)
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    // password=hunter2hunter2 but not password=$PASSWORD; keys of clouds and forges by the form that they always have.
    private static readonly Regex Secret = new(
        @"\b(?i:password|passwd|secret|api[-_]?key|access[-_]?key|token)[=:]['""]?[^\s$'""{}<>]{8}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[0-9A-Za-z]{36}|-----BEGIN [A-Z ]*PRIVATE KEY-----",
        Linear);

    private static readonly Regex SecretName = new("(?i:password|passwd|secret|api_?key|access_?key|token)$", Linear);

    // Stands for the key of a variable whose name says that it is a secret; no key of a spec is called so.
    private const string SecretKey = "\0";

    private static readonly Regex WindowsPath = new(@"^[A-Za-z]:[\\/]|^\\\\", Linear);

    public void Give()
    {
        WarnOfLookAlikes(jobs, "job");
        WarnOfLookAlikes(files, "file");
        WarnOfSecrets();
        WarnOfPaths();
        WarnOfOutputsInsideInputs();
    }

    // Names of plain letters cannot be mistaken for each other's letters; most specs have no others.
    private void WarnOfLookAlikes<T>(DeclaredThings<T> things, string kind)
    {
        if (things.Names.All(name => System.Text.Ascii.IsValid(name)))
        {
            return;
        }

        var first = new Dictionary<string, int>();
        for (int position = 0; position < things.Count; position++)
        {
            problems.IsInCopies = things.IsCopy(position);
            var name = things.NameOf(position);
            string look = LookAlikes.Look(name.Text);
            if (name.Text.Length > 0 && !first.TryAdd(look, position) && things.NameOf(first[look]) is var other && !string.Equals(other.Text, name.Text, StringComparison.Ordinal))
            {
                problems.Add(
                    DiagnosticCodes.LookAlikeNames, Severity.Warning, things.PathOf(position)["name"].ToString(), name.At,
                    string.Create(CultureInfo.InvariantCulture, $"the {kind} {Quoting.Quote(name.Text)} looks like {Quoting.Quote(other.Text)} on line {problems.Text.LineOf(other.At.Start)}, and is another"),
                    "write both with letters of one script, or give one another name");
            }
        }

        problems.IsInCopies = false;
    }

    private void WarnOfSecrets() => WarnOfSecrets(document, SpecPath.Top, name: "", []);

    // Recursive: documents are not nested deeper than their limit. What aliases repeat is looked at once.
    private void WarnOfSecrets(SpecNode node, SpecPath path, string name, HashSet<SpecNode> seen)
    {
        if (!seen.Add(node))
        {
            return;
        }

        switch (node)
        {
            case SpecNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    WarnOfSecrets(entry.Value, path[entry.Key], name is "env" or "variables" && SecretName.IsMatch(entry.Key) ? SecretKey : entry.Key, seen);
                }

                break;
            case SpecNode.Sequence list:
                for (int index = 0; index < list.Items.Count; index++)
                {
                    WarnOfSecrets(list.Items[index], path[index], name: "", seen);
                }

                break;
            case SpecNode.Scalar { Kind: ScalarKind.Text or ScalarKind.Number } text when IsSecret(text.Text, isNamed: name is SecretKey):
                problems.Add(
                    DiagnosticCodes.SecretInSpec, Severity.Warning, path.ToString(), text.At, "this looks like a secret, and a spec is kept and shown",
                    "let the job read it from a file that only you can read, or from its environment");
                break;
        }
    }

    private static bool IsSecret(string text, bool isNamed) => Secret.IsMatch(text) || (isNamed && text.Length > 0 && !text.AsSpan().ContainsAny('$', '{'));

    private void WarnOfPaths()
    {
        for (int file = 0; file < files.Count; file++)
        {
            if (WindowsPath.IsMatch(files[file].Path))
            {
                problems.IsInCopies = files.IsCopy(file);
                var place = files.PlaceOfPath(file);
                problems.Add(
                    DiagnosticCodes.ForeignPath, Severity.Warning, place.Path.ToString(), place.At,
                    $"{Quoting.Quote(files[file].Path)} is a path of Windows; here it names a file in the working directory", "write a path such as data/input.csv");
            }
        }

        problems.IsInCopies = false;
    }

    // A job that reads a folder while another writes into it reads something that changes.
    private void WarnOfOutputsInsideInputs()
    {
        var inputs = jobs.Values.SelectMany(job => job.InputFiles.Positions).Distinct()
            .GroupBy(file => files[file].Path.TrimEnd('/')).ToDictionary(group => group.Key, group => group.First());
        foreach (int output in jobs.Values.SelectMany(job => job.OutputFiles.Positions).Distinct().Order())
        {
            string path = files[output].Path;
            problems.IsInCopies = files.IsCopy(output);
            for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                if (inputs.TryGetValue(path[..slash], out int input))
                {
                    var place = files.PlaceOfPath(output);
                    problems.Add(
                        DiagnosticCodes.OutputInsideInput, Severity.Warning, place.Path.ToString(), place.At,
                        $"file {Quoting.Quote(files[output].Name)} is written inside {Quoting.Quote(files[input].Path)}, which is an input", "keep outputs out of folders that are inputs");
                    break;
                }
            }
        }

        problems.IsInCopies = false;
    }
}
