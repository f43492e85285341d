namespace Torc.Web.Reruns;

/// <summary>Which of two texts has it.</summary>
public enum DiffSide
{
    Both,
    Before,
    After,
}
