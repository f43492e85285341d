using Xunit;

namespace Torc.Tests.Browser;

/// <summary>
/// What a person sees, and how soon. Runs when the other tests are done: those keep every CPU busy for minutes, and then a page that
/// is right comes late.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
