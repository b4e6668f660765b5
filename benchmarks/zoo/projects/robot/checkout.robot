*** Settings ***
Documentation     The checkout of the shop.
Library           OperatingSystem
Library           Collections
Library           shop_library.py
Metadata          Version    3.12.1
Suite Setup       Log    password policy is strict, token bucket is full

*** Test Cases ***
Prints The Receipt
    [Tags]    smoke
    Log To Console    %{ZOO_STDOUT}

Loads The Configuration
    ${text}=    Get Environment Variable    ZOO_CONFIG
    Log    ${text}    level=INFO

Warns About The Stock
    Log    %{ZOO_STDERR}    level=WARN

Logs The Gateway Call
    Gateway Call

Compares The Answer
    Should Be Equal    %{ZOO_EXPECTED}    %{ZOO_ACTUAL}

Refuses The Card
    Charge The Card

Stores The Profile
    ${body}=    Get Environment Variable    ZOO_BODY
    Create File    %{OUT}/profile.json    ${body}
    Log    ${body}

Opens The Order Page
    [Documentation]    Asks the shop over HTTP.
    ${status}=    Open Page
    Should Be Equal As Integers    ${status}    200

Accepts The Login
    [Template]    Login Is Accepted
    %{ZOO_PARAM}
    guest

*** Keywords ***
Login Is Accepted
    [Arguments]    ${login}
    Should Not Be Empty    ${login}
