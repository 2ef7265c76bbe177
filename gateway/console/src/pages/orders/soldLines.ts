import type { TFunction } from 'i18next';
import type { Schemas } from '../../api/client';
import type { Column } from '../../parts/DataTable';
import type { Shown } from '../../parts/numbers';

type Transaction = Schemas['Transaction'];
type Line = Schemas['EntryLine'];

/** A line of an order as it was sold, with what its refunds took back. */
export interface SoldLine extends Line {
  back: { amount: number; points: number };
}

/** The lines of a sale. What came back of them is that of the refunds that stand. */
export function soldLines(sale: Transaction | undefined, transactions: Transaction[]): SoldLine[] {
  const standing = transactions.filter((it) => it.kind === 'refund' && it.undone === undefined);
  return (sale?.lines ?? []).map((line) => {
    const refunded = standing.flatMap((it) => it.lines ?? []).filter((it) => it.lineId === line.lineId);
    const sum = (of: 'amount' | 'points') => refunded.reduce((so, it) => so + it[of], 0);
    return { ...line, back: { amount: sum('amount'), points: sum('points') } };
  });
}

/** The columns of the lines; those of what came back only where something did. */
export function lineColumns(t: TFunction, shown: Shown, lines: SoldLine[]): Column<SoldLine>[] {
  const cameBack = lines.some((line) => line.back.amount > 0 || line.back.points > 0);
  return [
    { key: 'line', title: t('orders:line'), show: (line) => line.lineId, csv: (line) => line.lineId },
    { key: 'product', title: t('orders:product'), show: (line) => line.productId ?? '–', csv: (line) => line.productId },
    { key: 'category', title: t('orders:category'), show: (line) => line.category ?? '–', csv: (line) => line.category },
    { key: 'quantity', title: t('orders:quantity'), number: true, show: (line) => shown.points(line.quantity), csv: (line) => line.quantity },
    { key: 'amount', title: t('orders:amount'), money: (line) => line.amount },
    { key: 'points', title: t('orders:earned'), points: (line) => line.points },
    ...(cameBack
      ? [
          { key: 'backAmount', title: t('orders:backAmount'), money: (line: SoldLine) => line.back.amount },
          { key: 'backPoints', title: t('orders:backPoints'), points: (line: SoldLine) => line.back.points },
        ]
      : []),
  ];
}
