const { defineConfig } = require('@playwright/test');

const out = process.env.OUT;

module.exports = defineConfig({
  testDir: '.',
  outputDir: `${out}/test-results`,
  retries: 1,
  workers: 1,
  use: {
    baseURL: process.env.ZOO_URL,
    trace: 'on',
    screenshot: 'on',
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
});
