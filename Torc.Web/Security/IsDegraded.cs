namespace Torc.Web.Security;

/// <summary>Whether the server lives and cannot do all that it should; a supervisor that restarts it would mend nothing.</summary>
internal delegate bool IsDegraded();
