import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

const CALLS = /\/v1\//;

const OF_CHANGES = {
  en: { stores: 'Stores', name: 'Name', bar: 'Changes that are not saved', said: 'Not saved yet: General · Name', stay: 'Stay here', leave: 'Leave without saving', discard: 'Undo my changes', save: 'Save', title: 'Leave without saving?', waits: (name) => `The session of ${name} has ended.` },
  zh: { stores: '门店', name: '名称', bar: '尚未保存的修改', said: '尚未保存：基本 · 名称', stay: '留在此页', leave: '不保存，离开', discard: '撤销我的修改', save: '保存', title: '不保存就离开？', waits: (name) => `${name} 的登录已失效。` },
};

/** What people have typed in is not lost without a question. */
export function unsaved(it) {
  for (const language of Object.keys(WORDS)) {
    test(`the page of the program names what is not saved, and asks before a person leaves it (${language})`, async () => {
      const words = OF_CHANGES[language];
      const visit = await it.browser.visitOf(it.chain.staff.headOffice, { language });
      await visit.open('program');
      const bar = visit.page.getByRole('region', { name: words.bar });
      assert.equal(await bar.count(), 0);
      const name = visit.page.getByLabel(words.name, { exact: true }).first();
      const before = await name.inputValue();
      await name.fill('Not saved');
      await bar.getByText(words.said).waitFor();
      assert.ok(await inWindow(bar), 'the bar is in the window, wherever the page is scrolled to');
      await visit.settled();
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('program-unsaved');

      await leave(visit, words);
      await visit.screenshot('leave');
      await visit.button(words.stay).click();
      assert.match(visit.page.url(), /\/program$/);
      assert.equal(await name.inputValue(), 'Not saved');
      const asked = visit.page.waitForEvent('dialog');
      const closing = visit.page.close({ runBeforeUnload: true });
      const dialog = await asked;
      assert.equal(dialog.type(), 'beforeunload');
      await dialog.dismiss();
      await closing;

      await bar.getByRole('button', { name: words.discard }).click();
      await bar.waitFor({ state: 'detached' });
      assert.equal(await name.inputValue(), before);
      await visit.menu().getByText(words.stores, { exact: true }).click(); // Asks nothing any more.
      await visit.page.waitForURL('**/stores');
      await visit.open('program');
      await name.fill('Not saved');
      await leave(visit, words);
      await visit.button(words.leave).click();
      await visit.page.waitForURL('**/stores');
      await visit.close();
    });
  }

  test('a form that is filled in asks before Escape throws it away, and an empty one does not', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visitOf(it.chain.staff.storeManager);
    await visit.open(`members/${member.memberId}`);
    const form = visit.page.getByRole('dialog', { name: visit.words.give });
    await visit.button(visit.words.give).click();
    await form.waitFor();
    await visit.page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    await visit.button(visit.words.give).click();
    await form.getByLabel(visit.words.points, { exact: true }).fill('50');
    await visit.page.keyboard.press('Escape');
    await visit.button('Stay here').click();
    assert.equal(await form.getByLabel(visit.words.points, { exact: true }).inputValue(), '50');
    await visit.page.keyboard.press('Escape');
    await visit.button('Leave without saving').click();
    await form.waitFor({ state: 'detached' });
    assert.equal((await it.chain.balance(member.memberId)).available, 100);
    await visit.close();
  });
}

/** What is typed in when the session ends waits for the same person. */
export function endedSessions(it) {
  for (const language of Object.keys(WORDS)) {
    test(`what was typed in waits until the same person has signed in again (${language})`, async () => {
      const member = await it.chain.newMember();
      const person = it.chain.staff.storeManager;
      const visit = await it.browser.visitOf(person, { language });
      visit.expected.push(CALLS);
      const form = await filledIn(visit, member);
      await visit.button(visit.words.next).click();
      await visit.context.clearCookies();
      await visit.button(visit.words.deed).click();

      await visit.page.getByText(OF_CHANGES[language].waits(person.name)).waitFor();
      assert.equal(await form.isVisible(), false);
      assert.equal(await visit.page.getByText(member.memberId).count(), await hidden(visit.page.getByText(member.memberId)));
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('sign-in-waits');
      await visit.trySignIn(person);
      await form.waitFor();
      assert.equal(await form.getByLabel(visit.words.points, { exact: true }).inputValue(), '50');
      await visit.settled();
      await visit.screenshot('signed-in-again');
      await visit.button(visit.words.next).click();
      await visit.button(visit.words.deed).click();
      await form.waitFor({ state: 'detached' });
      assert.equal((await it.chain.balance(member.memberId)).available, 150);
      await visit.close();
    });
  }

  test('changed rules wait for the same person, and nothing of them is left for another', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    visit.expected.push(CALLS);
    await visit.open('program');
    const name = visit.page.getByLabel('Name', { exact: true }).first();
    await name.fill('Not saved');
    await endOf(visit);
    await visit.trySignIn(it.chain.staff.headOffice);
    await visit.page.getByText('Not saved yet: General · Name').waitFor();
    assert.equal(await name.inputValue(), 'Not saved');
    await endOf(visit);
    await visit.trySignIn(it.chain.staff.marketing);
    await visit.menu().waitFor();
    await visit.settled();
    assert.notEqual(await name.inputValue(), 'Not saved');
    assert.equal(await visit.page.getByText('Not saved yet').count(), 0);
    await visit.close();
  });

  test('a password dialog with something typed in asks before it closes, and does not wait for anybody', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.auditor);
    visit.expected.push(CALLS);
    await visit.open('system'); // It asks every two seconds, and so notices that the session has ended.
    const open = async (item) => {
      await visit.page.getByRole('banner').getByRole('button', { name: it.chain.staff.auditor.name }).click();
      await visit.page.getByRole('menuitem', { name: item }).click();
    };
    for (const [item, label] of [['Change password', 'Password of now'], ['Second factor', 'Password']]) {
      await open(item);
      const field = visit.page.getByRole('dialog').getByLabel(label, { exact: true });
      await field.waitFor();
      await visit.page.keyboard.press('Escape');
      await field.waitFor({ state: 'detached' });

      await open(item);
      await field.fill('half of a passw');
      await visit.page.keyboard.press('Escape');
      await visit.button('Stay here').click();
      assert.equal(await field.inputValue(), 'half of a passw');
      await visit.page.keyboard.press('Escape');
      await visit.button('Leave without saving').click();
      await field.waitFor({ state: 'detached' });
    }
    await open('Change password');
    await visit.page.getByLabel('Password of now', { exact: true }).fill('half of a passw');
    await visit.context.clearCookies();
    await visit.button(visit.words.submit).waitFor();
    assert.equal(await visit.page.locator('#content').count(), 0);
    assert.equal(await visit.page.getByText('What was typed in is kept').count(), 0);
    await visit.close();
  });
}

/** The form of a gift with 50 points in it. */
async function filledIn(visit, member) {
  await visit.open(`members/${member.memberId}`);
  await visit.button(visit.words.give).click();
  const form = visit.page.getByRole('dialog', { name: visit.words.give });
  await form.getByLabel(visit.words.points, { exact: true }).fill('50');
  await form.getByLabel(visit.words.reason, { exact: true }).fill('typed before the end');
  return form;
}

/** The session ends, as the page notices when it saves. */
async function endOf(visit) {
  await visit.context.clearCookies();
  await visit.button('Save').first().click();
  await visit.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await visit.button(visit.words.submit).waitFor();
}

const hidden = async (found) => (await Promise.all((await found.all()).map((one) => one.isVisible()))).filter((visible) => !visible).length;

async function leave(visit, words) {
  await visit.menu().getByText(words.stores, { exact: true }).click();
  await visit.page.getByRole('dialog', { name: words.title }).waitFor();
  await visit.settled();
  assert.deepEqual(await visit.findings(), []);
}

async function inWindow(bar) {
  const box = await bar.boundingBox();
  return box.y >= 0 && box.y + box.height <= bar.page().viewportSize().height;
}
