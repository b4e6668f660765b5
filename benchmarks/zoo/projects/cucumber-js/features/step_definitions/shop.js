const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { Given, When, Then } = require('@cucumber/cucumber');

Given('a customer without a password', function () {
  this.password = null;
  this.log('customer has no password, token bucket is full');
});

When('the shop writes {string} to standard output', function (name) {
  console.log(process.env[name]); // ZOO_STDOUT ZOO_CONFIG
});

When('the shop writes {string} to standard error', (name) => {
  console.error(process.env[name]); // ZOO_STDERR
});

When('the shop logs {string}', function (name) {
  this.log(process.env[name]); // ZOO_LOG
});

When('the card is charged', () => {
  if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR);
});

When('the profile is stored', function () {
  fs.writeFileSync(path.join(process.env.OUT, 'profile.json'), process.env.ZOO_BODY);
  this.attach(process.env.ZOO_BODY, 'application/json');
});

When('the order page is opened', async function () {
  const answer = await fetch(process.env.ZOO_URL + process.env.ZOO_QUERY);
  this.log(`GET ${answer.url} ${answer.status}`); // ZOO_QUERY
});

Then('the answer is the expected one', () => {
  assert.strictEqual(process.env.ZOO_ACTUAL, process.env.ZOO_EXPECTED);
});

Then('the basket is paid', function () {
  assert.strictEqual(this.password, null);
});

Then('the password {string} is weak', (password) => {
  assert.ok(password.length < 12);
});
