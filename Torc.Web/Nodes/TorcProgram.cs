namespace Torc.Web.Nodes;

/// <summary>How to run the torc program that lies beside the server.</summary>
/// <param name="Arguments">Come before those of the command.</param>
internal sealed record TorcProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <returns>Null if there is none in this folder.</returns>
    public static TorcProgram? Find(string folder)
    {
        // An ordinary build leaves torc.dll, and a launcher called torc that may not find the runtime that we run on. The native
        // program is called torc as well, and has no torc.dll beside it.
        string assembly = Path.Combine(folder, "torc.dll");
        string native = Path.Combine(folder, "torc");
        return File.Exists(assembly) ? new TorcProgram(Dotnet, ["exec", assembly])
            : File.Exists(native) ? new TorcProgram(native, [])
            : null;
    }

    private static string Dotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
