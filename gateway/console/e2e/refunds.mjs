import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

/** Words of the page of orders and its refund. */
const OF_ORDERS = {
  en: { number: 'Order number', refund: 'Refund', deed: 'Book the refund', closed: 'Only the store that sold may take it back.', lines: 'Lines' },
  zh: { number: '订单号', refund: '退款', deed: '确认退款', closed: '只有销售门店可以退款。', lines: '按明细' },
};

/** A store takes back what another store sold, where the program lets it. */
export function refunds(it) {
  for (const language of Object.keys(WORDS)) {
    test(`a store manager takes back an order of another store, where the program lets stores do that (${language})`, async () => {
      const words = OF_ORDERS[language];
      const member = await it.chain.newMember('XJ02');
      const { orderId } = it.chain.sold.at(-1);
      const { programId, ...rules } = await it.chain.call('GET', '/v1/program');
      const visit = await it.browser.visitOf(it.chain.staff.storeManager, { language });
      await it.chain.call('PUT', '/v1/program', { ...rules, refunds: { ...rules.refunds, stores: 'selling' } });
      await visit.open(`orders?storeId=XJ02&orderId=${orderId}`);
      await visit.page.getByText(words.closed).waitFor();
      assert.equal(await visit.button(words.refund).count(), 0);

      await it.chain.call('PUT', '/v1/program', { ...rules, refunds: { ...rules.refunds, stores: 'any' } });
      await visit.open('orders');
      await visit.page.locator('#storeId').click();
      await visit.page.getByTitle(/^XJ02/).click();
      await visit.page.getByLabel(words.number, { exact: true }).fill(orderId);
      await visit.button(visit.words.search).click();
      await visit.button(words.refund).click();
      await visit.settled();
      assert.deepEqual(await visit.findings(), []);
      await visit.button(visit.words.next).click();
      await visit.page.getByRole('dialog').getByText(/100 → 0/).waitFor();
      await visit.screenshot('refund-of-another-store');
      await visit.button(words.deed).click();
      await visit.page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal((await it.chain.balance(member.memberId)).available, 0);
      const { items } = await it.chain.call('GET', `/v1/members/${member.memberId}/entries?kind=refund`);
      assert.deepEqual(items.map((entry) => entry.refundStoreId ?? entry.detail?.refundStoreId), ['NJ01']);
      await it.chain.call('PUT', '/v1/program', rules);
      await visit.close();
    });
  }
}
