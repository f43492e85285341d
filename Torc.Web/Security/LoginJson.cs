using System.Text.Json.Serialization;

namespace Torc.Web.Security;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LoginLink))]
internal sealed partial class LoginJson : JsonSerializerContext;
