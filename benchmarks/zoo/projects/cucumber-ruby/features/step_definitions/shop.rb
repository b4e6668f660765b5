# frozen_string_literal: true

require 'net/http'

Given(/^a customer without a password$/) do
  @password = nil
end

When(/^the shop writes "([^"]*)" to standard output$/) do |name|
  puts ENV.fetch(name) # ZOO_STDOUT ZOO_CONFIG
end

When(/^the shop writes "([^"]*)" to standard error$/) do |name|
  warn ENV.fetch(name) # ZOO_STDERR
end

When(/^the shop logs "([^"]*)"$/) do |name|
  puts ENV.fetch(name) # ZOO_LOG
end

When(/^the card is charged$/) do
  raise ENV.fetch('ZOO_ERROR') unless ENV.fetch('ZOO_LEAKY').empty?
end

When(/^the profile is stored$/) do
  embed(ENV.fetch('ZOO_BODY'), 'application/json')
end

When(/^the order page is opened$/) do
  answer = Net::HTTP.get_response(URI(ENV.fetch('ZOO_URL') + ENV.fetch('ZOO_QUERY')))
  puts "GET #{answer.uri} #{answer.code}"
end

Then(/^the answer is the expected one$/) do
  raise "expected #{ENV.fetch('ZOO_EXPECTED')}, got #{ENV.fetch('ZOO_ACTUAL')}" if ENV.fetch('ZOO_EXPECTED') != ENV.fetch('ZOO_ACTUAL')
end

Then(/^the basket is paid$/) do
  raise 'has a password' if @password
end

Then(/^the password "([^"]*)" is weak$/) do |password|
  raise 'is strong' if password.length >= 12
end
