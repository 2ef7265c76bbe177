import { expect, test } from 'vitest';
import { codeOf, grouped, personMenu } from './personMenu';

test('people of the identity provider have no items for a password and a second factor', () => {
  expect(personMenu({ signInBy: ['oidc'] })).toEqual(['out', 'everywhere']);
});

test('people with a password have them, also when they sign in by the provider too', () => {
  const all = ['password', 'secondFactor', 'out', 'everywhere'];
  expect(personMenu({ signInBy: ['password'] })).toEqual(all);
  expect(personMenu({ signInBy: ['password', 'oidc'] })).toEqual(all);
});

test('a secret is shown in groups of four, without a space at its end', () => {
  expect(grouped('ABCDEFGH')).toBe('ABCD EFGH');
  expect(grouped('ABCDEFGHI')).toBe('ABCD EFGH I');
});

test('a code may be typed as the authenticator shows it', () => {
  expect(codeOf(' 123 456')).toBe('123456');
  expect(codeOf('12a456')).toBe('12a456');
});
