using Torc.Shared.Specs.Editing;
using Torc.Shared.Specs.Schema;
using Xunit;

namespace Torc.Tests.Specs.Editing;

public sealed class SpecFormTests
{
    private static readonly SpecDocument Document = SpecDocument.Of(
        """
        name: small
        jobs:
          - name: a_{i}
            command: echo {i}
            parameters: {i: "1:4"}
            depends_on: [b, c]
            priority: 3
          - {name: b, command: 'true', resource_requirements: {num_cpus: 2, memory: 1g}}
          - {name: c, command: 'true', resource_requirements: large}
        resource_requirements:
          - {name: large, num_cpus: 18, memory: 64g}

        """,
        "small.yaml");

    [Fact]
    public void A_form_has_every_key_that_has_an_effect_with_what_the_text_says()
    {
        var fields = SpecForm.Of(Document, SpecThing.Job("a_{i}"));

        Assert.Equal(SpecSchema.Job.Fields.Where(field => field.Use != SpecFieldUse.Kept && field.Name != "name").Select(field => field.Name), fields.Select(field => field.Name));
        Assert.Equal("echo {i}", Field("command").Value);
        Assert.Equal("b, c", Field("depends_on").Value);
        Assert.Equal(("3", SpecFormKind.Number), (Field("priority").Value, Field("priority").Kind));
        Assert.Equal(["hold", "rerun"], Field("on_lost").Choices);
        Assert.Equal(["large"], Field("resource_requirements").Choices);

        SpecFormField Field(string name) => fields.First(field => field.Name == name);
    }

    [Fact]
    public void Requirements_of_a_job_alone_are_asked_for_one_by_one()
    {
        var fields = SpecForm.Of(Document, SpecThing.Job("b")).Where(field => field.Path[0] == "resource_requirements").ToList();

        Assert.Equal(("2", "1g"), (fields.First(field => field.Name == "num_cpus").Value, fields.First(field => field.Name == "memory").Value));
        Assert.All(fields, field => Assert.Equal(2, field.Path.Count));
    }

    [Fact]
    public void Parameters_say_what_they_make()
    {
        Assert.Equal([("i", "1:4")], SpecForm.Parameters(Document, SpecThing.Job("a_{i}")));
        Assert.Equal(["a_1", "a_2", "a_3"], SpecForm.CopyNames(Document, SpecThing.Job("a_{i}"), 3));
    }

    [Fact]
    public void What_is_not_there_has_no_form() => Assert.Empty(SpecForm.Of(Document, SpecThing.File("nothing")));
}
