using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Kdl;

/// <summary>A node of a KDL document: <c>name argument key=value { children }</c>.</summary>
/// <param name="Properties">In the order of the document; the same key may stand there twice.</param>
/// <param name="BlockAt">The brace that opens the children; null if there is no block.</param>
internal sealed record KdlNode(
    string Name, TextSpan NameAt, IReadOnlyList<SpecNode.Scalar> Arguments, IReadOnlyList<SpecEntry> Properties, TextSpan? BlockAt,
    IReadOnlyList<KdlNode> Children);
