namespace Mappings.Diagnostics;

/// <summary>A message or a file that could not be read, evaluated or mapped; the findings say where and why.</summary>
public class MappingException : Exception
{
    /// <param name="findings">At least one finding; the first gives the exception its message.</param>
    /// <param name="innerException">The technical cause, when there is one.</param>
    public MappingException(IReadOnlyList<Finding> findings, Exception? innerException = null)
        : base(string.Join('\n', findings), innerException) => Findings = findings;

    public MappingException(Finding finding, Exception? innerException = null)
        : this([finding], innerException)
    {
    }

    public IReadOnlyList<Finding> Findings { get; }
}
