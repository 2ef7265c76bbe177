import { expect, test } from 'vitest';
import contract from '../../../src/main/resources/openapi.yaml?raw';
import { allTexts, type Texts } from './texts';

/** Problems that no deed of the console meets, and those with texts of their own at the sign-in. */
const NOT_MET = [
  'invalid_json', 'idempotency_key_missing', 'idempotency_key_invalid', 'sign_in_failed', 'code_required', 'password_change_required',
  'malformed_request', 'method_not_allowed', 'uri_too_long', 'headers_too_large', 'expectation_failed', 'order_already_processed',
  'too_much_set_aside', 'hold_not_found', 'hold_already_captured', 'hold_already_released', 'hold_expired', 'capture_exceeds_hold',
  'pending_not_found', 'pending_already_ended', 'no_exchange_rate', 'exchange_not_whole', 'pool_not_found', 'not_movable', 'not_in_pool',
  'pool_full', 'sale_reversed', 'rated_by_another', 'rating_final', 'program_exists', 'body_too_large', 'line_too_long', 'too_many_lines', 'unsupported_media_type',
]; // prettier-ignore

const names = (texts: Texts | string | undefined) => (typeof texts === 'object' ? Object.keys(texts) : []);

test('every problem that people can meet is said in their language', () => {
  const codes = /^    ProblemCode:\n(?:.*\n)*?((?: {8}- \w+\n)+)/m.exec(contract)![1]!.match(/\w+/g)!;
  expect(codes.length).toBeGreaterThan(80);
  const said = names(allTexts['common']!.zh['problem']);
  expect(codes.filter((code) => !said.includes(code) && !NOT_MET.includes(code))).toEqual([]);
  expect(NOT_MET.filter((code) => !codes.includes(code))).toEqual([]);
});

test('every fault of a field is said in both languages, with the values that it has', () => {
  const codes = /^    FieldError:\n(?:.*\n)*?          x-extensible-enum: \[\n((?: {12}[\w, ]+\n)+)/m.exec(contract)![1]!.match(/\w+/g)!;
  expect(codes.length).toBeGreaterThan(80);
  for (const texts of [allTexts['field']!.en, allTexts['field']!.zh]) {
    expect(codes.filter((code) => !names(texts).includes(code) && !names(allTexts['common']!.zh['problem']).includes(code) && !NOT_MET.includes(code))).toEqual([]);
    expect(names(texts).filter((code) => !codes.includes(code))).toEqual([]);
  }
});

test('every action of the audit trail has a name', () => {
  const actions = /x-extensible-enum: \[(program\.create[^\]]+)\]/.exec(contract)![1]!.split(', ');
  expect(actions.map((it) => it.replace('.', '_')).filter((it) => !names(allTexts['trail']!.zh['actions']).includes(it))).toEqual([]);
});
