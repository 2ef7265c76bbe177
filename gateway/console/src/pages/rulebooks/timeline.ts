import type { Schemas } from '../../api/client';

type Publication = Schemas['Publication'];

export type SegmentState = 'over' | 'inForce' | 'scheduled';

/** A time in which one publication is in force. */
export interface Segment {
  publication: Publication;
  state: SegmentState;
  /** When the next one comes into force; undefined for no end in sight. */
  until: string | undefined;
}

/**
 * The times of publications that count, oldest first. In force at an instant is the one with the greatest `inForceFrom` that
 * is not after it; of equal ones the later number.
 */
export function segments(publications: Publication[], now: number): Segment[] {
  const sorted = publications
    .filter((it) => it.withdrawnAt === undefined)
    .sort((one, other) => Date.parse(one.inForceFrom) - Date.parse(other.inForceFrom) || one.number - other.number);
  const counting = sorted.filter((it, i) => i === sorted.length - 1 || Date.parse(it.inForceFrom) < Date.parse(sorted[i + 1]!.inForceFrom));
  return counting.map((publication, i) => {
    const until = counting[i + 1]?.inForceFrom;
    const begun = Date.parse(publication.inForceFrom) <= now;
    return { publication, until, state: !begun ? 'scheduled' : until !== undefined && Date.parse(until) <= now ? 'over' : 'inForce' };
  });
}

/** Seconds before its instant from which on a publication is final. */
export const FINAL_S = 40;

/** Whether a publication can still be withdrawn. */
export const mayWithdraw = (it: Publication, now: number): boolean =>
  it.withdrawnAt === undefined && Date.parse(it.inForceFrom) - FINAL_S * 1_000 > now;

/** The part of a time line, from 0 to 1, that a window has; where it has no beginning or end it goes to the edge. */
export function bar(window: { from: number | undefined; to: number | undefined }, span: { from: number; to: number }): { left: number; width: number } | undefined {
  const at = (time: number) => Math.min(1, Math.max(0, (time - span.from) / (span.to - span.from)));
  const left = window.from === undefined ? 0 : at(window.from);
  const right = window.to === undefined ? 1 : at(window.to);
  return right <= left ? undefined : { left, width: Math.max(right - left, 0.01) };
}

const DAY_MS = 86_400_000;
const AHEAD_MS = 60 * DAY_MS;

/** The time that a picture of windows shows: now, and all of their beginnings and ends that are not years away. */
export function spanOf(windows: { from: number | undefined; to: number | undefined }[], now: number): { from: number; to: number } {
  const near = windows.flatMap(({ from, to }) => [from, to]).filter((it): it is number => it !== undefined && Math.abs(it - now) < 400 * DAY_MS);
  const from = Math.min(now - 7 * DAY_MS, ...near);
  const to = Math.max(near.length === 0 ? now + AHEAD_MS : now + 7 * DAY_MS, ...near);
  return { from, to: to + (to - from) * 0.03 };
}
