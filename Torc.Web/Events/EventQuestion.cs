using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Workflows;

namespace Torc.Web.Events;

/// <summary>Which events are asked for, as an address says it.</summary>
internal sealed record EventQuestion(
    [property: FromQuery(Name = "type"), Description("A type, or its beginning with a star behind it, such as torc.job.*")] string? Type,
    [property: FromQuery(Name = "job"), Description("The name of a job.")] string? Job,
    [property: FromQuery(Name = "attempt"), Description("The number of an attempt.")] int? Attempt,
    [property: FromQuery(Name = "run"), Description("The number of a run.")] int? Run,
    [property: FromQuery(Name = "since"), Description("The first instant, as RFC 3339 has it.")] DateTimeOffset? Since,
    [property: FromQuery(Name = "until"), Description("The first instant that is too late.")] DateTimeOffset? Until,
    [property: FromQuery(Name = "data"), Description("What must hold for a field of the data, such as loss<0.2 or phase=train; all of several.")] string[]? Data)
{
    /// <param name="problem">What is wrong with it; null if nothing is.</param>
    public EventFilter? Read(out string? problem)
    {
        var conditions = new List<DataCondition>();
        foreach (string text in Data ?? [])
        {
            if (DataCondition.TryParse(text) is not { } condition)
            {
                problem = $"\"{text}\" is no condition on the data: write a field, one of = != < <= > >=, and a value, such as loss<0.2.";
                return null;
            }

            conditions.Add(condition);
        }

        problem = null;
        return new EventFilter(Type, Job, Attempt, Run, Since, Until, conditions);
    }
}
