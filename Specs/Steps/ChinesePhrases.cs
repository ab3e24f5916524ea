namespace Specs.Steps;

/// <summary>The steps in Chinese; see <see cref="EnglishPhrases"/>.</summary>
internal static class ChinesePhrases
{
    public const string ExampleCompany = "示例公司";

    public const string ReceivesFile = "\"([^\"]*)\"收到文件\"([^\"]*)\"";
    public const string ReceivesText = "\"([^\"]*)\"收到文本";
    public const string ReceivesOrderOver = "\"([^\"]*)\"收到订单\"([^\"]*)\"，客户\"([^\"]*)\"，金额(\\d+(?:\\.\\d+)?)";
    public const string ReceivesOrderWithStatus = "\"([^\"]*)\"收到订单\"([^\"]*)\"，客户\"([^\"]*)\"，状态\"([^\"]*)\"";
    public const string ReceivesOrderWithPriceText = "\"([^\"]*)\"收到订单\"([^\"]*)\"，客户\"([^\"]*)\"，价格写作\"([^\"]*)\"";

    public const string SystemHolds = "系统\"([^\"]*)\"的\"([^\"]*)\"中已有";
    public const string SystemGets = "系统\"([^\"]*)\"的\"([^\"]*)\"中新增";
    public const string SystemIsDown = "系统\"([^\"]*)\"停机";
    public const string SystemIsUp = "系统\"([^\"]*)\"恢复";
    public const string SystemFails = "系统\"([^\"]*)\"接下来的(\\d+)次请求失败";
    public const string SystemHasFailed = "系统\"([^\"]*)\"已按预定失败";

    public const string IdentityMapKnows = "标识对应表中有";

    public const string TimePasses = "过了(\\d+)(秒|分钟|小时|天)";

    public const string HoldsRecordWith = "\"([^\"]*)\"中有\"([^\"]*)\"，其内容为";
    public const string HoldsRecord = "\"([^\"]*)\"中有\"([^\"]*)\"";
    public const string HoldsRecordWithoutField = "\"([^\"]*)\"中\"([^\"]*)\"没有字段\"([^\"]*)\"";
    public const string LacksRecord = "\"([^\"]*)\"中没有\"([^\"]*)\"";
    public const string HoldsRecords = "\"([^\"]*)\"中有(\\d+)条记录";
    public const string HoldsNothing = "\"([^\"]*)\"中没有记录";
    public const string WasWritten = "\"([^\"]*)\"被写入(\\d+)次";

    public const string MessageIsFiltered = "管道\"([^\"]*)\"的消息被步骤\"([^\"]*)\"过滤";
    public const string MessageIsDead = "管道\"([^\"]*)\"的消息成为死信";
    public const string MessageIsDeadBecause = "管道\"([^\"]*)\"的消息成为死信，原因涉及\"([^\"]*)\"";
    public const string HasDeadMessageBecause = "管道\"([^\"]*)\"有一条死信，原因涉及\"([^\"]*)\"";
    public const string NoDeadMessageContains = "任何死信都不含文字\"([^\"]*)\"";
    public const string NoReasonContains = "死信的原因都不含文字\"([^\"]*)\"";
    public const string DeadMessagesAreReplayed = "重放管道\"([^\"]*)\"的死信";

    public const string CountsDelivered = "管道\"([^\"]*)\"送达了(\\d+)条消息";
    public const string CountsFiltered = "管道\"([^\"]*)\"过滤了(\\d+)条消息";
    public const string CountsDuplicates = "管道\"([^\"]*)\"有(\\d+)条重复";
    public const string CountsDead = "管道\"([^\"]*)\"有(\\d+)条死信";
    public const string InFlight = "(\\d+)条消息仍在管道\"([^\"]*)\"中";
    public const string NothingUnaccounted = "没有下落不明的消息";

    public const string FieldHeading = "字段";
    public const string ValueHeading = "值";

    public const string Second = "秒";
    public const string Minute = "分钟";
    public const string Hour = "小时";
    public const string Day = "天";
}
