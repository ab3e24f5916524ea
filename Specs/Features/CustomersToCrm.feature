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
    And pipeline "erp-customers-to-crm" has a dead message because of "name"
    And nothing is unaccounted

  Scenario: The CRM refuses for a while and nothing is lost
    Given system "crm" fails the next 3 requests
    When "erp.customers" receives file "samples/erp-customers.csv"
    And 1 minute passes
    Then system "crm" has failed as announced
    And "crm.accounts" holds 91 records
    And nothing is unaccounted

  Scenario: The CRM refuses for a while and the order of each customer is kept
    Given system "crm" fails the next 3 requests
    When "erp.customers" receives the text
      """
      customer_id,company_name,contact_name,contact_title,address,city,region,postal_code,country,phone,fax
      ALFKI,Alfreds Futterkiste,Maria Anders,,Obere Str. 57,Berlin,,12209,Germany,,
      ALFKI,Alfreds Neue Futterkiste,Maria Anders,,Obere Str. 57,Berlin,,12209,Germany,,
      """
    Then 2 messages are in flight in pipeline "erp-customers-to-crm"
    And "crm.accounts" does not hold "ALFKI"
    When 1 minute passes
    Then system "crm" has failed as announced
    And "crm.accounts" holds "ALFKI" with
      | field | value                    |
      | name  | Alfreds Neue Futterkiste |
    And "crm.accounts" holds "ALFKI" without field "contact.title"
    And "crm.accounts" was written 2 times
    And pipeline "erp-customers-to-crm" counts 2 delivered
