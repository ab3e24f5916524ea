# language: zh-CN
功能: ERP 的订单成为 CRM 的商机
  与 OrdersToCrm.feature 说的是同一个流程：同样的步骤也可以用中文来写。

  背景:
    假如示例公司
    并且系统"crm"的"accounts"中已有
      | code  | name                      |
      | VINET | Vins et alcools Chevalier |
    并且标识对应表中有
      | entity  | from | id    | to  | target    |
      | account | erp  | VINET | crm | VINET     |
      | product | erp  | P-011 | crm | CRM-P-011 |

  场景: 大额订单同时等待 OA 审批
    当"erp.orders"收到订单"SO-10300"，客户"VINET"，金额12000.00
    那么"crm.deals"中有"SO-10300"，其内容为
      | 字段        | 值                        |
      | amount      | 12000.00                  |
      | accountName | Vins et alcools Chevalier |
    并且"oa.approvals"中有"SO-10300"
    并且"oa.approvals"中有1条记录
    并且管道"erp-orders-to-crm"送达了1条消息

  场景: 草稿留在 ERP
    当"erp.orders"收到订单"SO-20001"，客户"VINET"，状态"DRAFT"
    那么"crm.deals"中没有记录
    并且管道"erp-orders-to-crm"的消息被步骤"filter"过滤

  场景: 写成文字的价格成为死信，并说明位置
    当"erp.orders"收到订单"SO-20002"，客户"VINET"，价格写作"1,299.00"
    那么管道"erp-orders-to-crm"的消息成为死信，原因涉及"lines[0].price"
    并且管道"erp-orders-to-crm"有1条死信

  场景: CRM 停机两天之后重放死信
    假如系统"crm"停机
    当"erp.orders"收到订单"SO-10248"，客户"VINET"，金额440.00
    那么1条消息仍在管道"erp-orders-to-crm"中
    当过了2天
    那么管道"erp-orders-to-crm"的消息成为死信
    当系统"crm"恢复
    并且重放管道"erp-orders-to-crm"的死信
    那么"crm.deals"被写入1次
    并且没有下落不明的消息

  场景: CRM 中还没有的客户，等到有了再同步
    当"erp.orders"收到订单"SO-10249"，客户"TOMSP"，金额1863.40
    那么"crm.deals"中没有"SO-10249"
    当系统"crm"的"accounts"中新增
      | code  | name               |
      | TOMSP | Toms Spezialitäten |
    并且标识对应表中有
      | entity  | from | id    | to  | target |
      | account | erp  | TOMSP | crm | TOMSP  |
    并且过了10秒
    那么"crm.deals"中有"SO-10249"

  场景: CRM 一时出错，重试之后送达
    假如系统"crm"接下来的2次请求失败
    当"erp.orders"收到订单"SO-10250"，客户"VINET"，金额440.00
    并且过了1分钟
    那么系统"crm"已按预定失败
    并且"crm.deals"中有"SO-10250"

  场景: 不是订单的文件不会被当作订单
    当"erp.orders"收到文本
      """
      [ { "header": { "orderNo": "SO-30001", "status": "APPROVED" } } ]
      """
    那么管道"erp-orders-to-crm"的消息成为死信，原因涉及"header"
    并且"crm.deals"中没有记录
