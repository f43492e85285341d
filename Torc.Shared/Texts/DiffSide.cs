namespace Torc.Shared.Texts;

/// <summary>Which of two texts has it.</summary>
public enum DiffSide
{
    Both,
    Before,
    After,
}
