using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Torc.Web.Data;

/// <summary>A duration is stored as milliseconds.</summary>
internal sealed class DurationConverter() : ValueConverter<TimeSpan, long>(
    duration => (long)duration.TotalMilliseconds,
    stored => TimeSpan.FromMilliseconds(stored));
