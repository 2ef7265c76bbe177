import assert from 'node:assert/strict';
import { test } from 'node:test';

const CHAIN = ['budgets'];
const EVERYBODY = ['today', 'members', 'orders', 'stores', 'program', 'rule-books', 'products'];
const REVIEWS = ['reviews', 'held-orders', 'parked-refunds'];
const ACCESS = ['keys', 'staff', 'audit-trail', 'system'];

/** The pages that each role has in its menu. */
const MENUS = {
  headOffice: [...EVERYBODY, ...CHAIN, ...REVIEWS, ...ACCESS],
  marketing: [...EVERYBODY, ...CHAIN],
  storeManager: EVERYBODY,
  support: [...EVERYBODY, ...CHAIN, ...REVIEWS],
  auditor: [...EVERYBODY, ...CHAIN, ...REVIEWS, ...ACCESS],
};

/** People see what their role may do. */
export function roles(it) {
  for (const [role, menu] of Object.entries(MENUS)) {
    test(`${role} sees its menu, and typed addresses of other pages say that they are forbidden`, async () => {
      const visit = await it.browser.visitOf(it.chain.staff[role]);
      await visit.open('members');
      assert.deepEqual((await visit.menuPaths()).sort(), [...menu].sort());
      for (const path of MENUS.headOffice.filter((each) => !menu.includes(each))) {
        await visit.page.goto(`${it.browser.address}/console/${path}`);
        await visit.page.getByText(visit.words.forbidden).waitFor();
        assert.equal(await visit.page.locator('#content h1').count(), 0);
      }
      await visit.close();
    });
  }

  test('an address of no page says so', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.page.goto(`${it.browser.address}/console/nowhere`);
    await visit.page.getByText('This page does not exist').waitFor();
    await visit.close();
  });
}
