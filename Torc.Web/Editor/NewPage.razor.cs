using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Torc.Web.Editor;

/// <summary>Beginnings of workflows, and the drafts that somebody has left.</summary>
public sealed partial class NewPage(DraftDoor door, IDraftStore store, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<DraftEntry> _drafts = [];
    private string? _refusal;
    private bool _isBusy;

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync() => _drafts = await store.ListAsync(Environment.UserName, _closing.Token);

    private async Task BeginAsync(SpecTemplate template)
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            long id = await door.BeginAsync(template, _closing.Token);
            navigation.NavigateTo(string.Create(CultureInfo.InvariantCulture, $"drafts/{id}"));
        }
        catch (IOException trouble)
        {
            (_isBusy, _refusal) = (false, $"The draft was not made: {trouble.Message}.");
        }
    }
}
