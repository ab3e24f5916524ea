Feature: Orders of the ERP become deals of the CRM
  The sales team works in the CRM. Every approved or shipped order of the ERP is a deal there;
  large ones also wait for a signature in the OA.

  Background:
    Given the example company
    And system "crm" holds in "accounts"
      | code  | name                      |
      | VINET | Vins et alcools Chevalier |
    And the identity map knows
      | entity  | from | id    | to  | target    |
      | account | erp  | VINET | crm | VINET     |
      | product | erp  | P-011 | crm | CRM-P-011 |

  Scenario: A shipped order becomes a won deal
    When "erp.orders" receives order "SO-10248" of customer "VINET" over 440.00
    Then "crm.deals" holds "SO-10248" with
      | field       | value                     |
      | stage       | won                       |
      | amount      | 440.00                    |
      | accountName | Vins et alcools Chevalier |
    And "oa.approvals" holds nothing
    And nothing is unaccounted

  Scenario: A large order also waits for a signature
    When "erp.orders" receives order "SO-10300" of customer "VINET" over 12000.00
    Then "crm.deals" holds "SO-10300"
    And "oa.approvals" holds "SO-10300"

  Scenario: A draft stays in the ERP
    When "erp.orders" receives order "SO-20001" of customer "VINET" with status "DRAFT"
    Then "crm.deals" holds nothing
    And the message of pipeline "erp-orders-to-crm" is filtered by step "filter"

  Scenario: The same order sent twice is one deal
    When "erp.orders" receives order "SO-10248" of customer "VINET" over 440.00
    And "erp.orders" receives order "SO-10248" of customer "VINET" over 440.00
    Then "crm.deals" was written 1 time
    And pipeline "erp-orders-to-crm" counts 1 duplicate

  Scenario: A price that is not a number becomes a dead letter that says so
    When "erp.orders" receives order "SO-20002" of customer "VINET" with price text "1,299.00"
    Then the message of pipeline "erp-orders-to-crm" is dead because of "lines[0].price"
    And "crm.deals" holds nothing
    And nothing is unaccounted

  Scenario: The CRM is down for a while and nothing is lost
    Given system "crm" is down
    When "erp.orders" receives order "SO-10248" of customer "VINET" over 440.00
    Then 1 message is in flight in pipeline "erp-orders-to-crm"
    When system "crm" is up again
    And 2 minutes pass
    Then "crm.deals" holds "SO-10248"
    And nothing is unaccounted

  Scenario: A customer who is not yet in the CRM is waited for
    When "erp.orders" receives order "SO-10249" of customer "TOMSP" over 1863.40
    Then 1 message is in flight in pipeline "erp-orders-to-crm"
    When system "crm" gets in "accounts"
      | code  | name               |
      | TOMSP | Toms Spezialitäten |
    And the identity map knows
      | entity  | from | id    | to  | target |
      | account | erp  | TOMSP | crm | TOMSP  |
    And 10 seconds pass
    Then "crm.deals" holds "SO-10249" with
      | field       | value              |
      | accountName | Toms Spezialitäten |

  Scenario: A dead letter is replayed after the CRM was mended
    Given system "crm" is down
    When "erp.orders" receives order "SO-10248" of customer "VINET" over 440.00
    And 10 minutes pass
    Then the message of pipeline "erp-orders-to-crm" is dead
    When system "crm" is up again
    And the dead messages of pipeline "erp-orders-to-crm" are replayed
    Then "crm.deals" holds "SO-10248"
    And nothing is unaccounted

  Scenario: All orders of the ERP's file arrive but for the bad ones, and each message is accounted for
    When "erp.customers" receives file "samples/erp-customers.csv"
    And "erp.products" receives file "samples/erp-products.csv"
    And "erp.orders" receives file "samples/erp-orders.json"
    Then "crm.deals" holds 830 records
    And pipeline "erp-orders-to-crm" counts 830 delivered
    And pipeline "erp-orders-to-crm" counts 1 filtered
    And pipeline "erp-orders-to-crm" counts 1 duplicate
    When 1 hour passes
    Then pipeline "erp-orders-to-crm" counts 4 dead
    And nothing is unaccounted

  Scenario: Two orders of one customer wait out the CRM side by side
    Given system "crm" is down
    When "erp.orders" receives order "SO-10248" of customer "VINET" over 440.00
    And "erp.orders" receives order "SO-10295" of customer "VINET" over 121.60
    And 3 seconds pass
    Then 2 messages are in flight in pipeline "erp-orders-to-crm"
    When system "crm" is up again
    And 1 minute passes
    Then "crm.deals" holds "SO-10248"
    And "crm.deals" holds "SO-10295"
    And "crm.deals" was written 2 times
