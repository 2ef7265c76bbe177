import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

const REASON = '辱骂 abuse';

/** Head office hides a rating on the page of its store, and a store manager cannot. */
export function ratings(it) {
  for (const language of Object.keys(WORDS)) {
    test(`head office hides a rating with a reason and shows it again (${language})`, async () => {
      const { store, order } = await rated(it.chain, [5, 1]);
      const visit = await it.browser.visitOf(it.chain.staff.headOffice, { language });
      await visit.open(`stores/${store}`);
      const panel = panelOf(visit);
      await panel.getByText('3.00 ★').first().waitFor();
      const bad = panel.locator('tbody tr.ant-table-row', { hasText: 'word 1' });
      await bad.getByRole('button', { name: visit.words.hide, exact: true }).click();
      const dialog = visit.page.getByRole('dialog');
      await dialog.getByLabel(visit.words.reason, { exact: true }).fill(REASON);
      await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
      await visit.settled();
      assert.deepEqual(await visit.findings(), []);
      await dialog.getByRole('button', { name: visit.words.hide, exact: true }).dblclick();
      await dialog.waitFor({ state: 'detached' });
      await panel.getByText('5.00 ★').first().waitFor();
      await bad.getByText(REASON).waitFor();
      await visit.settled();
      await visit.screenshot('store-ratings');
      assert.deepEqual(await visit.findings(), []);

      await visit.open(`orders?storeId=${store}&orderId=${order}`);
      await panelOf(visit).getByText(REASON).waitFor();
      await visit.screenshot('order-rating');
      await visit.button(visit.words.show).click();
      await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
      await dialog.getByRole('button', { name: visit.words.show, exact: true }).click();
      await panelOf(visit).getByText(REASON).waitFor({ state: 'detached' });
      await visit.close();
    });
  }

  test('the list shows the ratings with so many stars', async () => {
    const { store } = await rated(it.chain, [5, 4, 5]);
    const visit = await it.browser.visitOf(it.chain.staff.auditor);
    await visit.open(`stores/${store}`);
    const rows = panelOf(visit).locator('tbody tr.ant-table-row');
    await rows.nth(2).waitFor();
    assert.equal(await rows.count(), 3);
    await panelOf(visit).getByText('5 ★', { exact: true }).click();
    await rows.filter({ hasText: 'word 4' }).waitFor({ state: 'detached' });
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2);
    assert.equal(await visit.button(visit.words.hide).count(), 0);
    await visit.close();
  });

  test('a store manager reads the ratings of the own store and hides none', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    await visit.open('stores/NJ01');
    await panelOf(visit).locator('tbody tr.ant-table-row').first().waitFor();
    assert.equal(await visit.button(visit.words.hide).count(), 0);
    await visit.open('stores/XJ02');
    assert.equal(await panelOf(visit).count(), 0);
    await visit.close();
  });
}

const panelOf = (visit) => visit.page.locator(`section.panel[aria-label="${visit.words.ratings}"]`);

/** A store with an order for each of these stars; returns its id and the number of the last order. */
async function rated(chain, stars) {
  const store = `R${chain.members.length}`;
  await chain.call('POST', '/v1/stores', { storeId: store, name: '评价店' });
  let order;
  for (const each of stars) {
    const { memberId } = await chain.newMember();
    order = `${memberId}-rated`;
    await chain.call('POST', '/v1/accruals', { memberId, storeId: store, orderId: order, occurredAt: new Date().toISOString(), amount: 500 });
    await chain.rate({ memberId, storeId: store, orderId: order }, each, `word ${each}`);
  }
  return { store, order };
}
