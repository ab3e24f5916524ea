namespace Tests.Expressions.Oracle;

/// <summary>The documents that random expressions are evaluated over, each with the names to choose from; some lead nowhere.</summary>
internal static class OracleDocuments
{
    public static readonly (string Json, string[] Names)[] All =
    [
        ("""{"a":1,"b":{"c":[1,2,3],"d":{"e":"x","f":[{"g":1,"h":"p"},{"g":2,"h":"q"},{"g":2}]}},"list":[{"id":1,"n":"one","tags":["x","y"]},{"id":2,"n":"two","tags":["y"]},{"id":3,"n":"three"},{"id":2,"n":null,"tags":[]}],"s":"hello world","t":"","z":0,"nil":null,"yes":true,"no":false,"nest":[[1,2],[3,[4,5]],6],"empty":[],"eo":{},"one":[7],"oneo":[{"id":9,"v":[1]}]}""",
            ["a", "b", "c", "d", "e", "f", "g", "h", "list", "list", "id", "n", "tags", "s", "t", "z", "nil", "yes", "no", "nest", "empty", "eo", "one", "oneo", "v", "nowhere"]),
        ("""[{"a":1,"b":[1,2]},{"a":2,"b":[3]},{"a":"x"},5,[6,7]]""", ["a", "b", "nowhere"]),
        ("[1,2,3,2.5,-1]", ["a", "$"]),
        ("""{"o":[{"k":"x","p":[{"q":1,"r":10},{"q":2,"r":20}]},{"k":"y","p":{"q":3,"r":30}},{"k":"x","p":[]}],"loans":[{"c":1,"b":"i1"},{"c":2,"b":"i2"}],"books":[{"i":"i1","t":"T1"},{"i":"i2","t":"T2"},{"i":"i1","t":"T3"}]}""",
            ["o", "o", "k", "p", "p", "q", "r", "loans", "books", "c", "b", "i", "t"]),
    ];
}
