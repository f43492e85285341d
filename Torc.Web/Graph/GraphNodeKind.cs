namespace Torc.Web.Graph;

public enum GraphNodeKind
{
    Job,

    /// <summary>Jobs that differ only by parameters or index.</summary>
    Group,

    /// <summary>One, or several that go from the same jobs to the same.</summary>
    File,

    /// <summary>Likewise.</summary>
    UserData,

    /// <summary>A class of requirements.</summary>
    Needs,

    /// <summary>Jobs that are left out.</summary>
    More,
}
