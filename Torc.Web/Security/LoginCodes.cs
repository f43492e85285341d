using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Torc.Web.Security;

/// <summary>The codes of the one-time links that have not been opened yet. Only their hashes are kept, in memory.</summary>
internal sealed class LoginCodes(IOptions<SecurityOptions> options, TimeProvider time)
{
    private const int Bytes = 32;

    /// <summary>So that a script that asks for links forever cannot fill the memory: the oldest goes first.</summary>
    private const int MostAtOnce = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _expiries = [];

    public LoginCode Create()
    {
        string code = Secrets.Create(Bytes);
        var now = time.GetUtcNow();
        var created = new LoginCode(code, now + options.Value.LoginCodeLifetime);
        lock (_gate)
        {
            foreach (string expired in _expiries.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
            {
                _expiries.Remove(expired);
            }

            if (_expiries.Count >= MostAtOnce)
            {
                _expiries.Remove(_expiries.MinBy(entry => entry.Value).Key);
            }

            _expiries.Add(Hash(code), created.ExpiresAt);
        }

        return created;
    }

    /// <summary>Uses the code up.</summary>
    /// <returns>False when it was never given, was used already, or is too old.</returns>
    public bool TryTake(string code)
    {
        lock (_gate)
        {
            return _expiries.Remove(Hash(code), out var expiry) && time.GetUtcNow() < expiry;
        }
    }

    // The lookup by hash takes a time that depends on the hash only, from which nobody learns the code.
    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
