'use strict';
const path = require('path');
const shop = require('./shop');

describe('Checkout', () => {
  const basket = { shoes: 59.9, socks: 9.95 };

  test('adds up the basket', () => {
    expect(shop.total(basket)).toBeCloseTo(69.85);
  });

  test.each(['', 'short'])('refuses the weak password %s', (password) => {
    expect(shop.passwordIsStrong(password)).toBe(false);
  });

  test('prints the receipt', () => {
    console.log(process.env.ZOO_STDOUT);
  });

  test('loads the configuration', () => {
    console.info(process.env.ZOO_CONFIG);
  });

  test('warns about the stock', () => {
    console.error(process.env.ZOO_STDERR);
  });

  test('logs the gateway call', () => {
    process.stdout.write(`${process.env.ZOO_LOG}\n`);
  });

  test('compares the answer', () => {
    const answer = { status: process.env.ZOO_ACTUAL, token: null, pass: true };
    expect(answer).toEqual({ status: process.env.ZOO_EXPECTED, token: null, pass: true }); // ZOO_ACTUAL
  });

  test('refuses the card', () => {
    shop.charge();
  });

  test('stores the profile', () => {
    expect(shop.store(path.join(process.env.OUT, 'files')).id).toBeTruthy();
  });

  test(`accepts the login ${process.env.ZOO_PARAM}`, () => {
    expect(process.env.ZOO_PARAM).toBeTruthy();
  });

  test('opens the order page', async () => {
    const answer = await fetch(process.env.ZOO_URL + process.env.ZOO_QUERY);
    console.log('GET', answer.url, answer.status); // ZOO_QUERY
    expect(answer.status).toBe(200);
  });

  test.skip('rotates the password', () => {});
});
