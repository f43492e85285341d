using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;

namespace Torc.Web.Editor;

/// <summary>Leads from a workflow to the draft that the user has of it.</summary>
public sealed partial class EditPage(DraftDoor door, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private bool _isMissing;

    [Parameter]
    public long Id { get; set; }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await door.OpenAsync(new WorkflowId(Id), _closing.Token) is { } draft)
        {
            navigation.NavigateTo(string.Create(CultureInfo.InvariantCulture, $"drafts/{draft}"), replace: true);
        }
        else
        {
            _isMissing = true;
        }
    }
}
