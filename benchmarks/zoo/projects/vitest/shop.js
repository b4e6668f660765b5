export const passwordIsStrong = (password) => password.length >= 12 && !/^[a-z]+$/i.test(password);

export const price = (cents, locale = 'de-DE') =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(cents / 100);
