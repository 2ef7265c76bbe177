import assert from 'node:assert/strict';
import { test } from 'node:test';

/** The gateway's pointers lead to the fields of forms. */
export function forms(it) {
  test('a store whose id is refused shows that at its field', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.open('stores');
    await refused(visit, 'Add a store', 'Add a store', { 'Store number': '店', Name: 'A store' }, 'Store number', /\/v1\/stores$/);
    await visit.close();
  });

  test('a phone number that is refused shows that at its field, and the member stays', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    await visit.open(`members/${member.memberId}`);
    await visit.page.getByRole('button', { name: /\bMore\b/ }).click();
    await visit.page.getByRole('menuitem', { name: 'Change name, phone, card' }).click();
    await refused(visit, undefined, 'Save', { Phone: 'none' }, 'Phone', /\/v1\/members\/[^/]+$/);
    assert.equal((await it.chain.call('GET', `/v1/members/${member.memberId}`)).phone, member.phone);
    await visit.close();
  });

  test('what is wrong with a field is said in the language of the page, the values with it', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager, { language: 'zh' });
    visit.expected.push(/\/gifts$/);
    await visit.open(`members/${member.memberId}`);
    await visit.button(visit.words.give).click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel(visit.words.points, { exact: true }).fill('9000000000000000');
    await dialog.getByLabel(visit.words.reason, { exact: true }).fill('太多');
    await visit.button(visit.words.next).click();
    await visit.button(visit.words.deed).click();
    const said = atField(dialog, visit.words.points);
    await said.waitFor();
    assert.match(await said.innerText(), /^须为 1 至 [\d,]+ 的整数$/);
    assert.doesNotMatch(await dialog.innerText(), /must be/);
    await visit.screenshot('field-refused');
    await visit.close();
  });

  test('points that nobody may give show that at their field', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    await visit.open(`members/${member.memberId}`);
    const fields = { Points: '9000000000000000', Reason: 'too many' };
    await refused(visit, 'Give points', 'Give the points', fields, 'Points', /\/gifts$/);
    assert.equal((await it.chain.balance(member.memberId)).available, 100);
    await visit.close();
  });

  test('a field that is left empty is named before anything is sent', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    await visit.open(`members/${member.memberId}`);
    await visit.button('Give points').click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel('Points', { exact: true }).fill('5');
    await visit.button('Continue').click();
    await atField(dialog, 'Reason').waitFor();
    assert.equal(await visit.button('Give the points').count(), 0);
    await visit.close();
  });
}

/** Fills a form in, sends it, and sees it come back with an error at one field and at no other. */
async function refused(visit, opener, deed, fields, wrong, call) {
  visit.expected.push(call);
  if (opener !== undefined) {
    await visit.button(opener).first().click();
  }
  const dialog = visit.page.getByRole('dialog');
  for (const [label, text] of Object.entries(fields)) {
    await dialog.getByLabel(label, { exact: true }).fill(text);
  }
  await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
  await dialog.getByRole('button', { name: deed, exact: true }).click();
  await atField(dialog, wrong).waitFor();
  assert.equal(await dialog.locator('.ant-form-item-explain-error').count(), 1);
  assert.equal(await dialog.getByLabel(wrong, { exact: true }).getAttribute('aria-invalid'), 'true');
  await visit.settled();
  assert.deepEqual(await visit.findings(), []);
}

/** The error at the field with this label. */
function atField(dialog, label) {
  return dialog.locator('.ant-form-item').filter({ has: dialog.page().getByText(label, { exact: true }) }).locator('.ant-form-item-explain-error');
}
