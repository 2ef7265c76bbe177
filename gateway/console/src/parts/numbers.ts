import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SheetNumber } from './csv';
import { programQuery } from './program';

/** Decimal places of a currency's minor unit: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Money as the API has it, in the minor unit, from what a person typed in the major one. */
export function toMinor(major: number, currency: string): number {
  return Math.round(major * 10 ** minorDigits(currency));
}

export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** minorDigits(currency);
}

export interface Shown {
  points: (value: number | undefined) => string;
  signed: (value: number | undefined) => string;
  money: (minor: number | undefined) => string;
  time: (instant: string | null | undefined) => string;
  day: (instant: string | null | undefined) => string;
  /** A time for spreadsheets, which sort and reckon with it: `2026-11-29 22:53:13` by the program's clock. */
  sheetTime: (instant: string | null | undefined) => string | undefined;
  /** Money for spreadsheets: `128.50`. */
  sheetMoney: (minor: number | undefined) => SheetNumber | undefined;
  currency: string;
  timeZone: string;
}

/** Numbers, money and times as this person reads them: in the language, the program's currency and its time zone. */
export function useShown(): Shown {
  const { i18n } = useTranslation();
  const program = useQuery(programQuery).data;
  return shown(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', program?.currency ?? 'CNY', program?.timeZone ?? 'Asia/Shanghai');
}

export function shown(locale: string, currency: string, timeZone: string): Shown {
  const number = new Intl.NumberFormat(locale);
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const time = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' });
  const sheetTime = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const none = '–';
  return {
    points: (value) => (value === undefined ? none : number.format(value)),
    signed: (value) => (value === undefined ? none : signed.format(value)),
    money: (minor) => (minor === undefined ? none : money.format(toMajor(minor, currency))),
    time: (instant) => (instant ? time.format(new Date(instant)) : none),
    day: (instant) => (instant ? day.format(new Date(instant)) : none),
    sheetTime: (instant) => (instant ? sheetTime.format(new Date(instant)).replace(', ', ' ') : undefined),
    sheetMoney: (minor) => (minor === undefined ? undefined : { number: toMajor(minor, currency).toFixed(minorDigits(currency)) }),
    currency,
    timeZone,
  };
}

/** The instant at which a day of the program's calendar begins, wherever the browser is: `2026-11-29`. */
export function startOfDay(day: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const clock = (at: number) => Date.parse(`${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T')}Z`);
  let instant = wanted;
  for (let step = 0; step < 3; step++) {
    instant += wanted - clock(instant); // Twice is enough, also where the clocks change in between.
  }
  return new Date(instant).toISOString();
}
