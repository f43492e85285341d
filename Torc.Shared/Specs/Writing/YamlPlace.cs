namespace Torc.Shared.Specs.Writing;

/// <summary>Where a text stands, which decides what would end it.</summary>
internal enum YamlPlace
{
    Value,
    Key,
    InBrackets,
}
