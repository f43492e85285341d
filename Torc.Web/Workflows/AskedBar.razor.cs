using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>What a job used of what it asked for; a red end says that it was more.</summary>
public sealed partial class AskedBar
{
    /// <summary>Null if nobody knows.</summary>
    [Parameter, EditorRequired]
    public double? Used { get; set; }

    /// <summary>Zero if it asks for none.</summary>
    [Parameter, EditorRequired]
    public double Asked { get; set; }

    /// <summary>How an amount is written.</summary>
    [Parameter, EditorRequired]
    public Func<double, string> Print { get; set; } = null!;

    private string Width => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100 * (Used ?? 0) / Asked, 0, 100):0.#}%");
}
