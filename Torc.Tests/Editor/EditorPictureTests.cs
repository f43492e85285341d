using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Web.Editor;
using Xunit;

namespace Torc.Tests.Editor;

public sealed class EditorPictureTests
{
    private const string Text = """
        name: diamond
        jobs:
          - {name: preprocess, command: 'pre ${files.input.inputs} ${files.output.f1} ${files.output.f2}'}
          - {name: work1, command: 'work ${files.input.f1} ${files.output.f3}', resource_requirements: small}
          - {name: work2, command: 'work ${files.input.f2} ${files.output.f4}', resource_requirements: large}
          - {name: postprocess, command: 'post ${files.input.f3} ${files.input.f4}', depends_on: [preprocess]}
        files:
          - {name: inputs, path: inputs.json}
          - {name: f1, path: f1.json}
          - {name: f2, path: f2.json}
          - {name: f3, path: f3.json}
          - {name: f4, path: f4.json}
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 1g}
          - {name: large, num_cpus: 2, memory: 2g}

        """;

    private static readonly SpecDocument Document = Settled(Text);

    [Fact]
    public void Derived_lines_explain_themselves_and_written_ones_can_be_taken_away()
    {
        var edges = EditorPicture.Draw(Document, EditorMode.Jobs, [], null).Edges;

        Assert.Equal(
            """
            preprocess→work1 derived: work1 waits for preprocess because it needs f1, which preprocess produces.
            preprocess→work2 derived: work2 waits for preprocess because it needs f2, which preprocess produces.
            preprocess→postprocess: postprocess waits for preprocess because it names it in depends_on.
            work1→postprocess derived: postprocess waits for work1 because it needs f3, which work1 produces.
            work2→postprocess derived: postprocess waits for work2 because it needs f4, which work2 produces.
            """,
            string.Join("\n", edges.Select(edge => $"{edge.From}→{edge.To}{(edge.IsDerived ? " derived" : "")}: {edge.Words}")));
    }

    [Fact]
    public void A_file_that_nobody_produces_says_whether_it_is_there()
    {
        var picture = EditorPicture.Draw(Document, EditorMode.Files, [], ["inputs.json"]);

        Assert.Equal(["inputs"], picture.Nodes.Where(node => node.MustExist).Select(node => node.Thing.Name));
        Assert.False(Assert.Single(picture.Nodes, node => node.MustExist).Found);
        Assert.True(Assert.Single(EditorPicture.Draw(Document, EditorMode.Files, [], []).Nodes, node => node.MustExist).Found);
        Assert.Null(Assert.Single(EditorPicture.Draw(Document, EditorMode.Files, [], null).Nodes, node => node.MustExist).Found);
    }

    [Fact]
    public void A_problem_stands_on_what_it_is_about()
    {
        var document = Settled(Text.Replace("name: work2, command", "name: work2, comand", StringComparison.Ordinal));

        var picture = EditorPicture.Draw(document, EditorMode.Files, document.Reading.Problems, null);

        Assert.Equal(["work2"], picture.Nodes.Where(node => node.Worst == Severity.Error).Select(node => node.Thing.Name));
        Assert.Equal("work2", EditorPicture.ThingAt(document, "/jobs/2/comand")!.Value.Name);
    }

    [Fact]
    public void Things_lie_in_layers_and_none_over_another()
    {
        var nodes = EditorPicture.Draw(Document, EditorMode.Files, [], null).Nodes;
        var edges = EditorPicture.Draw(Document, EditorMode.Files, [], null).Edges;
        var boxes = nodes.ToDictionary(node => node.Thing, node => node.Box);

        Assert.All(edges, edge => Assert.True(boxes[edge.From].X + boxes[edge.From].Width < boxes[edge.To].X));
        Assert.All(nodes, one => Assert.DoesNotContain(nodes, other => other != one && one.Box.X < other.Box.X + other.Box.Width && other.Box.X < one.Box.X + one.Box.Width
            && one.Box.Y < other.Box.Y + other.Box.Height && other.Box.Y < one.Box.Y + one.Box.Height));
    }

    [Fact]
    public void A_loop_is_drawn_all_the_same()
    {
        var document = Settled(Text.Replace("${files.input.inputs}", "${files.input.f3}", StringComparison.Ordinal));

        var places = EditorPlaces.Arrange(document);

        Assert.Equal(9, places.Values.Distinct().Count());
    }

    [Fact]
    public void A_spec_of_too_many_entries_is_not_drawn()
    {
        string text = "name: many\njobs:\n" + string.Concat(Enumerable.Range(0, EditorPicture.MostNodes + 1).Select(job => $"  - {{name: j{job}, command: 'true'}}\n"));

        Assert.Empty(EditorPicture.Draw(SpecDocument.Of(text, "many.yaml"), EditorMode.Files, [], null).Nodes);
        Assert.Empty(EditorPlaces.Settle(SpecDocument.Of(text, "many.yaml")));
    }

    private static SpecDocument Settled(string text)
    {
        var document = SpecDocument.Of(text, "diamond.yaml");
        return document.Moved(EditorPlaces.Settle(document));
    }
}
