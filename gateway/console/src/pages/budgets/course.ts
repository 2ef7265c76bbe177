import type { Schemas } from '../../api/client';
import { shift } from '../today/figures';

export type Budget = Schemas['Budget'];
export type BudgetDays = Schemas['BudgetDays'];

/** The points that count against the limit. */
export const usedOf = ({ issued, reversed }: Pick<Budget, 'issued' | 'reversed'>): number => issued - reversed;

/** The share of a limit, in whole percent and never 100 before all of it is used. */
export function percentOf(used: number, limit: number): number {
  return limit <= 0 ? 100 : Math.max(0, Math.min(100, Math.floor((used / limit) * 100)));
}

/**
 * The course of a budget.
 *
 * @property used what counts against the limit at the end of each place; null after today
 * @property ahead what it will be by the forecast; null before today
 */
export interface Course {
  places: string[];
  used: (number | null)[];
  ahead: (number | null)[];
}

/** Days that the forecast goes on in the picture, at most. */
const AHEAD_MAX = 60;

const HOUR_MS = 3_600_000;

/** The course by day: every day of the answer up to today, then the forecast. */
export function byDay(days: BudgetDays, today: string, used: number): Course {
  const changes = new Map(days.items.map((it) => [it.day, it.issued - it.reversed]));
  const places: string[] = [];
  const sums: (number | null)[] = [];
  let sum = days.usedBefore;
  for (let day = days.from; day <= days.to && day <= today; day = shift(day, 1)) {
    sum += changes.get(day) ?? 0;
    places.push(day);
    sums.push(sum);
  }
  const ahead: (number | null)[] = sums.map((it, i) => (i === sums.length - 1 ? it : null));
  const { forecast } = days;
  if (forecast !== undefined && days.to >= today && forecast.usedAtEnd !== undefined) {
    const perDay = forecast.points / forecast.days;
    const last = forecast.endsOn;
    for (let i = 1; i <= AHEAD_MAX; i++) {
      const day = shift(today, i);
      const then = Math.min(forecast.usedAtEnd, used + perDay * i);
      places.push(day);
      sums.push(null);
      ahead.push(Math.round(then));
      if (then >= forecast.usedAtEnd || (last !== undefined && day >= last)) {
        break;
      }
    }
  }
  return { places, used: sums, ahead };
}

/** The course by hour: from the first hour in which something happened to the last one. */
export function byHour(days: BudgetDays, name: (instant: string) => string): Course {
  const places: string[] = [];
  const used: (number | null)[] = [];
  let sum = days.usedBefore;
  const changes = new Map(days.items.map((it) => [Date.parse(it.hour ?? ''), it.issued - it.reversed]));
  const hours = [...changes.keys()];
  if (hours.length > 0) {
    for (let hour = Math.min(...hours); hour <= Math.max(...hours); hour += HOUR_MS) {
      sum += changes.get(hour) ?? 0;
      places.push(name(new Date(hour).toISOString()));
      used.push(sum);
    }
  }
  return { places, used, ahead: used.map(() => null) };
}
