namespace Torc.Web.Data;

/// <summary>What a job does with a file or a user data. The numbers are stored, so they never change.</summary>
internal enum ArtifactRole
{
    InputFile = 0,
    OutputFile = 1,
    InputData = 2,
    OutputData = 3,
}
