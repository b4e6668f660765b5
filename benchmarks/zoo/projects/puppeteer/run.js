// The checkout in a browser that is driven by hand: everything it says goes to the console.
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');

const env = process.env;

(async () => {
  const browser = await puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
    userDataDir: path.resolve('profile'),
  });
  const page = await browser.newPage();
  page.on('console', (message) => console.log(`[${message.type()}] ${message.text()}`));
  page.on('response', async (response) => {
    console.log(response.status(), response.url(), JSON.stringify(response.headers()));
  });
  await page.goto(env.ZOO_URL + env.ZOO_QUERY);
  await page.evaluate((text) => console.log(text), env.ZOO_STDOUT);
  await page.evaluate((text) => console.warn(text), env.ZOO_LOG);
  const body = await page.evaluate(async () => (await fetch('/profile')).text());
  fs.writeFileSync(path.join(env.OUT, 'profile.json'), body);
  fs.writeFileSync(path.join(env.OUT, 'page.html'), await page.content());
  fs.writeFileSync(path.join(env.OUT, 'page.mhtml'), (await (await page.createCDPSession()).send('Page.captureSnapshot')).data);
  await page.screenshot({ path: path.join(env.OUT, 'page.png') });
  await page.pdf({ path: path.join(env.OUT, 'page.pdf') });
  fs.writeFileSync(path.join(env.OUT, 'metrics.json'), JSON.stringify(await page.metrics()));
  await browser.close();
})();
