'use strict';
const fs = require('fs');
const path = require('path');

function total(basket, discount = 0) {
  const amount = Object.values(basket).reduce((sum, price) => sum + price, 0);
  if (discount > amount) throw new RangeError('discount is more than the basket is worth');
  return amount - discount;
}

const passwordIsStrong = (password) => password.length >= 12 && !/^[a-z]+$/i.test(password);

function charge() {
  if (process.env.ZOO_LEAKY) throw new Error(process.env.ZOO_ERROR);
}

function store(directory) {
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, 'profile.json'), process.env.ZOO_BODY);
  return JSON.parse(process.env.ZOO_BODY);
}

module.exports = { total, passwordIsStrong, charge, store };
