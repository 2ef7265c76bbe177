import { expect, test } from 'vitest';
import i18next from 'i18next';
import { ProblemError } from '../api/problem';
import { chooseLanguage, startTexts } from '../i18n';
import { fieldText } from './ProblemView';

startTexts();

const at = (code: string, values?: Record<string, string>) => {
  const [field] = new ProblemError(422, { errors: [{ pointer: '/points', code, message: 'in English', ...(values === undefined ? {} : { values }) }] }).wrongFields;
  return fieldText(i18next, field!);
};

test.each([
  ['en', 'A whole number from 1 to 1,000,000'],
  ['zh', '须为 1 至 1,000,000 的整数'],
] as const)('a fault of a field is said in %s', (language, text) => {
  chooseLanguage(language);
  expect(at('whole_number', { min: '1', max: '1000000' })).toBe(text);
});

test('a field that alone is to blame is said as its problem', () => {
  chooseLanguage('zh');
  expect(at('identifier_taken')).toBe('手机号或卡号已属于其他会员。');
});

test('a fault of a later release is said in the words of the gateway', () => {
  chooseLanguage('zh');
  expect(at('unheard_of')).toBe('in English');
});
