using System.Runtime.InteropServices;
using System.Text;

namespace Torc.Agent.Running;

/// <summary>A list of strings as <c>execve</c> takes it: pointers to UTF-8 text, and a null pointer after the last.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _block;

    /// <exception cref="ArgumentException">A string has a zero byte inside, which would cut it there.</exception>
    public NativeStrings(IReadOnlyCollection<string> strings)
    {
        nuint pointers = (nuint)(strings.Count + 1) * (nuint)sizeof(byte*);
        nuint size = pointers;
        foreach (string text in strings)
        {
            size += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException("the text has a zero byte inside", nameof(strings));
            }
        }

        _block = (byte**)NativeMemory.Alloc(size);
        byte* next = (byte*)_block + pointers;
        byte* end = (byte*)_block + size;
        int index = 0;
        foreach (string text in strings)
        {
            _block[index++] = next;
            next += Encoding.UTF8.GetBytes(text, new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }

        _block[index] = null;
    }

    public byte** Pointer => _block;

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
