'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');

describe('Checkout', function () {
  const basket = { shoes: 59.9, socks: 9.95 };

  it('adds up the basket', () => {
    assert.strictEqual(Object.values(basket).reduce((sum, price) => sum + price), 69.85);
  });

  it('prints the receipt', () => {
    console.log(process.env.ZOO_STDOUT);
  });

  it('loads the configuration', () => {
    console.info(process.env.ZOO_CONFIG);
  });

  it('warns about the stock', () => {
    console.error(process.env.ZOO_STDERR);
  });

  it('logs the gateway call', () => {
    process.stdout.write(`${process.env.ZOO_LOG}\n`);
  });

  it('compares the answer', () => {
    const answer = { status: process.env.ZOO_ACTUAL, token: null, pass: true };
    assert.deepStrictEqual(answer, { status: process.env.ZOO_EXPECTED, token: null, pass: true }); // ZOO_ACTUAL
  });

  it('refuses the card', () => {
    const charge = () => { if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR); };
    charge();
  });

  it('stores the profile', () => {
    fs.writeFileSync(path.join(process.env.OUT, 'profile.json'), process.env.ZOO_BODY);
  });

  it(`accepts the login ${process.env.ZOO_PARAM}`, () => {
    assert.ok(process.env.ZOO_PARAM);
  });

  it('opens the order page', async () => {
    const answer = await fetch(process.env.ZOO_URL + process.env.ZOO_QUERY);
    console.log('GET', answer.url, answer.status); // ZOO_QUERY
    assert.strictEqual(answer.status, 200);
  });
});
