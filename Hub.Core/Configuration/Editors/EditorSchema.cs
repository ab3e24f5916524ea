namespace Hub.Core.Configuration.Editors;

/// <summary>A JSON Schema for one kind of configuration file.</summary>
/// <param name="Name">Its own file name, such as <c>mapping.schema.json</c>.</param>
/// <param name="Files">The files it is for, as editors match them, such as <c>mappings/*.yaml</c>.</param>
/// <param name="Json">The schema, draft-07.</param>
public sealed record EditorSchema(string Name, string Files, string Json);
