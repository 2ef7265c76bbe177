/** Texts of the console by language. A page brings its own, in `texts.ts` beside it. */
export type Texts = { [key: string]: string | Texts };

export interface TextsOfPage {
  en: Texts;
  zh: Texts;
}

interface Module {
  /** The name under which the texts are found: `members` for `t('members:title')`. */
  namespace: string;
  en: Texts;
  zh: Texts;
}

const modules = import.meta.glob<Module>(['./common.ts', './fields.ts', '../pages/*/texts.ts'], { eager: true });

export const allTexts: Record<string, TextsOfPage> = Object.fromEntries(
  Object.values(modules).map(({ namespace, en, zh }) => [namespace, { en, zh }]),
);

export type Language = 'en' | 'zh';

/** The first of the browser's languages that the console has; English if there is none. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const each of languages) {
    const language = each.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'zh') {
      return language;
    }
  }
  return 'en';
}
