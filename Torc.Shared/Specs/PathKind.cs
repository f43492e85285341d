namespace Torc.Shared.Specs;

/// <summary>What stands at a path of a machine.</summary>
public enum PathKind
{
    Nothing,
    File,
    Folder,
}
