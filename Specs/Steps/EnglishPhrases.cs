namespace Specs.Steps;

/// <summary>The steps in English. <see cref="ChinesePhrases"/> has the same, in the same order, with the same parameters in the same order.</summary>
internal static class EnglishPhrases
{
    public const string ExampleCompany = "the example company";

    public const string ReceivesFile = "\"([^\"]*)\" receives file \"([^\"]*)\"";
    public const string ReceivesText = "\"([^\"]*)\" receives the text";
    public const string ReceivesOrderOver = "\"([^\"]*)\" receives order \"([^\"]*)\" of customer \"([^\"]*)\" over (\\d+(?:\\.\\d+)?)";
    public const string ReceivesOrderWithStatus = "\"([^\"]*)\" receives order \"([^\"]*)\" of customer \"([^\"]*)\" with status \"([^\"]*)\"";
    public const string ReceivesOrderWithPriceText = "\"([^\"]*)\" receives order \"([^\"]*)\" of customer \"([^\"]*)\" with price text \"([^\"]*)\"";

    public const string SystemHolds = "system \"([^\"]*)\" holds in \"([^\"]*)\"";
    public const string SystemGets = "system \"([^\"]*)\" gets in \"([^\"]*)\"";
    public const string SystemIsDown = "system \"([^\"]*)\" is down";
    public const string SystemIsUp = "system \"([^\"]*)\" is up again";
    public const string SystemFails = "system \"([^\"]*)\" fails the next (\\d+) requests?";
    public const string SystemHasFailed = "system \"([^\"]*)\" has failed as announced";

    public const string IdentityMapKnows = "the identity map knows";

    public const string TimePasses = "(\\d+) (second|minute|hour|day)s? pass(?:es)?";

    public const string HoldsRecordWith = "\"([^\"]*)\" holds \"([^\"]*)\" with";
    public const string HoldsRecord = "\"([^\"]*)\" holds \"([^\"]*)\"";
    public const string HoldsRecordWithoutField = "\"([^\"]*)\" holds \"([^\"]*)\" without field \"([^\"]*)\"";
    public const string LacksRecord = "\"([^\"]*)\" does not hold \"([^\"]*)\"";
    public const string HoldsRecords = "\"([^\"]*)\" holds (\\d+) records?";
    public const string HoldsNothing = "\"([^\"]*)\" holds nothing";
    public const string WasWritten = "\"([^\"]*)\" was written (\\d+) times?";

    public const string MessageIsFiltered = "the message of pipeline \"([^\"]*)\" is filtered by step \"([^\"]*)\"";
    public const string MessageIsDead = "the message of pipeline \"([^\"]*)\" is dead";
    public const string MessageIsDeadBecause = "the message of pipeline \"([^\"]*)\" is dead because of \"([^\"]*)\"";
    public const string HasDeadMessageBecause = "pipeline \"([^\"]*)\" has a dead message because of \"([^\"]*)\"";
    public const string NoDeadMessageContains = "no dead message contains the text \"([^\"]*)\"";
    public const string NoReasonContains = "no reason of a dead message contains the text \"([^\"]*)\"";
    public const string DeadMessagesAreReplayed = "the dead messages of pipeline \"([^\"]*)\" are replayed";

    public const string CountsDelivered = "pipeline \"([^\"]*)\" counts (\\d+) delivered";
    public const string CountsFiltered = "pipeline \"([^\"]*)\" counts (\\d+) filtered";
    public const string CountsDuplicates = "pipeline \"([^\"]*)\" counts (\\d+) duplicates?";
    public const string CountsDead = "pipeline \"([^\"]*)\" counts (\\d+) dead";
    public const string InFlight = "(\\d+) messages? (?:is|are) in flight in pipeline \"([^\"]*)\"";
    public const string NothingUnaccounted = "nothing is unaccounted";

    public const string FieldHeading = "field";
    public const string ValueHeading = "value";

    public const string Second = "second";
    public const string Minute = "minute";
    public const string Hour = "hour";
    public const string Day = "day";
}
