using System.Text.Json.Serialization;

namespace Torc.Web.Data.Doctor;

/// <summary>How an examination is printed for programs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Examination))]
internal sealed partial class ExaminationJson : JsonSerializerContext;
