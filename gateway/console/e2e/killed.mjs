import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, WORDS } from './browser.mjs';
import { Cluster } from './cluster.mjs';
import { until } from './gateway.mjs';

const CALLS = /\/v1\//;
const WITHIN_MS = 30_000;
const STORE = 'XJ02';
const REASON = 'sent to a node that is gone';

/** People keep working when one of two nodes is killed under their open pages. */
export function killed(it) {
  test('when a node is killed, Today goes on by itself, a gift is booked once, and System shows the node as lost', async (t) => {
    await it.gateway.kill(); // Its PostgreSQL stays, for the nodes.
    const cluster = await Cluster.start(it.gateway.databaseUri, it.chain.key);
    t.after(() => cluster.stop());
    const browser = new Browser(it.browser.chromium, cluster.address);
    const member = await it.chain.through(cluster.address).newMember();
    const { headOffice, storeManager } = it.chain.staff;
    const today = await open(browser, headOffice, 'today');
    await live(today).waitFor();
    const orders = await ordersOf(today);
    const system = await open(browser, headOffice, 'system');
    await system.page.getByText('All is well').waitFor();
    const gift = await open(browser, storeManager, `members/${member.memberId}`);
    await fillIn(gift);

    const { serving, other, nodeId } = await servingNode(it.chain, cluster);
    const shownAsLost = seesLost(system, nodeId);
    await serving.kill();
    await Promise.all([gift.button(gift.words.deed).click(), goesOn(today, it.chain.through(other.address), orders), shownAsLost]);
    await bookedOnce(gift, it.chain.through(other.address), member);
    await today.close();
    await system.close();
    await gift.close();
  });
}

async function open(browser, person, path) {
  const visit = await browser.visitOf(person);
  visit.expected.push(CALLS);
  await visit.open(path);
  return visit;
}

/** Listens at the other node without a click, and shows what that node takes then. */
async function goesOn(visit, chain, orders) {
  await until('Today to listen at the other node', WITHIN_MS, async () => {
    const { nodes, answeredBy } = await chain.call('GET', '/v1/system');
    return nodes.find((node) => node.nodeId === answeredBy).listeners > 0;
  });
  await live(visit).waitFor();
  await chain.newMember(STORE);
  await until('the sale that the other node took', WITHIN_MS, async () => (await ordersOf(visit)) === orders + 1);
}

/** Shows the node as lost, and still when the cluster has declared it dead and is well without it. */
async function seesLost(visit, nodeId) {
  const row = visit.page.locator('tbody tr.ant-table-row').filter({ hasText: nodeId.slice(0, 8) });
  await row.getByText(/^(Missing|Does not answer)/).waitFor({ timeout: WITHIN_MS });
  await visit.page.getByText('A node does not work. The others do its work.').waitFor();
  await visit.screenshot('node-missing');
  await row.getByText(/^Gone since /).waitFor({ timeout: WITHIN_MS });
  await visit.page.getByText(/^A node is gone: it died, or was cut off\./).waitFor();
  assert.equal(await visit.page.getByText('All is well').count(), 0);
  await visit.screenshot('node-gone');
  for (const language of Object.keys(WORDS)) {
    await visit.page.evaluate((chosen) => localStorage.setItem('points.language', chosen), language);
    await visit.open('system');
    await row.waitFor();
    const widths = await visit.page.locator('.table-scroll').first().evaluate((table) => [table.scrollWidth, table.clientWidth]);
    assert.ok(widths[0] <= widths[1], `the table of nodes is moved sideways (${language}): ${widths}`);
    await visit.screenshot(`node-gone-${language}`);
  }
}

const live = (visit) => visit.page.getByText('Live', { exact: true });

/** The number of orders that Today shows for the store; its table stays, whatever happens to the connection. */
async function ordersOf(visit) {
  const row = visit.page.getByRole('region', { name: 'Stores' }).locator('tbody tr.ant-table-row').filter({ hasText: STORE });
  return Number((await row.locator('td').nth(2).innerText()).replaceAll(',', ''));
}

/** The node to which HAProxy has sent Today's listening, and the other one. */
async function servingNode(chain, cluster) {
  let states;
  let nodeId;
  await until('a node to have the listener', WITHIN_MS, async () => {
    states = await Promise.all(cluster.nodes.map((node) => chain.through(node.address).call('GET', '/v1/system')));
    nodeId = states[0].nodes.find((node) => node.listeners > 0)?.nodeId;
    return nodeId !== undefined;
  });
  const index = states.findIndex((state) => state.answeredBy === nodeId);
  return { serving: cluster.nodes[index], other: cluster.nodes[1 - index], nodeId };
}

async function fillIn(visit) {
  await visit.button(visit.words.give).click();
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByLabel(visit.words.points, { exact: true }).fill('50');
  await dialog.getByLabel(visit.words.reason, { exact: true }).fill(REASON);
  await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
  await visit.button(visit.words.deed).waitFor();
}

/** The form has come to its end, at worst after it was sent again, and the member has the points once. */
async function bookedOnce(visit, chain, member) {
  const dialog = visit.page.getByRole('dialog');
  const again = visit.button(visit.words.again);
  await until('the gift to be booked', WITHIN_MS, async () => {
    if (await again.isVisible()) {
      await again.click();
    }
    return (await dialog.count()) === 0;
  });
  await visit.page.locator('tbody tr.ant-table-row').filter({ hasText: REASON }).waitFor();
  const { items } = await chain.call('GET', `/v1/members/${member.memberId}/entries`);
  assert.equal(items.filter((entry) => JSON.stringify(entry).includes(REASON)).length, 1);
  const balance = await chain.balance(member.memberId);
  assert.deepEqual([balance.available, balance.sequence], [150, 2]);
}
