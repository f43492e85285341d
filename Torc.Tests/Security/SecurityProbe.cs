using Torc.Web.Security;

namespace Torc.Tests.Security;

/// <summary>
/// Attacks a running server on every route it has. Each attack returns the answers that were not as they should be;
/// none is what a test wants. Apart from the stranger's, the attacks come from the owner's own uid, as those of a
/// browser do, so that nothing but the guard can refuse them.
/// </summary>
internal sealed class SecurityProbe(int port, IReadOnlyList<ProbedRoute> routes)
{
    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];

    private string Host => $"Host: localhost:{port}";

    private IEnumerable<string> LivePaths => routes.Where(route => route.IsLive).Select(route => route.Path).Distinct();

    /// <summary>Where a WebSocket can be opened.</summary>
    private IEnumerable<string> SocketPaths => LivePaths.Where(path => !path.EndsWith("/negotiate", StringComparison.Ordinal));

    private string[] ForeignOrigins =>
    [
        "https://evil.example", "null", "", $"https://localhost:{port}", $"http://localhost:{port + 1}", "http://localhost", $"http://127.0.0.1:{port}",
        $"http://localhost:{port}.evil.example", $"http://localhost:{port}/", $"http://localhost.:{port}", $"http://evil.example http://localhost:{port}",
    ];

    /// <summary>Another user of this machine gets 401 everywhere but on the written list.</summary>
    public async Task<IReadOnlyList<string>> StrangerAsync()
    {
        ProbedRoute[] asked = [.. routes.Where(route => !route.IsAnonymous), new("GET", "/no/such/page"), new("GET", "/favicon.ico"), new("GET", "/login")];
        var answers = await Stranger.AskAsync(port, asked.Distinct());
        return [.. asked.Where(route => answers.GetValueOrDefault(route) != 401).Select(route => $"{route}: {answers.GetValueOrDefault(route)}")];
    }

    /// <summary>A page of another origin changes nothing by any method, and opens no line.</summary>
    public async Task<IReadOnlyList<string>> ForeignOriginAsync()
    {
        var wrong = new List<string>();
        foreach (var route in routes.Select(route => route.Path).Distinct().SelectMany(path => Writes, (path, method) => new ProbedRoute(method, path)))
        {
            await RefusedAsync(wrong, $"{route} HTTP/1.1", Host, "Origin: https://evil.example", "Content-Type: application/json", "Content-Length: 2");
        }

        foreach (string origin in ForeignOrigins)
        {
            foreach (var route in routes.Where(route => !route.Reads))
            {
                await RefusedAsync(wrong, $"{route} HTTP/1.1", Host, $"Origin: {origin}", "Content-Type: application/json", "Content-Length: 2");
            }

            foreach (string path in LivePaths)
            {
                await RefusedAsync(wrong, $"GET {path} HTTP/1.1", Host, $"Origin: {origin}");
            }

            foreach (string path in SocketPaths)
            {
                await RefusedAsync(wrong, $"GET {path} HTTP/1.1", [Host, $"Origin: {origin}", .. Upgrade]);
            }
        }

        return wrong;
    }

    /// <summary>A name that leads here is refused unless it is this machine's own.</summary>
    public async Task<IReadOnlyList<string>> ForeignHostAsync()
    {
        string[] hosts =
        [
            "Host: evil.example", $"Host: evil.example:{port}", $"Host: localhost.evil.example:{port}", $"Host: localhost.:{port}", "Host: ", "Host: 0.0.0.0", "Host: 127.0.0.2",
            "Host: [::ffff:127.0.0.1]", "Host: [::1%25lo]", "Host: [::1", "Host: [::1]x", "Host: localhost:", "Host: localhost:0", "Host: localhost:99999", "Host: localhost:+80",
            "Host: evil@localhost", "Host: localhost#evil.example", "Host: 2130706433", "Host: 127.1", "Host: localhost, evil.example", "X-Nothing: 1",
            "Host: localhost\r\nHost: evil.example", "Host: evil.example\r\nHost: localhost", "Host: evil.example\r\nX-Forwarded-Host: localhost",
        ];
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            await BadRequestAsync(wrong, $"{route} HTTP/1.1", "Host: evil.example");
        }

        foreach (string host in hosts)
        {
            await BadRequestAsync(wrong, "GET /healthz HTTP/1.1", host);
        }

        await BadRequestAsync(wrong, "GET /healthz HTTP/1.0", "Connection: close");
        await BadRequestAsync(wrong, "GET http://evil.example/healthz HTTP/1.1", "Host: evil.example");
        await BadRequestAsync(wrong, "GET http://evil.example/healthz HTTP/1.1", Host);
        await BadRequestAsync(wrong, "GET http://evil.example/healthz HTTP/1.0");
        return wrong;
    }

    /// <summary>What a form or a script of another site can send without asking first is refused, though no header gives it away.</summary>
    public async Task<IReadOnlyList<string>> SimplePostAsync()
    {
        var wrong = new List<string>();
        foreach (string path in routes.Where(route => !route.IsLive).Select(route => route.Path).Distinct())
        {
            foreach (string type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; application/json", "", "TEXT/PLAIN" })
            {
                await RefusedAsync(wrong, $"POST {path} HTTP/1.1", Host, $"Content-Type: {type}", "Content-Length: 2");
            }

            await RefusedAsync(wrong, $"POST {path} HTTP/1.1", Host, "Content-Length: 2");
            await RefusedAsync(wrong, $"POST {path} HTTP/1.1", Host, "Content-Type: text/plain", "Transfer-Encoding: chunked");
            await RefusedAsync(wrong, $"POST {path} HTTP/1.1", Host, "Content-Type: application/json\r\nContent-Type: text/plain", "Content-Length: 2");
        }

        return wrong;
    }

    /// <summary>Browsers say that a page of another site, or of another port, asks: writes, lines and fetches are refused.</summary>
    public async Task<IReadOnlyList<string>> ForeignSiteAsync()
    {
        var wrong = new List<string>();
        foreach (string site in new[] { "same-site", "cross-site", "", "Same-Origin", "unknown", "same-origin, cross-site", "same-origin\r\nSec-Fetch-Site: cross-site" })
        {
            string header = $"Sec-Fetch-Site: {site}";
            foreach (var route in routes)
            {
                await RefusedAsync(wrong, $"{route} HTTP/1.1", Host, header, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: empty", "Content-Length: 0");
                if (!route.Reads || route.IsLive)
                {
                    await RefusedAsync(wrong, $"{route} HTTP/1.1", Host, header, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Content-Length: 0");
                }
            }

            foreach (string path in SocketPaths)
            {
                await RefusedAsync(wrong, $"GET {path} HTTP/1.1", [Host, header, .. Upgrade]);
            }
        }

        return wrong;
    }

    /// <summary>No answer invites another origin, least of all the one to a preflight.</summary>
    public async Task<IReadOnlyList<string>> CorsAsync()
    {
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            foreach (string origin in new[] { "https://evil.example", $"http://localhost:{port}" })
            {
                string method = $"Access-Control-Request-Method: {route.Method}";
                var preflight = await AskAsync($"OPTIONS {route.Path} HTTP/1.1", Host, $"Origin: {origin}", method, "Access-Control-Request-Private-Network: true");
                if (preflight.Status is >= 200 and < 300)
                {
                    wrong.Add($"preflight for {route} from {origin}: {preflight.Status}");
                }

                var answer = await AskAsync($"{(route.Reads ? "GET" : "HEAD")} {route.Path} HTTP/1.1", Host, $"Origin: {origin}");
                wrong.AddRange(from header in preflight.Headers.Concat(answer.Headers)
                               where header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
                               select $"{route} from {origin}: {header.Key}");
            }
        }

        return wrong;
    }

    /// <summary>Every response says what a browser may do with it.</summary>
    public async Task<IReadOnlyList<string>> HeadersAsync()
    {
        var wrong = new List<string>();
        foreach (string path in routes.Where(route => route.Method is "GET").Select(route => route.Path).Distinct().Append("/no/such/page"))
        {
            foreach (string host in new[] { Host, "Host: evil.example" })
            {
                Check(path, await AskAsync($"GET {path} HTTP/1.1", host));
            }
        }

        return wrong;

        void Check(string path, RawResponse response)
        {
            Expect("Content-Security-Policy", SecurityHeaders.ContentSecurityPolicy);
            Expect("X-Content-Type-Options", "nosniff");
            Expect("Referrer-Policy", "no-referrer");
            Expect("Cross-Origin-Opener-Policy", "same-origin");
            Expect("Cross-Origin-Resource-Policy", "same-origin");
            if (response["Server"] is not null)
            {
                wrong.Add($"{path}: names its server");
            }

            if (RequestRules.IsApi(path) && response["Cache-Control"] is not "no-store")
            {
                wrong.Add($"{path}: may be cached");
            }

            void Expect(string name, string value)
            {
                if (!response.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).SequenceEqual([value]))
                {
                    wrong.Add($"{path} ({response.Status}): {name}: {response[name]}");
                }
            }
        }
    }

    public static readonly string[] Upgrade =
        ["Connection: upgrade", "Upgrade: WebSocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];

    private Task<RawResponse> AskAsync(string firstLine, params string[] headers) =>
        RawHttp.AskAsync(port, firstLine, headers.Any(header => header.StartsWith("Connection", StringComparison.Ordinal)) ? headers : [.. headers, "Connection: close"], "{}");

    private async Task RefusedAsync(List<string> wrong, string firstLine, params string[] headers)
    {
        var answer = await AskAsync(firstLine, headers);
        if (!answer.IsRefused)
        {
            wrong.Add($"{firstLine} {string.Join(" | ", headers)}: {answer.Status}");
        }
    }

    private async Task BadRequestAsync(List<string> wrong, string firstLine, params string[] headers)
    {
        var answer = await AskAsync(firstLine, headers);
        if (answer.Status != 400)
        {
            wrong.Add($"{firstLine} {string.Join(" | ", headers)}: {answer.Status}");
        }
    }
}
