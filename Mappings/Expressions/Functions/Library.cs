using System.Collections.Frozen;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>All functions of the language by name, with the signatures of its documentation.</summary>
internal static class Library
{
    private static readonly FrozenDictionary<string, Builtin> ByName = new[]
    {
        TextFunctions.All, PatternFunctions.All, NumberFunctions.All, ArrayFunctions.All, ObjectFunctions.All,
        HigherOrderFunctions.All, TimeFunctions.All, PictureFunctions.All, EncodingFunctions.All,
    }.SelectMany(group => group).ToFrozenDictionary(b => b.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys;

    public static Builtin? Find(string name) => ByName.GetValueOrDefault(name);
}
