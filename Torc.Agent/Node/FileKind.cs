using Torc.Agent.Running;

namespace Torc.Agent.Node;

/// <summary>Tells what an open file is, by <c>statx</c>: its layout is the same on all machines.</summary>
internal static class FileKind
{
    private const int EmptyPath = 0x1000;
    private const uint TypeOnly = 0x1;
    private const int SizeOfStatus = 256;
    private const int ModeOffset = 28;
    private const int KindMask = 0xf000;
    private const int Regular = 0x8000;

    public static unsafe bool IsRegular(int descriptor)
    {
        byte* status = stackalloc byte[SizeOfStatus];
        return Libc.StatX(descriptor, "", EmptyPath, TypeOnly, status) == 0 && (*(ushort*)(status + ModeOffset) & KindMask) == Regular;
    }
}
