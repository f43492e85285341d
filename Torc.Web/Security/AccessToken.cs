using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Torc.Web.Security;

/// <summary>
/// The owner's token: 256 random bits in the data folder. Who can read that file is the owner. Only its hash stays in
/// memory.
/// </summary>
internal sealed class AccessToken
{
    private const int Bytes = 32;
    private const int Characters = 43;

    private readonly byte[] _hash;

    public AccessToken(string token)
    {
        _hash = Hash(token);
        AttemptKey = Hash("attempts " + token);
        Fingerprint = Convert.ToHexStringLower(Hash("fingerprint " + token).AsSpan(0, 4));
    }

    /// <summary>
    /// Eight hexadecimal digits that stand for this token and reveal nothing of it: they tell the cookies of two
    /// servers apart, and end the cookies given under an earlier token.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>The key of <see cref="AttemptTokens"/>: who has it still does not know this token.</summary>
    public byte[] AttemptKey { get; }

    /// <summary>Reads the token, or makes one at the first start and whenever the one that is there cannot be a secret.</summary>
    public static async Task<AccessToken> ReadOrCreateAsync(string path, CancellationToken cancel)
    {
        // Others could have read a file with wider rights: what was in it is no secret any more.
        if (File.Exists(path)
            && PrivateFiles.IsOwnerOnly(path)
            && (await File.ReadAllTextAsync(path, cancel)).Trim() is { Length: Characters } kept
            && Base64Url.IsValid(kept))
        {
            return new AccessToken(kept);
        }

        string token = Secrets.Create(Bytes);
        await PrivateFiles.WriteAsync(path, token + "\n", cancel);
        return new AccessToken(token);
    }

    /// <summary>Takes the same time for every wrong token.</summary>
    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(Hash(presented), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
