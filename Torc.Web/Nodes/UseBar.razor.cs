using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Torc.Web.Nodes;

/// <summary>How much of something is used and how much of it is promised to jobs, as words and as a bar.</summary>
public sealed partial class UseBar
{
    /// <summary>What it is about, such as "CPUs".</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>What is in use; null if nobody knows.</summary>
    [Parameter, EditorRequired]
    public double? Used { get; set; }

    /// <summary>What jobs were promised.</summary>
    [Parameter, EditorRequired]
    public double Held { get; set; }

    /// <summary>What there is.</summary>
    [Parameter, EditorRequired]
    public double Of { get; set; }

    /// <summary>How an amount is written.</summary>
    [Parameter, EditorRequired]
    public Func<double, string> Print { get; set; } = null!;

    /// <summary>What the pointer is told; by default what it means for a node.</summary>
    [Parameter]
    public string? Title { get; set; }

    private string Words => Of == 0 ? "–" : $"{(Used is { } used ? Print(used) : "?")} of {Print(Of)}";

    private string Told => Title ?? (Of == 0
        ? $"It has no {Name}."
        : $"{Name}: {(Used is { } used ? $"{Print(used)} in use" : "nobody knows how much is in use")}, {Print(Held)} promised to jobs, {Print(Of)} in all.");

    private string Share(double amount) => string.Create(CultureInfo.InvariantCulture, $"{(Of == 0 ? 0 : Math.Clamp(100 * amount / Of, 0, 100)):0.#}%");
}
