import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './gateway.mjs';

/** A publication is in force 40 seconds later. */
const IN_FORCE_WITHIN_MS = 90_000;

/** Marketing looks at what budgets have issued. */
export function budgets(it) {
  test('a budget shows its share, its curve, its money and its stores', async () => {
    await it.chain.call('POST', '/v1/rule-books', {
      ruleBookId: 'budgeted',
      base: { points: 1, perAmount: 100 },
      promotions: [
        { id: 'gift', fixed: 60, budget: 'shared' },
        { id: 'local', fixed: 5, budget: 'local' },
      ],
      budgets: [
        { id: 'shared', limit: 'formula', marketingCost: 20_000, pointsPerUnit: { points: 1, amount: 100 }, redemptionRate: '0.5', warnAt: ['0.5', '0.9'] },
        { id: 'local', limit: 10, per: 'store' },
      ],
    });
    await it.chain.call('POST', '/v1/rule-books/budgeted/publish', {});
    await until('the book to be in force', IN_FORCE_WITHIN_MS, async () => (await it.chain.call('GET', '/v1/program')).ruleBookInForce?.ruleBookId === 'budgeted');
    await it.chain.newMember('NJ01');
    await until('the figures', 30_000, async () => (await it.chain.call('GET', '/v1/budgets/shared/days')).items.length > 0);

    for (const language of ['en', 'zh']) {
      const visit = await it.browser.visitOf(it.chain.staff.marketing, { language, width: 390, height: 800 });
      await visit.open('budgets/shared');
      await visit.page.getByText('60 %', { exact: true }).waitFor();
      await visit.page.locator('canvas').waitFor();
      await visit.settled();
      assert.deepEqual(await visit.findings(), []);
      assert.equal(await visit.overflows(), false);
      await visit.screenshot('budget-narrow');
      await visit.close();
    }

    const visit = await it.browser.visitOf(it.chain.staff.marketing);
    await visit.open('rule-books');
    await visit.page.locator('#content').getByRole('link', { name: 'Budgets', exact: true }).click();
    await visit.page.getByRole('img', { name: '60 % of the limit is issued' }).waitFor();
    await visit.settled();
    assert.deepEqual(await visit.findings(), []);
    await visit.page.getByRole('link', { name: 'local', exact: true }).click();
    await visit.page.getByRole('cell', { name: 'NJ01', exact: true }).waitFor();
    await visit.page.getByText('7 days', { exact: true }).click();
    await visit.page.locator('canvas').waitFor();
    await visit.settled();
    assert.deepEqual(await visit.findings(), []);
    await visit.screenshot('budget-of-stores');
    await visit.close();
  });
}
