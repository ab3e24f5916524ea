namespace Hub.Core.Ingress;

/// <summary>What is known of a payload as a whole before its records are accepted.</summary>
/// <param name="Source">Its bytes.</param>
/// <param name="Failed">Pipelines that take nothing of it.</param>
internal sealed record FileAdmission(PayloadSource Source, IReadOnlyList<FileProgress> Failed);
