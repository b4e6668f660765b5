import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';

test('prints the receipt', (t) => {
  console.log(process.env.ZOO_STDOUT);
  t.pass();
});

test('loads the configuration', (t) => {
  t.log(process.env.ZOO_CONFIG);
  t.pass();
});

test('warns about the stock', (t) => {
  console.error(process.env.ZOO_STDERR);
  t.pass();
});

test('logs the gateway call', (t) => {
  t.log(process.env.ZOO_LOG);
  t.pass();
});

test('compares the answer', (t) => {
  t.is(process.env.ZOO_ACTUAL, process.env.ZOO_EXPECTED);
});

test('refuses the card', (t) => {
  if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR);
  t.pass();
});

test('stores the profile', (t) => {
  fs.writeFileSync(path.join(process.env.OUT, 'profile.json'), process.env.ZOO_BODY);
  t.pass();
});

test(`accepts the login ${process.env.ZOO_PARAM}`, (t) => {
  t.truthy(process.env.ZOO_PARAM);
});
