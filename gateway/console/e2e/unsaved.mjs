import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

const OF_CHANGES = {
  en: { stores: 'Stores', name: 'Name', bar: 'Changes that are not saved', said: 'Not saved yet: General · Name', stay: 'Stay here', leave: 'Leave without saving', discard: 'Undo my changes', save: 'Save', title: 'Leave without saving?' },
  zh: { stores: '门店', name: '名称', bar: '尚未保存的修改', said: '尚未保存：基本 · 名称', stay: '留在此页', leave: '不保存，离开', discard: '撤销我的修改', save: '保存', title: '不保存就离开？' },
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
