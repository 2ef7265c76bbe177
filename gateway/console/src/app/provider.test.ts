import { beforeEach, expect, test } from 'vitest';
import { keepPage, reasonIn, takePage } from './provider';

const home = { pathname: '/console/', search: '' };

beforeEach(() => sessionStorage.clear());

test('a person comes back to the page that was wanted, once', () => {
  keepPage(sessionStorage, { pathname: '/console/members/1873', search: '?tab=lots' });
  expect(takePage(sessionStorage, home)).toBe('/console/members/1873?tab=lots');
  expect(takePage(sessionStorage, home)).toBeUndefined();
});

test('a refusal keeps the page for the next try, and is no part of it', () => {
  keepPage(sessionStorage, { pathname: '/console/stores', search: '?signIn=away&sort=name' });
  expect(takePage(sessionStorage, { pathname: '/console/', search: '?signIn=denied' })).toBeUndefined();
  expect(takePage(sessionStorage, { pathname: '/console/members', search: '' })).toBeUndefined();
  keepPage(sessionStorage, home);
  expect(takePage(sessionStorage, home)).toBe('/console/stores?sort=name');
});

test('nobody is led to a page that is none of the console', () => {
  sessionStorage.setItem('points.returnTo', 'https://evil.example/');
  expect(takePage(sessionStorage, home)).toBeUndefined();
});

test('only reasons of the list are shown', () => {
  expect(reasonIn('?signIn=noGroup')).toBe('noGroup');
  expect(reasonIn('?signIn=Call%200900')).toBeUndefined();
  expect(reasonIn('')).toBeUndefined();
});
