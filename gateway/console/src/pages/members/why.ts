import type { TFunction } from 'i18next';
import type { Schemas } from '../../api/client';
import type { Column } from '../../parts/DataTable';

type Why = Schemas['Why'];

/** What one rule gave for a line, or what it was to give and did not. */
export interface Reason {
  key: string;
  rule: string;
  lineId: string | undefined;
  points: number;
  cutBy: string | undefined;
}

/** The awards of an order, then its cuts. */
export function reasons(why: Why): Reason[] {
  return [
    ...why.awards.map((it, i) => ({ key: `award ${i}`, rule: it.rule, lineId: it.lineId, points: it.points, cutBy: undefined })),
    ...(why.cuts ?? []).map((it, i) => ({ key: `cut ${i}`, rule: it.rule, lineId: undefined, points: -it.points, cutBy: it.reason })),
  ];
}

/** The columns of the reasons; that of the line only where the order has lines. */
export function reasonColumns(t: TFunction, rows: Reason[]): Column<Reason>[] {
  return [
    { key: 'rule', title: t('members:why.rule'), show: (it) => t(`members:why.rules.${it.rule}`, { defaultValue: it.rule }), csv: (it) => it.rule },
    ...(rows.some((it) => it.lineId !== undefined) ? [{ key: 'line', title: t('members:why.line'), show: (it: Reason) => it.lineId ?? '–', csv: (it: Reason) => it.lineId }] : []),
    { key: 'points', title: t('members:points'), points: (it) => it.points },
    {
      key: 'what',
      title: t('members:what'),
      show: (it) => (it.cutBy === undefined ? t('members:why.gave') : t(`members:why.cut.${it.cutBy}`, { defaultValue: it.cutBy })),
      csv: (it) => it.cutBy ?? '',
    },
  ];
}
