import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const MANY = 75; // More members than one page of a table has.

/** Two people change the same thing; tables become files; the keyboard does without a mouse. */
export function edits(it) {
  test('of two people who change the rules, the second sees what the first changed, and keeps both', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    visit.expected.push(/\/v1\/program$/);
    await visit.open('program');
    await visit.page.getByLabel('Hours in which a late order is booked by itself', { exact: true }).fill('48');

    const { programId, ...rules } = await it.chain.call('GET', '/v1/program');
    await it.chain.call('PUT', '/v1/program', { ...rules, name: 'Named by another' });
    await saveRules(visit);
    await visit.page.getByText('This is what the other person changed:').waitFor();
    await visit.page.getByText('General · Name').waitFor();
    assert.equal((await it.chain.call('GET', '/v1/program')).lateWindow, rules.lateWindow);
    await visit.settled();
    assert.deepEqual(await visit.findings(), []);
    await visit.screenshot('program-changed-meanwhile');

    await visit.button('Put my changes on top').click();
    await saveRules(visit);
    await visit.page.getByRole('dialog').waitFor({ state: 'detached' });
    const now = await it.chain.call('GET', '/v1/program');
    assert.deepEqual([now.name, now.lateWindow], ['Named by another', 'PT48H']);
    await it.chain.call('PUT', '/v1/program', rules);
    await visit.close();
  });

  test('of two people who change a store, the second is shown the name that the first gave', async () => {
    const store = { storeId: 'E2E-1', name: 'First name' };
    await it.chain.call('POST', '/v1/stores', store);
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    visit.expected.push(/\/v1\/stores\/E2E-1$/);
    await visit.open('stores/E2E-1');
    await visit.button('Change the store').click();
    await it.chain.call('PATCH', '/v1/stores/E2E-1', { name: 'Second name' });
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Third name');
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('Somebody else has changed the store.').waitFor();
    assert.equal((await it.chain.call('GET', '/v1/stores/E2E-1')).name, 'Second name');
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByText('Second name → Third name').waitFor();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await visit.page.getByRole('heading', { name: 'Third name · E2E-1' }).waitFor();
    await visit.button('Change the store').click();
    await dialog.getByLabel('Tags', { exact: true }).fill('airport');
    await visit.page.keyboard.press('Enter');
    await dialog.getByLabel('Time zone', { exact: true }).fill('Urumqi');
    await visit.page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByText('that of the program → Asia/Urumqi').waitFor();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await visit.page.locator('.ant-descriptions').getByText('Asia/Urumqi', { exact: true }).waitFor();
    assert.deepEqual((await it.chain.call('GET', '/v1/stores/E2E-1')).tags, ['airport']);
    await visit.close();
  });

  test('the keys of a store are made, shown once and revoked on its page', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.open('stores/NJ01');
    await visit.button('Make a key').click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('till of the test');
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByRole('button', { name: 'Make a key', exact: true }).click();
    const key = await visit.page.getByText(/^pk_/).innerText();
    const held = await fetch(`${it.gateway.address}/v1/members/10001/balance`, { headers: { Authorization: `Bearer ${key.trim()}` } });
    assert.equal(held.status, 200);
    await visit.button('I have kept it').click();
    const row = visit.page.getByRole('row', { name: /till of the test/ });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    assert.equal(await visit.page.getByText(key.trim()).count(), 0);
    await visit.close();
  });

  test('a file has all rows, not only those that the table has loaded, and nothing that a spreadsheet would run', async () => {
    await it.chain.call('POST', '/v1/members', { memberId: 'formula', name: '=1+1' });
    while (it.chain.members.length < MANY) {
      await it.chain.newMember();
    }
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.open('members');
    const [download] = await Promise.all([visit.page.waitForEvent('download'), exportButton(visit).click()]);
    assert.equal(download.suggestedFilename(), 'Members.csv');
    const text = readFileSync(await download.path(), 'utf8');
    assert.ok(text.startsWith('\uFEFF'));
    const [head, ...rows] = text.slice(1).trimEnd().split('\r\n');
    assert.match(head, /Member since \(Asia\/Shanghai\)/);
    const listed = rows.map((row) => row.split(',')[0]);
    assert.deepEqual(it.chain.members.filter(({ memberId }) => !listed.includes(memberId)), []);
    assert.ok(rows.some((row) => row.startsWith("formula,'=1+1,")));
    assert.deepEqual(rows.filter((row) => /(^|,)[=@]/.test(row)), []);
    await visit.close();
  });

  test('an export can be given up', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.open('members');
    const files = [];
    visit.page.on('download', (file) => files.push(file));
    let answer;
    const mayAnswer = new Promise((resolve) => (answer = resolve));
    await visit.page.route('**/v1/members?limit=200*', async (route) => {
      await mayAnswer;
      await route.continue().catch(() => undefined);
    });
    await exportButton(visit).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await visit.page.getByRole('dialog').waitFor({ state: 'detached' });
    const read = visit.page.waitForResponse(/limit=200/);
    answer();
    await read;
    await visit.settled();
    assert.equal(await visit.page.getByRole('dialog').count(), 0);
    assert.deepEqual(files, []);
    await visit.close();
  });

  test('an entry of an order opens without moving the columns, and links to what undid it', async () => {
    const [sale] = it.chain.sales;
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.open(`orders?storeId=${sale.storeId}&orderId=${sale.orderId}`);
    const column = visit.page.getByRole('columnheader', { name: 'What happened' });
    const before = await column.boundingBox();
    await visit.page.locator('.ant-table-row-expand-icon').first().click();
    await visit.page.getByText('Refunded by').waitFor();
    await visit.settled();
    assert.deepEqual(await column.boundingBox(), before);
    assert.deepEqual(await visit.findings(), []);
    await visit.page.locator('.expanded').getByRole('button', { name: new RegExp(`^${sale.memberId}-`) }).click();
    await visit.page.getByRole('dialog').getByText('An order came back').waitFor();
    await visit.close();
  });

  test('points are given with the keyboard alone', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    const { keyboard } = visit.page;
    await visit.open('members');
    await keyboard.type(member.phone.replace('+86', ''));
    await keyboard.press('Enter');
    await visit.page.waitForURL(`**/members/${member.memberId}`);
    await visit.button(visit.words.give).waitFor();
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), 'content');
    await keyboard.press('Tab');
    assert.equal(await visit.page.evaluate(() => document.activeElement.textContent), visit.words.give);
    await keyboard.press('Enter');
    await visit.page.waitForFunction(() => document.activeElement?.id === 'points');
    await keyboard.type('50');
    await keyboard.press('Tab');
    await keyboard.type('by keyboard');
    await keyboard.press('Enter');
    await visit.page.waitForFunction((deed) => document.activeElement?.textContent === deed, visit.words.deed);
    await keyboard.press('Enter');
    await visit.page.locator('tbody tr.ant-table-row').filter({ hasText: 'by keyboard' }).waitFor();
    assert.equal((await it.chain.balance(member.memberId)).available, 150);
    await visit.close();
  });
}

async function saveRules(visit) {
  await visit.button('Save').first().click();
  await visit.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
}

const exportButton = (visit) => visit.page.getByRole('button', { name: /Export CSV$/ });
