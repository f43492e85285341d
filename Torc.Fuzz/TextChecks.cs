using System.Text;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;

namespace Torc.Fuzz;

/// <summary>What must hold for every text that is read as one value of a spec.</summary>
internal static class TextChecks
{
    // What is printed with larger units than are read.
    private static readonly MemorySize LeastInPebibytes = MemorySize.Gibibytes(999 << 10);

    // What is shorter is printed as nothing.
    private static readonly TimeSpan SmallestPrinted = TimeSpan.FromSeconds(0.01);

    /// <exception cref="BrokenRuleException">One of the rules does not hold, as in all of these.</exception>
    public static Verdict Memory(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        var (amount, problem) = Cost.Hold(bytes.Length, () => (MemoryText.TryParse(text, out var refusal), refusal), static _ => 1);
        MemoryText.Clearer(text);
        if (amount is { } size && size < LeastInPebibytes && MemoryText.TryParse(size.ToString(), out _)?.ToString() != size.ToString())
        {
            throw new BrokenRuleException($"is read as {size.Bytes} bytes and printed as {size}, which is not read like that");
        }

        return Result(amount is not null, problem);
    }

    public static Verdict Duration(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        var (duration, problem) = Cost.Hold(bytes.Length, () => (DurationText.TryParse(text, out var refusal), refusal), static _ => 1);
        if (duration is { } time && time >= SmallestPrinted)
        {
            string printed = DurationText.Print(time);
            if (DurationText.TryParse(printed, out _) is not { } again || DurationText.Print(again) != printed)
            {
                throw new BrokenRuleException($"is read as {time} and printed as {printed}, which is not read like that");
            }
        }

        return Result(duration is not null, problem);
    }

    public static Verdict Parameters(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        var (values, problem) = Cost.Hold(bytes.Length, () => (ParameterText.TryParse(text, out var refusal), refusal), static _ => 1);
        if (values is { Count: > SpecLimits.Jobs })
        {
            throw new BrokenRuleException($"makes {values.Count} values");
        }

        foreach (var value in values?.Take(100) ?? [])
        {
            string printed = value.ToString();
            if (printed != ParameterValue.Read(printed).ToString() && text.IndexOfAny(['\'', '"']) < 0)
            {
                throw new BrokenRuleException($"has the value {printed}, which is read as {ParameterValue.Read(printed)}");
            }

            value.Format("03d");
            value.Format(".2f");
        }

        return Result(values is not null, problem);
    }

    private static Verdict Result(bool isAccepted, QuantityProblem? problem)
    {
        if (isAccepted == problem is not null)
        {
            throw new BrokenRuleException(isAccepted ? $"is accepted and refused: {problem!.Message}" : "is refused without a reason");
        }

        return new Verdict(isAccepted, problem?.Message.Split('"')[0] ?? "");
    }
}
