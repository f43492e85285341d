using System.Text.Json;
using Torc.Shared.Jobs;

namespace Torc.Shared.Contracts;

/// <summary>An event as it is posted.</summary>
/// <param name="Type">1 to 255 characters, such as <c>checkpoint</c>.</param>
/// <param name="Data">Any JSON value.</param>
/// <param name="Job">The job that the event is about; null for none.</param>
/// <param name="Attempt">The attempt of that job that posts it.</param>
public sealed record NewEvent(string Type, JsonElement? Data = null, JobId? Job = null, int? Attempt = null);
