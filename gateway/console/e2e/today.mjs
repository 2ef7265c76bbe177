import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './gateway.mjs';

const ZONE = 'Asia/Shanghai';
const WITHIN_MS = 20_000;

const dayOf = (instant) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date(instant));
const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' });
const number = new Intl.NumberFormat('en-GB');

/** The page of a day shows what the tills sold on it. */
export function today(it) {
  test('each day shows, store by store, the turnover, orders and members that the tills had', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    const days = [...new Set(it.chain.sold.map((sale) => dayOf(sale.occurredAt)))];
    for (const day of days) {
      await visit.open(`today?day=${day}`);
      const expected = sums(it.chain.sold.filter((sale) => dayOf(sale.occurredAt) === day));
      let shown = [];
      await until(`the sums of ${day}`, WITHIN_MS, async () => {
        shown = await rows(visit);
        return JSON.stringify(shown) === JSON.stringify(expected);
      }).catch(() => assert.deepEqual(shown, expected));
      await visit.page.getByRole('link', { name: 'NJ01 南京路店', exact: true }).waitFor();
    }
    await visit.close();
  });

  test('a page of today that the gateway turned away hears of events again by itself', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    visit.expected.push(/\/v1\/events/);
    const busy = { status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"overloaded"}' };
    let turnedAway = 0;
    await visit.page.route(
      (url) => url.pathname === '/v1/events',
      (route) => (turnedAway++, route.fulfill(busy)),
      { times: 1 },
    );
    await visit.open('today');
    await visit.page.getByText('Every 30 seconds', { exact: true }).waitFor();
    await visit.page.getByText('Live', { exact: true }).waitFor();
    assert.equal(turnedAway, 1);
    await visit.close();
  });
}

/** What the tills know of each store: its turnover, its orders, its members. */
function sums(sold) {
  return [...new Set(sold.map((sale) => sale.storeId))].sort().map((storeId) => {
    const own = sold.filter((sale) => sale.storeId === storeId);
    const turnover = own.reduce((sum, sale) => sum + sale.amount, 0);
    const members = new Set(own.map((sale) => sale.memberId)).size;
    return [storeId, money.format(turnover / 100), number.format(own.length), number.format(members)];
  });
}

/** The same as the page shows it. */
async function rows(visit) {
  const cells = await visit.page
    .getByRole('region', { name: 'Stores' })
    .locator('tbody tr.ant-table-row')
    .evaluateAll((all) => all.map((row) => [...row.cells].slice(0, 4).map((cell) => cell.innerText.trim())));
  const byId = cells.map(([store, ...sums]) => [store.split(' ')[0], ...sums]);
  return byId.filter(([, , orders]) => orders !== '0').sort(([one], [other]) => (one < other ? -1 : 1));
}
