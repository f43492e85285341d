using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;

namespace Torc.Web.Reruns;

/// <summary>What a job asks for when it runs again, and the place to change that.</summary>
public sealed partial class NeedsCell
{
    private bool _isOpen;
    private string? _memory;
    private string? _runtime;
    private (string? Memory, string? Runtime) _problems;

    [Parameter, EditorRequired]
    public PlannedJobView Job { get; set; } = null!;

    /// <summary>Somebody wants the job to ask for something else, or, where nothing is named, for what it asks for now. Without it nothing can be changed.</summary>
    [Parameter]
    public EventCallback<RequirementsChange> Changed { get; set; }

    private void Toggle()
    {
        _isOpen = !_isOpen;
        (_memory, _runtime, _problems) = (Job.Needs.Memory.Bytes == 0 ? "" : MemoryText.Write(Job.Needs.Memory), NeedsWords.Typed(Job.Needs.Runtime), default);
    }

    private Task TakeOfferAsync()
    {
        _isOpen = false;
        return Changed.InvokeAsync(Job.Was is null ? NeedsWords.Suggestion(Job) : new RequirementsChange(Job.Name));
    }

    private async Task SetAsync()
    {
        if (NeedsWords.Read(Job, _memory, _runtime, out _problems) is { } change)
        {
            _isOpen = false;
            await Changed.InvokeAsync(change);
        }
    }
}
