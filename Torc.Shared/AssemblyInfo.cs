using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Torc.Fuzz")]
[assembly: InternalsVisibleTo("Torc.Tests")]
