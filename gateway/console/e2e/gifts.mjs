import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

const REASON = '生日 birthday';

/** A store manager gives points. */
export function gifts(it) {
  for (const language of Object.keys(WORDS)) {
    test(`a store manager signs in, finds a member by phone and gives points (${language})`, async () => {
      const member = await it.chain.newMember();
      const visit = await it.browser.visit({ language });
      await visit.signIn(it.chain.staff.storeManager);
      await findByPhone(visit, member);
      await visit.page.getByText('100', { exact: true }).first().waitFor();
      const sent = sentGifts(visit);
      await fillIn(visit);
      await visit.screenshot('gift-effect');
      assert.deepEqual(await visit.findings(), []);
      await visit.button(visit.words.deed).dblclick();
      await seesTheGift(visit);
      assert.equal(sent.length, 1);
      assert.equal((await it.chain.balance(member.memberId)).available, 150);
      await visit.close();
    });
  }

  test('a reload while the gift is on its way, and sending it again, book it once', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    visit.expected.push(/\/gifts$/);
    await visit.open(`members/${member.memberId}`);
    const sent = sentGifts(visit);
    let booked;
    const isBooked = new Promise((resolve) => (booked = resolve));
    await visit.page.route(
      '**/gifts',
      async (route) => {
        await route.fetch(); // The gateway books it, and the page never hears of that.
        booked();
      },
      { times: 1 },
    );
    await fillIn(visit);
    await visit.button(visit.words.deed).dblclick();
    await isBooked;
    await visit.page.reload();
    await visit.button(visit.words.give).click();
    await visit.button(visit.words.again).dblclick();
    await seesTheGift(visit);
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[1], sent[0]);
    const balance = await it.chain.balance(member.memberId);
    assert.deepEqual([balance.available, balance.sequence], [150, 2]);
    await visit.close();
  });

  test('a manager of two stores gives points for one of them', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.managerOfTwo);
    await visit.open(`members/${member.memberId}`);
    await visit.button(visit.words.give).click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel(visit.words.points, { exact: true }).fill('50');
    await dialog.getByLabel(visit.words.reason, { exact: true }).fill(REASON);
    await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
    await dialog.getByText('Please fill this in').waitFor();
    await dialog.getByLabel('For which store').click();
    await visit.page.getByTitle(/^XJ02/).click();
    await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
    await visit.button(visit.words.deed).click();
    await seesTheGift(visit);
    const { items } = await it.chain.call('GET', `/v1/members/${member.memberId}/entries`);
    assert.deepEqual(items.map((entry) => entry.storeId).filter((store) => store === 'XJ02'), ['XJ02']);
    await visit.close();
  });
}

async function findByPhone(visit, member) {
  await visit.page.goto(`${visit.browser.address}/console/members`);
  await visit.page.getByRole('searchbox', { name: visit.words.phone }).fill(member.phone);
  await visit.button(visit.words.search).click();
  await visit.page.waitForURL(`**/members/${member.memberId}`);
}

/** Fills the form in up to the last button. */
async function fillIn(visit) {
  await visit.button(visit.words.give).click();
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByLabel(visit.words.points, { exact: true }).fill('50');
  await dialog.getByLabel(visit.words.reason, { exact: true }).fill(REASON);
  await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
  await visit.button(visit.words.deed).waitFor();
  assert.match(await dialog.innerText(), /100 → 150/);
  await visit.settled();
}

/** The balance and the newest line of the history show the gift. */
async function seesTheGift(visit) {
  await visit.page.getByRole('dialog').waitFor({ state: 'detached' });
  await visit.page.locator('dl', { hasText: visit.words.available }).getByText('150', { exact: true }).waitFor();
  const rows = visit.page.locator('tbody tr.ant-table-row');
  await rows.filter({ hasText: REASON }).waitFor();
  assert.match(await rows.first().innerText(), /\+50[^]*150[^]*生日 birthday/);
  assert.equal(await rows.count(), 2);
}

/** The gifts that the page sends from now on. */
function sentGifts(visit) {
  const sent = [];
  visit.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/gifts')) {
      sent.push({ key: request.headers()['idempotency-key'], body: request.postData() });
    }
  });
  return sent;
}
