using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Security;

/// <summary>
/// Makes and recognises the tokens of attempts. Nothing is stored: a seal under a key of this server is proof enough, and whether the
/// attempt is still open is asked of the engine.
/// </summary>
/// <param name="key">Secret, and the same after a restart.</param>
internal sealed class AttemptTokens(byte[] key)
{
    private const int SealBytes = 16;

    public string For(AttemptId attempt)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{AttemptToken.Prefix}{attempt.Job.Value}.{attempt.Number}");
        return $"{text}.{Base64Url.EncodeToString(Seal(text))}";
    }

    /// <returns>Whose token it is; null if it is none of this server's.</returns>
    public AttemptId? Read(string presented)
    {
        if (!AttemptToken.IsOne(presented)
            || presented[AttemptToken.Prefix.Length..].Split('.') is not [var job, var number, _]
            || !long.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out long jobId)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int attemptNumber))
        {
            return null;
        }

        var attempt = new AttemptId(new JobId(jobId), attemptNumber);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(For(attempt))) ? attempt : null;
    }

    private byte[] Seal(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))[..SealBytes];
}
