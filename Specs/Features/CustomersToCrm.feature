Feature: Customers of the ERP become accounts of the CRM

  Background:
    Given the example company

  Scenario: All customers of the CSV file arrive, bad rows are named
    When "erp.customers" receives file "samples/erp-customers.csv"
    Then "crm.accounts" holds 91 records
    And "crm.accounts" holds "ALFKI" with
      | field           | value               |
      | name            | Alfreds Futterkiste |
      | address.country | DE                  |
    And pipeline "erp-customers-to-crm" counts 2 dead
    And nothing is unaccounted

  Scenario: The CRM refuses for a while and the order of each customer is kept
    Given system "crm" fails the next 3 requests
    When "erp.customers" receives file "samples/erp-customers.csv"
    And 1 minute passes
    Then "crm.accounts" holds 91 records
    And nothing is unaccounted
