namespace Torc.Shared.Specs.Notations;

internal enum JsonDialect
{
    /// <summary>RFC 8259, and nothing beyond it.</summary>
    Json,

    /// <summary>JSON5 1.0.0: JSON with what people write by hand, such as comments and keys without quotes.</summary>
    Json5,
}
