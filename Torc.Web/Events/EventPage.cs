using Torc.Shared.Contracts;

namespace Torc.Web.Events;

/// <summary>Some events, in the order in which they were asked for. Those of one workflow go by their number, those of all by their id.</summary>
/// <param name="Next">Where the next ones begin: the number after which, or before which, to ask; null if there are no more now.</param>
/// <param name="Seen">The number of the last one that was looked at, whether it was one that was asked for or not.</param>
public sealed record EventPage(IReadOnlyList<EventView> Events, long? Next, long Seen);
