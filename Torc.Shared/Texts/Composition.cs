namespace Torc.Shared.Texts;

internal static class Composition
{
    public static string Compose(string text) => text;
}
