namespace Torc.Shared.Specs.Documents;

/// <summary>Every code of a <see cref="Diagnostic"/>, with what it stands for. A code that was given out is never given another meaning.</summary>
public static class DiagnosticCodes
{
    /// <summary>The text breaks the rules of its notation.</summary>
    public const string Syntax = "TORC100";

    /// <summary>A key that no spec has.</summary>
    public const string UnknownKey = "TORC101";

    /// <summary>A key that is checked and kept, and that this version does not act on.</summary>
    public const string KeyWithoutEffect = "TORC102";

    /// <summary>A key that its object has twice.</summary>
    public const string DuplicateKey = "TORC103";

    /// <summary>A key that its object must have.</summary>
    public const string MissingKey = "TORC104";

    /// <summary>A value of the wrong kind, such as a number where a list is wanted.</summary>
    public const string WrongKind = "TORC105";

    /// <summary>A value of the right kind that is not one of those allowed.</summary>
    public const string BadValue = "TORC106";

    /// <summary>The bytes are not UTF-8 text.</summary>
    public const string NotText = "TORC107";

    /// <summary>The text holds no workflow at all.</summary>
    public const string Empty = "TORC108";

    /// <summary>More than <see cref="SpecLimits"/> allow.</summary>
    public const string Limit = "TORC109";

    /// <summary>A file or user data that two jobs produce.</summary>
    public const string TwoProducers = "TORC110";

    /// <summary>Jobs that wait for each other.</summary>
    public const string Loop = "TORC111";

    /// <summary>A file that is not declared.</summary>
    public const string UnknownFile = "TORC112";

    /// <summary>User data that is not declared.</summary>
    public const string UnknownUserData = "TORC113";

    /// <summary>A job in <c>depends_on</c> that is not there.</summary>
    public const string UnknownJob = "TORC114";

    /// <summary>Resource requirements that are not declared.</summary>
    public const string UnknownRequirements = "TORC115";

    /// <summary>A name that two things of one kind have.</summary>
    public const string DuplicateName = "TORC116";

    /// <summary>A job in its own <c>depends_on</c>.</summary>
    public const string DependsOnItself = "TORC117";

    /// <summary>A <c>${files…}</c>, <c>${datasets…}</c> or <c>${user_data…}</c> that is not well formed.</summary>
    public const string BadReference = "TORC118";

    /// <summary>Something that YAML has and a spec may not use: tags, several documents, an alias inside its own anchor.</summary>
    public const string YamlFeature = "TORC119";

    /// <summary>An input file that no job produces and that is not there.</summary>
    public const string MissingInput = "TORC120";

    /// <summary>A name with a character that names cannot have, or too long, or empty.</summary>
    public const string BadName = "TORC121";

    /// <summary>A name that was brought into Unicode's composed form.</summary>
    public const string NameComposed = "TORC122";

    /// <summary>A name that some systems reserve.</summary>
    public const string ReservedName = "TORC123";

    /// <summary>A command or path that no system can run or open.</summary>
    public const string BadText = "TORC124";

    /// <summary>A name that no environment variable can have.</summary>
    public const string BadEnvName = "TORC125";

    /// <summary>Something declared that nothing uses.</summary>
    public const string Unused = "TORC126";

    /// <summary>Two files with one path.</summary>
    public const string SamePath = "TORC127";

    /// <summary>A replaced path or value that stands inside quotes and has to be escaped there.</summary>
    public const string QuotedReference = "TORC128";

    /// <summary>A file whose ending says YAML and whose text is JSON.</summary>
    public const string JsonInYaml = "TORC129";

    /// <summary>A memory unit that says 1000 and is read as 1024.</summary>
    public const string DecimalMemoryUnit = "TORC140";

    /// <summary>An amount of memory that cannot be read.</summary>
    public const string BadMemory = "TORC141";

    /// <summary>A duration that cannot be read.</summary>
    public const string BadDuration = "TORC142";

    /// <summary>Requirements that no node that is known can meet.</summary>
    public const string NoSuchNode = "TORC130";

    /// <summary>A failure handler that is not declared.</summary>
    public const string UnknownFailureHandler = "TORC131";

    /// <summary>A scheduler that is not declared.</summary>
    public const string UnknownScheduler = "TORC132";

    /// <summary>A regular expression that cannot be read.</summary>
    public const string BadPattern = "TORC133";

    /// <summary>A regular expression that no name matches.</summary>
    public const string PatternMatchesNothing = "TORC134";

    /// <summary>A dataset that is not declared.</summary>
    public const string UnknownDataset = "TORC135";

    /// <summary>Jobs of an action that are never ready together, since one of them waits for another.</summary>
    public const string NeverReady = "TORC136";

    /// <summary>Parameters that make more copies than most people want.</summary>
    public const string ManyCopies = "TORC150";

    /// <summary>Values of a parameter that cannot be read.</summary>
    public const string BadParameter = "TORC151";

    /// <summary>Parameters to be taken together that do not have equally many values.</summary>
    public const string UnequalParameters = "TORC152";

    /// <summary>A parameter in <c>use_parameters</c> that the workflow does not have.</summary>
    public const string UnknownParameter = "TORC153";

    /// <summary>Copies of one entry that have one name and are not one job.</summary>
    public const string CopiesDiffer = "TORC154";

    /// <summary>A format such as <c>03d</c> that cannot be read.</summary>
    public const string BadFormat = "TORC155";

    /// <summary>Parameters without any combination of values.</summary>
    public const string NoCopies = "TORC156";

    /// <summary>Two names that look the same.</summary>
    public const string LookAlikeNames = "TORC160";

    /// <summary>What looks like a secret.</summary>
    public const string SecretInSpec = "TORC161";

    /// <summary>A path of another kind of system.</summary>
    public const string ForeignPath = "TORC162";

    /// <summary>An output that cannot be written where it is to be.</summary>
    public const string UnwritableOutput = "TORC163";

    /// <summary>An output inside a folder that is an input.</summary>
    public const string OutputInsideInput = "TORC164";

    /// <summary>A spec that is not there, is a folder, or may not be read.</summary>
    public const string Unreadable = "TORC170";

    /// <summary>How many problems are not shown.</summary>
    public const string More = "TORC199";
}
