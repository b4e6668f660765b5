'use strict';
const addContext = require('mochawesome/addContext');

describe('Catalogue', function () {
  it('shows the catalogue', function () {
    addContext(this, { title: 'settings', value: { passwordField: '#password', tokenTtl: 3600, retries: 2 } });
    addContext(this, 'https://shop.example.com/help/password-reset');
  });
});
