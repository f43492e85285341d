using System.Text.Json;
using Torc.Shared.Jobs;

namespace Torc.Shared.Contracts;

/// <summary>An event as it is posted.</summary>
/// <param name="Type">1 to 255 characters, such as <c>checkpoint</c>.</param>
/// <param name="Data">Any JSON value.</param>
/// <param name="Job">The job that the event is about; null for none.</param>
/// <param name="Attempt">The attempt of that job that posts it.</param>
/// <param name="Key">Made by whoever posts, at most 64 characters: posted again under the same key, it is the same event. Null makes each post another one.</param>
public sealed record NewEvent(string Type, JsonElement? Data = null, JobId? Job = null, int? Attempt = null, string? Key = null);
