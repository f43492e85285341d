using MudBlazor;

namespace Torc.Web.Shell;

/// <summary>
/// Our colours and letters in MudBlazor's terms. Both themes are in the page at once and <c>js/theme.js</c> chooses before the
/// first paint, so that the page never flashes in the wrong one.
/// </summary>
public static class TorcTheme
{
    private static readonly string[] Letters = ["system-ui", "-apple-system", "Segoe UI", "Ubuntu", "Cantarell", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Light { get; } = Theme(":root");

    public static MudTheme Dark { get; } = Theme(":root[data-theme=dark]");

    private static MudTheme Theme(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Letters, FontSize = "0.875rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Letters, FontSize = "1.125rem", FontWeight = "650", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Letters, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Letters, FontSize = "0.8125rem", LineHeight = "1.45", LetterSpacing = "normal" },
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#343F8C",
            PrimaryContrastText = "#FFFFFF",
            Background = "#F6F7F9",
            Surface = "#FFFFFF",
            TextPrimary = "#1A2230",
            TextSecondary = "#566072",
            ActionDefault = "#566072",
            ActionDisabled = "#6B7280",
            ActionDisabledBackground = "#E7EAEF",
            LinesDefault = "#DFE3EA",
            LinesInputs = "#8A94A4",
            TableLines = "#E7EAEF",
            Divider = "#DFE3EA",
            Error = "#B23A1E",
            Success = "#1F7A55",
            Warning = "#8A6D00",
            Info = "#2E5FB8",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#9DB0FF",
            PrimaryContrastText = "#0F131A",
            Background = "#0F131A",
            Surface = "#171D27",
            TextPrimary = "#E7EBF2",
            TextSecondary = "#A3AEBF",
            ActionDefault = "#A3AEBF",
            ActionDisabled = "#8A94A4",
            ActionDisabledBackground = "#252D3A",
            LinesDefault = "#2B3442",
            LinesInputs = "#6F7B8D",
            TableLines = "#252D3A",
            Divider = "#2B3442",
            Error = "#FF8B73",
            Success = "#3FE0A8",
            Warning = "#E3C44E",
            Info = "#7FB5FF",
        },
    };
}
