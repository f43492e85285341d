using System.Text.RegularExpressions;
using Bunit;
using Torc.Tests.Support;
using Torc.Web.Shell;
using Xunit;

namespace Torc.Tests.Web.Shell;

/// <summary>What is said about keys is what they do.</summary>
public sealed partial class ShortcutTests : PageTest
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void No_key_means_two_things_in_one_place_nor_one_thing_everywhere_and_another_somewhere()
    {
        var keys = Shortcut.All.SelectMany(one => one.AllKeys, (one, key) => (one.Place, Key: key)).ToList();

        Assert.Equal(keys.Distinct(), keys);
        var heard = Shortcut.All.Where(one => one.Action is not null).SelectMany(one => one.AllKeys, (one, key) => (one.Place, Key: key, one.Action)).ToList();
        Assert.DoesNotContain(heard, one => one.Place == ShortcutPlace.Everywhere && heard.Any(other => other.Key == one.Key && other.Action != one.Action));
        Assert.DoesNotContain(heard, one => heard.Any(other => other.Key.StartsWith($"{one.Key} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_action_of_a_key_is_done_by_some_script_and_scripts_do_no_other()
    {
        var done = new HashSet<string>();
        foreach (string script in Directory.EnumerateFiles(Repository.PathTo("wwwroot-assets", "js"), "*.js"))
        {
            string text = await File.ReadAllTextAsync(script, Cancel);
            done.UnionWith(Handled().Matches(text).Select(match => match.Groups["action"].Value));
        }

        Assert.Equal(Shortcut.All.Where(one => one.Action is not null).Select(one => one.Action).Distinct().Order(), done.Order());
    }

    [Fact]
    public async Task The_sheet_and_the_document_tell_every_key()
    {
        var sheet = Render<ShortcutSheet>();
        string document = await File.ReadAllTextAsync(Repository.PathTo("docs", "pages.md"), Cancel);

        Assert.Equal(
            Shortcut.All.Select(one => $"{string.Concat(one.AllKeys.Select(Caps))}: {one.Words}"),
            sheet.FindAll("[data-testid=key-row]").Select(row => $"{string.Concat(row.QuerySelectorAll("kbd").Select(cap => cap.TextContent))}: {row.QuerySelector("dd")!.TextContent}"));
        Assert.Equal(
            ShortcutPlace.All.SelectMany(place => Shortcut.All.Where(one => one.Place == place)).Select(one => $"| {one.Place.Heading} | {string.Join(", ", one.AllKeys.Select(key => $"`{key}`"))} | {one.Words} |"),
            document[document.IndexOf("## Keys", StringComparison.Ordinal)..].Split('\n').Where(line => line.Contains('`')).Where(line => line.StartsWith('|')));
    }

    private static string Caps(string keys) => keys.Length == 1 ? keys : keys.Replace("+", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    // on('palette', …), and the list of pages to go to.
    [GeneratedRegex(@"on(?:Key)?\('(?<action>[a-z-]+)', (?:\(|async|[A-Za-z]+\()|\['(?<action>go-[a-z]+)', '", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Handled();
}
