import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

/** Words of the page of an order. */
const OF_ORDERS = {
  en: { lines: 'Lines', head: ['Line', 'Product', 'Category', 'Quantity', 'Amount', 'Points earned', 'Amount refunded', 'Points taken back'], file: 'Export CSV' },
  zh: { lines: '明细', head: ['行', '商品', '品类', '数量', '金额', '获得积分', '已退金额', '扣回积分'], file: '导出 CSV' },
};

const LINES = [
  { lineId: '1', productId: 'P-1001', category: 'dairy', quantity: 1200, amount: 129900 },
  { lineId: '2', productId: 'P-2002', quantity: 1, amount: 2950 },
];

/** An order shows what was sold, and what came back of it. */
export function orders(it) {
  for (const language of Object.keys(WORDS)) {
    test(`an order shows each line as it was sold, and what came back of it (${language})`, async () => {
      const words = OF_ORDERS[language];
      const order = await sold(it.chain);
      const visit = await it.browser.visitOf(it.chain.staff.storeManager, { language });
      await visit.open(`orders?storeId=NJ01&orderId=${order}`);
      const lines = visit.page.locator('section').filter({ has: visit.page.getByText('P-1001') }).first();
      assert.deepEqual(await lines.getByRole('columnheader').allInnerTexts(), words.head);
      assert.deepEqual(await cells(lines), [
        ['1', 'P-1001', 'dairy', '1,200', '¥1,299.00', '1,299', '¥0.00', '0'],
        ['2', 'P-2002', '–', '1', '¥29.50', '29', '¥10.00', '9'],
      ]);
      assert.equal(await visit.overflows(), false);
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('order-lines');

      const [file] = await Promise.all([visit.page.waitForEvent('download'), lines.getByRole('button', { name: words.file }).click()]);
      const [head, ...rows] = readFileSync(await file.path(), 'utf8').slice(1).trimEnd().split('\r\n');
      assert.deepEqual(head.split(','), words.head.map((name, column) => ([4, 6].includes(column) ? `${name} (CNY)` : name)));
      assert.deepEqual(rows, ['1,P-1001,dairy,1200,1299.00,1299,0.00,0', '2,P-2002,,1,29.50,29,10.00,9']);
      await visit.close();
    });
  }
}

/** An order of two lines, of which a part of the second came back; returns its number. */
async function sold(chain) {
  const { memberId } = await chain.newMember();
  const order = { storeId: 'NJ01', orderId: `${memberId}-lines` };
  const amount = LINES.reduce((sum, line) => sum + line.amount, 0);
  await chain.call('POST', '/v1/accruals', { memberId, ...order, occurredAt: new Date().toISOString(), amount, lines: LINES });
  await chain.call('POST', '/v1/refunds', { ...order, refundId: 'R1', lines: [{ lineId: '2', amount: 1000 }] });
  return order.orderId;
}

const cells = (table) => table.locator('tbody tr.ant-table-row').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
