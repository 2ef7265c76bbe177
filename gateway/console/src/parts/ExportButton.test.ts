import { expect, test } from 'vitest';
import { csvOf } from './ExportButton';
import { shown } from './numbers';

test('a file has times of the program and money in yuan, and no columns of buttons', () => {
  const row = { at: '2026-11-29T16:30:00Z', amount: 12850, points: -5, name: '=1+1' };
  const columns = [
    { key: 'at', title: 'When', time: (it: typeof row) => it.at },
    { key: 'amount', title: 'Amount', money: (it: typeof row) => it.amount },
    { key: 'points', title: 'Points', points: (it: typeof row) => it.points },
    { key: 'name', title: 'Name', show: () => 'shown', csv: (it: typeof row) => it.name },
    { key: 'do', title: 'Actions', show: () => 'a button' },
  ];
  expect(csvOf(columns, [row], shown('zh-CN', 'CNY', 'Asia/Shanghai'))).toBe(
    "\uFEFFWhen (Asia/Shanghai),Amount (CNY),Points,Name\r\n2026-11-30 00:30:00,128.50,-5,'=1+1\r\n",
  );
});
