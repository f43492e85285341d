using System.Buffers.Text;
using System.Security.Cryptography;

namespace Torc.Web.Security;

internal static class Secrets
{
    /// <summary>Random bytes, spelled so that they fit a header and a URL.</summary>
    public static string Create(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
