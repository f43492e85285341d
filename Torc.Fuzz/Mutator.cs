using System.Text;

namespace Torc.Fuzz;

/// <summary>Makes new inputs of old ones. The same seed makes the same inputs.</summary>
internal sealed class Mutator(int seed)
{
    // Readers are fast with small inputs, and what goes wrong with large ones mostly goes wrong with small ones.
    private const int MaxLength = 4096;

    private const int MaxSteps = 6;

    private readonly Random _random = new(seed);

    public T Choose<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public byte[] Mutate(byte[] input, IReadOnlyList<byte[]> others, IReadOnlyList<string> tokens)
    {
        var bytes = new List<byte>(input);
        for (int step = _random.Next(MaxSteps); step >= 0; step--)
        {
            Step(bytes, others, tokens);
            if (bytes.Count > MaxLength)
            {
                bytes.RemoveRange(MaxLength, bytes.Count - MaxLength);
            }
        }

        return [.. bytes];
    }

    private void Step(List<byte> bytes, IReadOnlyList<byte[]> others, IReadOnlyList<string> tokens)
    {
        var (start, length) = Range(bytes);
        switch (_random.Next(9))
        {
            case 0 when bytes.Count > 0:
                bytes[_random.Next(bytes.Count)] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                // Mostly characters that can be typed.
                bytes[_random.Next(bytes.Count)] = (byte)_random.Next(32, 127);
                break;
            case 2:
                bytes.RemoveRange(start, length);
                break;
            case 3:
                bytes.InsertRange(start, bytes.GetRange(start, length));
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(start, length));
                break;
            case 5:
                byte[] other = Choose(others);
                int from = _random.Next(other.Length + 1);
                bytes.RemoveRange(start, bytes.Count - start);
                bytes.AddRange(other[from..]);
                break;
            case 6 when bytes.Count > 0 && _random.Next(4) == 0:
                bytes.RemoveRange(start, bytes.Count - start);
                break;
            case 7:
                bytes.RemoveRange(start, Math.Min(length, 8));
                bytes.InsertRange(start, Encoding.UTF8.GetBytes(Choose(tokens)));
                break;
            default:
                bytes.InsertRange(start, Encoding.UTF8.GetBytes(Choose(tokens)));
                break;
        }
    }

    // Short ranges more often than long ones.
    private (int Start, int Length) Range(List<byte> bytes)
    {
        int start = _random.Next(bytes.Count + 1);
        int most = Math.Min(bytes.Count - start, 1 << _random.Next(10));
        return (start, _random.Next(most + 1));
    }
}
