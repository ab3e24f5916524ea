# language: zh-CN
功能: 人事系统的员工同步到 OA
  人事系统每次给出一个 GBK 编码的 XML 文件。正式员工进入 OA，外包人员不同步；
  有问题的记录进入死信，并说明原因，其余记录不受影响。

  背景:
    假如示例公司
    并且"hr.departments"收到文件"samples/hr-departments.csv"

  场景: 正式员工进入 OA
    当"hr.employees"收到文件"samples/hr-employees.xml"
    那么"oa.people"中有"E1001"，其内容为
      | 字段       | 值         |
      | fullName   | 王芳       |
      | gender     | F          |
      | hireDate   | 2010-03-15 |
      | department | 销售部     |
    并且没有下落不明的消息

  场景: 上级到达之后，员工补上上级
    当"hr.employees"收到文件"samples/hr-employees.xml"
    那么"oa.people"中有"E1002"，其内容为
      | 字段         | 值       |
      | managerId    | E1001    |
      | departmentId | DEPT-D01 |
    并且没有下落不明的消息

  场景: 外包人员不同步，并说明由哪个步骤过滤
    当"hr.employees"收到文件"samples/hr-employees.xml"
    那么"oa.people"中没有"E1009"
    并且管道"hr-employees-to-oa"过滤了1条消息

  场景: 不存在的日期和有误的身份证号进入死信，其原因不泄露身份证号
    当"hr.employees"收到文件"samples/hr-employees.xml"
    那么管道"hr-employees-to-oa"有一条死信，原因涉及"hireDate"
    并且管道"hr-employees-to-oa"有一条死信，原因涉及"idNumber"
    并且死信的原因都不含文字"21010219910909002"

  场景: 任何死信都不泄露身份证号
    当"hr.employees"收到文件"samples/hr-employees.xml"
    那么任何死信都不含文字"21010219910909002"

  场景: 手机号有误不妨碍员工同步
    当"hr.employees"收到文件"samples/hr-employees.xml"
    那么"oa.people"中有"E1008"，其内容为
      | 字段     | 值   |
      | fullName | 黄磊 |
    并且"oa.people"中"E1008"没有字段"mobile"

  场景: 同一文件再次送达不产生重复
    当"hr.employees"收到文件"samples/hr-employees.xml"
    并且"hr.employees"收到文件"samples/hr-employees.xml"
    那么管道"hr-employees-to-oa"有13条重复
    并且没有下落不明的消息
