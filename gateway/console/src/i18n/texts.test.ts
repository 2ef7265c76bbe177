import { expect, test } from 'vitest';
import { allTexts as earlyTexts, preferredLanguage, type Texts, type TextsOfPage } from './texts';

/** Texts that come with their pages, beside the others. */
const lateTexts = Object.values(import.meta.glob<TextsOfPage & { namespace: string }>('../pages/*/lateTexts.ts', { eager: true }));

const allTexts: Record<string, TextsOfPage> = {
  ...earlyTexts,
  ...Object.fromEntries(lateTexts.map(({ namespace, en, zh }) => [`${namespace}, late`, { en, zh }])),
};


function leaves(texts: Texts, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') {
      found.set(prefix + key, value);
    } else {
      leaves(value, `${prefix}${key}.`).forEach((text, name) => found.set(name, text));
    }
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((it) => it[1]).sort();
/** Chinese has one form for all numbers. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');

test.each(Object.keys(allTexts))('the texts of %s have the same keys in both languages, none empty', (name) => {
  const en = leaves(allTexts[name]!.en);
  const zh = leaves(allTexts[name]!.zh);
  const keys = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
  expect(keys(zh)).toEqual(keys(en));
  for (const text of [...en.values(), ...zh.values()]) {
    expect(text.trim()).not.toBe('');
  }
});

test.each(Object.keys(allTexts))('the texts of %s have the same placeholders in both languages', (name) => {
  const zh = leaves(allTexts[name]!.zh);
  leaves(allTexts[name]!.en).forEach((text, key) => {
    const other = zh.get(key) ?? zh.get(`${withoutPlural(key)}_other`) ?? zh.get(withoutPlural(key));
    expect(placeholders(other ?? ''), key).toEqual(placeholders(text));
  });
});

test.each([
  [['zh-CN', 'en'], 'zh'],
  [['fr-FR', 'zh-TW', 'en'], 'zh'],
  [['en-GB', 'zh'], 'en'],
  [['de'], 'en'],
  [[], 'en'],
])('the languages %j of a browser make the console speak %s', (languages, expected) => {
  expect(preferredLanguage(languages)).toBe(expected);
});
