import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { chooseLanguage, startTexts } from '../../i18n';
import { csvOf } from '../../parts/ExportButton';
import { shown } from '../../parts/numbers';
import { reasonColumns, reasons } from './why';

const yuan = shown('zh-CN', 'CNY', 'Asia/Shanghai');
const WHY = {
  ruleBookId: '2026-12',
  publication: 7,
  awards: [
    { rule: 'base', lineId: '1', points: 99 },
    { rule: 'weekend', lineId: '1', points: 30 },
  ],
  cuts: [{ rule: 'weekend', reason: 'cap', points: 69 }],
};

beforeAll(startTexts);

test('an order says what each rule gave for each line, and what a cap took', () => {
  chooseLanguage('en');
  const rows = reasons(WHY);
  expect(csvOf(reasonColumns(i18next.t, rows), rows, yuan).slice(1).trimEnd().split('\r\n')).toEqual(['Rule,Line,Points,What happened', 'base,1,99,', 'weekend,1,30,', 'weekend,,-69,cap']);
  const [rule, , , what] = reasonColumns(i18next.t, rows);
  expect(rows.map((it) => rule!.show!(it))).toEqual(['Base ratio', 'weekend', 'weekend']);
  expect(rows.map((it) => what!.show!(it))).toEqual(['Given', 'Given', 'Not given: a cap was reached']);
});

test('an order without lines has no column of lines', () => {
  chooseLanguage('zh');
  const rows = reasons({ ...WHY, awards: [{ rule: 'base', points: 99 }], cuts: [] });
  expect(reasonColumns(i18next.t, rows).map((it) => it.title)).toEqual(['规则', '积分', '说明']);
});
