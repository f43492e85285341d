namespace Torc.Agent.Files;

/// <summary>What is at a path, by the kind that the system keeps in the bits <c>0xf000</c> of its mode.</summary>
internal enum EntryKind
{
    Pipe = 0x1000,
    CharacterDevice = 0x2000,
    Folder = 0x4000,
    BlockDevice = 0x6000,
    File = 0x8000,
    Link = 0xa000,
    Socket = 0xc000,
}
