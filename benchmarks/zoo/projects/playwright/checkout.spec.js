const fs = require('fs');
const path = require('path');
const { expect, test } = require('@playwright/test');

test.describe('Checkout', () => {
  test('prints the receipt', async () => {
    console.log(process.env.ZOO_STDOUT);
  });

  test('loads the configuration', async () => {
    console.log(process.env.ZOO_CONFIG);
  });

  test('warns about the stock', async () => {
    console.error(process.env.ZOO_STDERR);
  });

  test('logs the gateway call', async ({ page }) => {
    await page.goto('/');
    await page.evaluate((text) => console.log(text), process.env.ZOO_LOG);
  });

  test('compares the answer', async () => {
    expect(process.env.ZOO_ACTUAL).toBe(process.env.ZOO_EXPECTED);
  });

  test('refuses the card', async () => {
    if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR);
  });

  test('stores the profile', async ({ request }, info) => {
    const answer = await request.get('/profile');
    await info.attach('profile', { body: await answer.body(), contentType: 'application/json' });
  });

  test(`accepts the login ${process.env.ZOO_PARAM}`, async ({ page }) => {
    await page.goto('/login');
    await page.getByLabel('Password').fill('');
    await page.screenshot({ path: path.join(process.env.OUT, 'login.png') });
  });

  test('opens the order page', async ({ page }) => {
    await page.goto(process.env.ZOO_QUERY);
    await expect(page.locator('h1')).toHaveText('Shop');
    fs.writeFileSync(path.join(process.env.OUT, 'page.html'), await page.content());
  });
});
