@shop
Feature: Checkout
  As a customer I want to pay, so that I own the shoes.

  Background: nobody is logged in
    Given a customer without a password

  Scenario: prints the receipt
    When the shop writes "ZOO_STDOUT" to standard output
    Then the basket is paid

  Scenario: loads the configuration
    When the shop writes "ZOO_CONFIG" to standard output
    Then the basket is paid

  Scenario: warns about the stock
    When the shop writes "ZOO_STDERR" to standard error
    Then the basket is paid

  Scenario: logs the gateway call
    When the shop logs "ZOO_LOG"
    Then the basket is paid

  Scenario: compares the answer
    Then the answer is the expected one

  Scenario: refuses the card
    When the card is charged
    Then the basket is paid

  Scenario: stores the profile
    When the profile is stored
    Then the basket is paid

  Scenario: opens the order page
    When the order page is opened
    Then the basket is paid

  Scenario Outline: weak passwords are refused
    Then the password "<password>" is weak

    Examples: passwords
      | password |
      | short    |
      | 1234     |
