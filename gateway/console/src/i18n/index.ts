import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { allTexts, preferredLanguage, type Language } from './texts';

const CHOSEN = 'points.language';

function startLanguage(): Language {
  const chosen = localStorage.getItem(CHOSEN);
  return chosen === 'en' || chosen === 'zh' ? chosen : preferredLanguage(navigator.languages);
}

function follow(language: string): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
}

/** Starts the texts in the language that the person chose last, else in the browser's. */
export function startTexts(): void {
  const names = Object.keys(allTexts);
  const resources = (language: Language) => Object.fromEntries(names.map((name) => [name, allTexts[name]![language]]));
  void i18next.use(initReactI18next).init({
    lng: startLanguage(),
    fallbackLng: false,
    ns: names,
    defaultNS: 'common',
    resources: { en: resources('en'), zh: resources('zh') },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  follow(i18next.language);
  i18next.on('languageChanged', follow);
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(CHOSEN, language);
  void i18next.changeLanguage(language);
}
