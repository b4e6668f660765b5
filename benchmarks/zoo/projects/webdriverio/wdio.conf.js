exports.config = {
  runner: 'local',
  specs: ['./test/*.js'],
  maxInstances: 1,
  logLevel: 'trace',
  outputDir: `${process.env.OUT}/logs`,
  baseUrl: process.env.ZOO_URL,
  capabilities: [
    {
      browserName: 'chrome',
      'goog:chromeOptions': { binary: '/usr/bin/chromium', args: ['--headless=new', '--no-sandbox'] },
      'wdio:chromedriverOptions': { binary: '/usr/bin/chromedriver' },
      'wdio:enforceWebDriverClassic': true,
    },
  ],
  framework: 'mocha',
  reporters: [
    'spec',
    ['junit', { outputDir: `${process.env.OUT}/junit`, addWorkerLogs: true }],
  ],
  mochaOpts: { ui: 'bdd', timeout: 60000 },
};
