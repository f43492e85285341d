using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Torc.Web.Data;

/// <summary>An instant is stored as milliseconds since 1970 UTC.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
