namespace Torc.Web.Data;

/// <summary>A change was not stored, and nothing of it remains. Whoever asked may ask again; the message is for people.</summary>
internal sealed class StoreUnavailableException(StoreTrouble trouble, string message, Exception? innerException = null) : IOException(message, innerException)
{
    public StoreTrouble Trouble { get; } = trouble;
}
