const assert = require('assert');

describe('Checkout', () => {
  it('prints the receipt', async () => {
    console.log(process.env.ZOO_STDOUT);
  });

  it('warns about the stock', async () => {
    console.error(process.env.ZOO_STDERR);
  });

  it('logs the gateway call', async () => {
    await browser.url('/');
    await browser.execute((text) => console.log(text), process.env.ZOO_LOG);
  });

  it('compares the answer', async () => {
    assert.strictEqual(process.env.ZOO_ACTUAL, process.env.ZOO_EXPECTED);
  });

  it('refuses the card', async () => {
    if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR);
  });

  it(`accepts the login ${process.env.ZOO_PARAM}`, async () => {
    await browser.url('/login');
    await (await browser.$('[name=password]')).clearValue();
  });

  it('opens the order page', async () => {
    await browser.url(process.env.ZOO_QUERY);
  });
});
