Feature: The bank's file of a day becomes payments of the ERP
  A payment is booked when the whole file is right: as many lines as the trailer says, and its total.

  Background:
    Given the example company

  Scenario: All lines of a right file are booked
    When "bank-b2.accounts" receives file "samples/bank-b2-accounts.csv"
    And "bank-b2.payments" receives file "samples/bank-b2.txt"
    Then "erp.payments" holds 6 records
    And "erp.payments" holds "B2-20241105-000001" with
      | field       | value                |
      | amount      | 12500.00             |
      | payerName   | 上海华光电子有限公司 |
      | bankAccount | B2-33445             |
      | invoiceNo   | INV20241101          |
    And nothing is unaccounted

  Scenario: Payments wait for an account that the ERP does not have yet
    When "bank-b2.payments" receives file "samples/bank-b2.txt"
    Then 6 messages are in flight in pipeline "bank-payments-to-erp"
    When "bank-b2.accounts" receives file "samples/bank-b2-accounts.csv"
    Then "erp.payments" holds 6 records
    And nothing is unaccounted
