using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Torc.Shared.Contracts;
using Torc.Web.Shell;

namespace Torc.Web.Workflows;

/// <summary>Shows what a spec would make before it makes it. The text goes from the browser to the API, and never through here.</summary>
public sealed partial class UploadSheet(IJSRuntime js, NavigationManager navigation) : IAsyncDisposable
{
    private static readonly DialogOptions Sheet = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, CloseButton = false };
    private static readonly Dictionary<string, object?> WorkingDirectoryField = new() { ["data-testid"] = "working-directory", ["spellcheck"] = "false", ["autocomplete"] = "off" };

    private JsModule? _script;
    private DotNetObjectReference<UploadSheet>? _self;
    private SpecFile? _file;
    private SpecSummary? _summary;
    private string? _refusal;
    private string _workingDirectory = "";
    private int _problems;
    private int _errors;
    private int _missing;
    private bool _isOpen;
    private bool _isChecking;
    private bool _isCreating;

    private bool CanCreate => _summary is not null && _errors == 0 && !_isCreating;

    private string Heading => (_errors, _problems - _errors) switch
    {
        (0, 1) => "1 thing to know",
        (0, var others) => $"{others} things to know",
        (1, _) => "1 error must be mended first",
        var (errors, _) => $"{errors} errors must be mended first",
    };

    /// <summary>Opens the sheet without a file.</summary>
    public async Task OpenAsync()
    {
        Forget();
        _file = null;
        _isOpen = true;
        await InvokeAsync(StateHasChanged);
    }

    /// <summary>The browser calls this when a file was dropped or chosen.</summary>
    /// <param name="number">Counts what was chosen.</param>
    /// <param name="count">How many were dropped together.</param>
    [JSInvokable]
    public Task FileChosenAsync(int number, string name, long size, int count) => InvokeAsync(async () =>
    {
        if (_isCreating)
        {
            // The one before is being created; its answer comes first.
            return;
        }

        Forget();
        _file = new SpecFile(number, name, size);
        _isOpen = true;
        _refusal = count > 1 ? "Drop one spec at a time, please." : _file.Refusal;
        if (_refusal is null)
        {
            await CheckAsync(_file);
        }

        StateHasChanged();
    });

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
        {
            await _script.TryCallAsync("stop");
            await _script.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _script = new JsModule(js, Assets["js/upload.js"]);
            await _script.CallAsync("start", _self);
        }
    }

    // Another directory may have the inputs that are missing in this one.
    private async Task MoveAsync(string directory)
    {
        _workingDirectory = directory;
        if (_file is { } file && _refusal is null && !_isCreating)
        {
            await CheckAsync(file);
        }
    }

    private async Task CheckAsync(SpecFile file)
    {
        string directory = _workingDirectory;
        _isChecking = true;
        StateHasChanged();
        var answer = await _script!.AskAsync<UploadAnswer>("send", file.Number, file.CheckPath(directory), file.ContentType);
        if (_file == file && _workingDirectory == directory)
        {
            _isChecking = false;
            Show(answer);
        }
    }

    private async Task CreateAsync(bool start)
    {
        if (!CanCreate)
        {
            return;
        }

        _isCreating = true;
        var answer = await _script!.AskAsync<UploadAnswer>("send", _file!.Number, _file.CreatePath(start, _workingDirectory), _file.ContentType);
        _isCreating = false;
        if (answer is { IsAccepted: true, CreatedId: { } id })
        {
            _isOpen = false;
            navigation.NavigateTo(string.Create(CultureInfo.InvariantCulture, $"workflows/{id}"));
            return;
        }

        Show(answer);
    }

    private void Show(UploadAnswer answer)
    {
        _refusal = answer.Refusal;
        if (_refusal is null)
        {
            _summary = answer.Summary;
            (_problems, _errors, _missing) = (answer.Problems, answer.Errors, answer.Missing);
        }
    }

    private void Forget()
    {
        _summary = null;
        _refusal = null;
        _isChecking = false;
        (_problems, _errors, _missing) = (0, 0, 0);
    }

    private void Close() => _isOpen = false;

    private static string Count(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}
