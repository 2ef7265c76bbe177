import i18next from 'i18next';
import type { TextsOfPage } from './texts';

/**
 * Adds texts that come with the code of their page, so that the first paint does not wait for them. Their module calls it when it is
 * loaded, which is before the page is shown.
 */
export function addTexts(namespace: string, texts: TextsOfPage): void {
  i18next.addResourceBundle('en', namespace, texts.en, true, true);
  i18next.addResourceBundle('zh', namespace, texts.zh, true, true);
}
