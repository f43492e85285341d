namespace Torc.Web.Graph;

public enum GraphNodeKind
{
    Job,
    File,
    UserData,
}
