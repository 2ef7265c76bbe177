import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import type { Schemas } from '../../api/client';
import { chooseLanguage, startTexts } from '../../i18n';
import { csvOf } from '../../parts/ExportButton';
import { shown } from '../../parts/numbers';
import { lineColumns, soldLines } from './soldLines';

type Transaction = Schemas['Transaction'];

const MILK = { lineId: '1', productId: 'P-1001', category: '乳品', quantity: 2, amount: 9900, points: 99 };
const BREAD = { lineId: '2', productId: 'P-2002', quantity: 1, amount: 2950, points: 29 };
const yuan = shown('zh-CN', 'CNY', 'Asia/Shanghai');

const entry = (kind: string, lines: Transaction['lines'], undone?: Transaction['undone']) => ({ kind, lines, undone }) as Transaction;
const refund = (amount: number, points: number, undone?: Transaction['undone']) => entry('refund', [{ lineId: '2', amount, points }], undone);
const fileOf = (transactions: Transaction[]) => {
  const lines = soldLines(transactions[0], transactions);
  return csvOf(lineColumns(i18next.t, yuan, lines), lines, yuan).slice(1).trimEnd().split('\r\n');
};

beforeAll(startTexts);

test('an order shows what was sold, line by line', () => {
  chooseLanguage('en');
  expect(fileOf([entry('accrual', [MILK, BREAD])])).toEqual([
    'Line,Product,Category,Quantity,Amount (CNY),Points earned',
    '1,P-1001,乳品,2,99.00,99',
    '2,P-2002,,1,29.50,29',
  ]);
  chooseLanguage('zh');
  expect(fileOf([entry('accrual', [MILK])])[0]).toBe('行,商品,品类,数量,金额 (CNY),获得积分');
});

test('what came back of a line is the sum of the refunds that stand', () => {
  chooseLanguage('en');
  const reversed = { how: 'reversed', by: ['1873-45'] };
  expect(fileOf([entry('accrual', [MILK, BREAD]), refund(1000, 9), refund(500, 5), refund(1450, 15, reversed)])).toEqual([
    'Line,Product,Category,Quantity,Amount (CNY),Points earned,Amount refunded (CNY),Points taken back',
    '1,P-1001,乳品,2,99.00,99,0.00,0',
    '2,P-2002,,1,29.50,29,15.00,14',
  ]);
});

test('a line that an older node sent has no product yet', () => {
  const line = { lineId: '1', points: 99 } as Schemas['EntryLine'];
  const [sold] = soldLines(entry('accrual', [line]), []);
  expect(lineColumns(i18next.t, yuan, [sold!]).slice(0, 4).map((column) => column.show!(sold!))).toEqual(['1', '–', '–', '–']);
});
