import { queryOptions } from '@tanstack/react-query';
import { api, content, type Schemas } from '../../api/client';
import { pageOf, PAGE_ROWS_MAX } from '../../parts/pages';

export type Figures = Schemas['FigureReport'];
export type Sums = Schemas['Figures'];

/** The local day of the program at an instant, such as 2026-11-29. */
export function dayOf(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** The day so many days before or after this one; days of the calendar, whatever the clocks do. */
export function shift(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** The hour of the program's clock at an instant, 0 to 23. */
export function hourOf(instant: string, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(new Date(instant)));
}

/**
 * Turnover in each of 24 hours; an hour that comes twice, when clocks go back, is one.
 *
 * @param last the last hour that has begun; those after it are null, because nothing can be said of them
 */
export function byHour(figures: Figures | undefined, last = 23): (number | null)[] {
  const hours = Array.from({ length: 24 }, (_, hour): number | null => (hour <= last ? 0 : null));
  for (const item of figures?.items ?? []) {
    if (item.hour !== undefined) {
      const hour = hourOf(item.hour, figures!.timeZone);
      hours[hour] = (hours[hour] ?? 0) + item.turnover;
    }
  }
  return hours;
}

/** How much more in hundredths, against a number of another day; undefined where there is nothing to compare with. */
export function growth(now: number, before: number | undefined): number | undefined {
  return before === undefined || before === 0 ? undefined : Math.round(((now - before) / before) * 100);
}

/** How much of a number of another day there is already, in hundredths; undefined where there is nothing to compare with. */
export function share(now: number, whole: number | undefined): number | undefined {
  return whole === undefined || whole === 0 ? undefined : Math.round((now / whole) * 100);
}

/** Groups of a day that are read: more stores than the largest chain has. */
const GROUPS_MAX = 5_000;

/** Reads all pages of figures into one; its totals are those of the last page. */
export async function wholeOf(read: (cursor: string | undefined) => Promise<Figures>): Promise<Figures> {
  let page = await read(undefined);
  const items = [...page.items];
  while (page.hasMore && items.length < GROUPS_MAX) {
    page = await read(page.nextCursor ?? undefined);
    items.push(...page.items);
  }
  return { ...page, items };
}

function readFigures(by: 'hour' | 'store', day: string, storeId: string | undefined): Promise<Figures> {
  const query = { by, from: day, to: day, ...(storeId === undefined ? {} : { storeId }) };
  return wholeOf((cursor) => content(api.GET('/v1/figures', { params: { query: { ...query, ...pageOf(cursor, PAGE_ROWS_MAX) } } })));
}

/** The figures of a day, as a query. */
export const figuresQuery = (by: 'hour' | 'store', day: string, storeId: string | undefined) =>
  queryOptions({ queryKey: ['figures', by, day, storeId], queryFn: () => readFigures(by, day, storeId) });
