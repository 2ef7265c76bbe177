import assert from 'node:assert/strict';
import { test } from 'node:test';

const CALLS = /\/(v1|console)\//;

/** People keep working when the connection or the gateway comes and goes. */
export function connection(it) {
  test('a lost connection is said, and its return needs no click', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    visit.expected.push(CALLS);
    await visit.open('members');
    await loadedAhead(visit);
    await visit.context.setOffline(true);
    await visit.page.getByText(visit.words.offline).waitFor();
    await visit.menu().getByText('Stores', { exact: true }).click();
    await visit.page.waitForURL('**/stores');
    await visit.page.getByRole('heading', { name: 'Stores' }).waitFor();
    assert.equal(await visit.page.getByText('There are no stores yet').count(), 0);
    await visit.screenshot('offline');
    assert.deepEqual(await visit.findings(), []);
    await visit.context.setOffline(false);
    await visit.page.getByText(visit.words.offline).waitFor({ state: 'detached' });
    await visit.page.getByRole('cell', { name: '南京路店' }).waitFor();
    await visit.close();
  });

  test('a member that the gateway could not look up is not said to be missing', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.support);
    visit.expected.push(CALLS);
    const answer = { status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"overloaded"}' };
    await visit.page.route('**/v1/members/10001', (route) => route.fulfill(answer));
    await visit.open('members?by=memberId&q=10001');
    await visit.page.getByText('The gateway is busy').waitFor();
    assert.equal(await visit.page.getByText('No member has').count(), 0);
    await visit.page.unroute('**/v1/members/10001');
    await visit.button(visit.words.retry).click();
    await visit.page.waitForURL('**/members/10001');
    await visit.close();
  });

  test('a gateway that is killed and started again under an open page books a gift once', async () => {
    const member = await it.chain.newMember();
    const before = await it.chain.balance(member.memberId);
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    visit.expected.push(CALLS);
    await visit.open(`members/${member.memberId}`);
    await loadedAhead(visit);
    await it.gateway.kill();
    await visit.menu().getByText('Stores', { exact: true }).click();
    await visit.page.getByText(visit.words.noAnswer).first().waitFor();
    assert.equal(await visit.page.getByText('There are no stores yet').count(), 0);
    await visit.screenshot('gateway-away');
    assert.deepEqual(await visit.findings(), []);

    await visit.page.goBack();
    await visit.button(visit.words.give).click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel(visit.words.points, { exact: true }).fill('50');
    await dialog.getByLabel(visit.words.reason, { exact: true }).fill('patience');
    await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
    await visit.button(visit.words.deed).click();
    await visit.button(visit.words.again).waitFor();
    await visit.screenshot('gift-unconfirmed');

    await it.gateway.startAgain();
    await visit.button(visit.words.again).click();
    await dialog.waitFor({ state: 'detached' });
    await visit.page.locator('tbody tr.ant-table-row').filter({ hasText: 'patience' }).waitFor();
    const balance = await it.chain.balance(member.memberId);
    assert.deepEqual([balance.available, balance.sequence], [before.available + 50, before.sequence + 1]);

    await visit.menu().getByText('Stores', { exact: true }).click();
    await visit.page.getByRole('cell', { name: '南京路店' }).waitFor();
    await visit.close();
  });
}

/** Waits until the console has the files of pages that were not open yet. */
function loadedAhead(visit) {
  return visit.page.waitForFunction(() =>
    performance.getEntriesByType('resource').some((it) => /\/StoresPage[^/]*\.js$/.test(it.name) && it.responseEnd > 0),
  );
}
