using System.CommandLine;
using System.Globalization;

namespace Torc.Agent.Commands;

/// <summary>Bounds of options that take a number.</summary>
internal static class NumberRange
{
    /// <summary>Refuses a number outside of a range. What is no number at all is refused by <see cref="UsageErrors"/>, and must not be asked for here.</summary>
    /// <param name="otherwise">Says what the option takes.</param>
    public static void Require(this Option<int?> option, int least, int most, string otherwise) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && (number < least || number > most))
        {
            result.AddError(otherwise);
        }
    });
}
