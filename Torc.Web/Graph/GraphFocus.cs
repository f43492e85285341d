namespace Torc.Web.Graph;

/// <summary>A job, and how far around it is drawn.</summary>
/// <param name="Up">How many steps towards what it waits for; <see cref="All"/> for all.</param>
/// <param name="Down">How many steps towards what waits for it.</param>
public sealed record GraphFocus(string Job, int Up, int Down)
{
    public const int All = int.MaxValue;
}
