import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { passwordIsStrong } from './shop.js';

describe('Checkout', () => {
  it.each(['', 'short'])('refuses the weak password %s', (password) => {
    expect(passwordIsStrong(password)).toBe(false);
  });

  it('prints the receipt', () => {
    console.log(process.env.ZOO_STDOUT);
  });

  it('loads the configuration', () => {
    console.log(process.env.ZOO_CONFIG);
  });

  it('warns about the stock', () => {
    console.error(process.env.ZOO_STDERR);
  });

  it('logs the gateway call', () => {
    console.info(process.env.ZOO_LOG);
  });

  it('compares the answer', () => {
    expect({ status: process.env.ZOO_ACTUAL, token: null }).toEqual({ status: process.env.ZOO_EXPECTED, token: null });
  });

  it('refuses the card', () => {
    if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR);
  });

  it('stores the profile', () => {
    fs.writeFileSync(path.join(process.env.OUT, 'profile.json'), process.env.ZOO_BODY);
  });

  it(`accepts the login ${process.env.ZOO_PARAM}`, () => {
    expect(process.env.ZOO_PARAM).toBeTruthy();
  });

  it('opens the order page', async () => {
    const answer = await fetch(process.env.ZOO_URL + process.env.ZOO_QUERY);
    console.log('GET', answer.url, answer.status); // ZOO_QUERY
    expect(answer.status).toBe(200);
  });
});
