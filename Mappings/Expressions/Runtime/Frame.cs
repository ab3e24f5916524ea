using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>One node of a compiled expression. Built once, shared by all threads: everything that changes is in the frame.</summary>
internal delegate Value Eval(ref Frame f, in Value ctx);

/// <summary>The variables of one function call or block that closures may have captured.</summary>
internal sealed class Activation(int slots, Activation? parent)
{
    public readonly Value[] Slots = new Value[slots];
    public readonly Activation? Parent = parent;
}

/// <summary>What an evaluation carries along.</summary>
internal struct Frame
{
    public readonly EvaluationContext Context;
    public readonly Unit Unit;
    public readonly Value Root;
    public Activation? Activation;

    /// <summary>The call whose built-in function is running: where its errors are shown.</summary>
    public TextSpan At;

    public Frame(EvaluationContext context, Unit unit, in Value root, Activation? activation)
    {
        Context = context;
        Unit = unit;
        Root = root;
        Activation = activation;
        At = default;
    }

    /// <summary>One loop turn or append.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Step()
    {
        if (Context.Budget.StepExceeds()) Errors.OutOfBudget(this);
    }

    /// <summary>Work whose amount is known before: data walks, range materialisation.</summary>
    public readonly void Step(long count)
    {
        if (Context.Budget.StepsExceed(count)) Errors.OutOfBudget(this);
    }

    /// <summary>Accounts for a text that is about to be made.</summary>
    public readonly void Text(long length)
    {
        if (length > int.MaxValue || Context.Budget.TextExceeds((int)length)) Errors.TextTooLong(this);
    }
}
