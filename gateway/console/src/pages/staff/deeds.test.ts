import { expect, test } from 'vitest';
import { deedsOf } from './deeds';

const account = { staffId: 'stf_a', signInBy: ['password'], secondFactor: true };

test('a password and a second factor are dealt with only where they are kept here', () => {
  expect(deedsOf({ ...account, signInBy: ['oidc'] }, 'stf_b')).toEqual(['change']);
  expect(deedsOf({ ...account, signInBy: ['password', 'oidc'] }, 'stf_b')).toEqual(['change']);
  expect(deedsOf({ ...account, secondFactor: false }, 'stf_b')).toEqual(['change', 'reset', 'unlock']);
  expect(deedsOf(account, 'stf_b')).toEqual(['change', 'reset', 'unlock', 'removeFactor']);
});

test('head office resets nothing of its own account here', () => {
  expect(deedsOf(account, 'stf_a')).toEqual(['change']);
});
