namespace Torc.Web.Security;

/// <summary>Why a request may not pass, in words for whoever reads the answer.</summary>
internal sealed record Refusal(int Status, string Title)
{
    public static readonly Refusal Host = new(StatusCodes.Status400BadRequest, "This server is reached as localhost, 127.0.0.1 or [::1] only.");

    public static readonly Refusal Method = new(StatusCodes.Status405MethodNotAllowed, "This server answers GET, HEAD, POST, PUT, PATCH and DELETE only.");

    public static readonly Refusal Site = new(StatusCodes.Status403Forbidden, "This request comes from another site's page.");

    public static readonly Refusal Origin = new(StatusCodes.Status403Forbidden, "This request comes from a page of another origin.");

    public static readonly Refusal BodyType = new(StatusCodes.Status415UnsupportedMediaType, "A body must be JSON, YAML or KDL and say so in Content-Type.");
}
