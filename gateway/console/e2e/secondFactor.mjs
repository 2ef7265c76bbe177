import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { PASSWORD } from './chain.mjs';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** The words of the person's menu and its dialog. */
const WORDS = {
  en: { title: 'Second factor', continue: 'Continue', code: 'Code of the authenticator', on: 'Turn it on', off: 'Turn it off', picture: 'QR code of the secret',
    wrongPassword: 'This is not the password of your account', wrongCode: 'This is not a code of the new secret', sixDigits: 'Six digits', signInCode: 'Code from your phone' },
  zh: { title: '双重验证', continue: '下一步', code: '验证器的验证码', on: '启用', off: '关闭', picture: '密钥的二维码',
    wrongPassword: '密码不正确', wrongCode: '验证码不正确', sixDigits: '六位数字', signInCode: '手机验证码' },
}; // prettier-ignore

/** People set up a second factor by themselves, sign in with it and turn it off; head office removes a lost one. */
export function secondFactor(it) {
  for (const language of Object.keys(WORDS)) {
    test(`a person sets up a second factor, signs in with it and turns it off (${language})`, async () => {
      const words = WORDS[language];
      const person = await it.chain.newStaff('auditor', `factor-${language}`);
      const visit = await it.browser.visit({ language });
      visit.expected.push(/\/v1\/session\/second-factor/);
      await visit.signIn(person);

      const dialog = await opened(visit, person, words);
      await typed(dialog, visit.words.password, 'not the password', words.continue);
      await dialog.locator('.ant-form-item-explain-error').getByText(words.wrongPassword).waitFor();
      await visit.settled();
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('second-factor-password');
      await typed(dialog, visit.words.password, PASSWORD, words.continue);

      await dialog.getByRole('img', { name: words.picture, exact: true }).waitFor();
      const secret = (await dialog.locator('code').innerText()).replace(/\s/g, '');
      assert.match(secret, /^[A-Z2-7]{32}$/);
      await visit.settled();
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('second-factor-secret');
      await typed(dialog, words.code, '12345', words.on);
      await dialog.getByText(words.sixDigits, { exact: true }).waitFor();
      await typed(dialog, words.code, codeAt(secret, Date.now() - 3_600_000), words.on);
      await dialog.locator('.ant-form-item-explain-error').getByText(words.wrongCode).waitFor();
      const now = Date.now();
      const code = codeAt(secret, now);
      await typed(dialog, words.code, `${code.slice(0, 3)} ${code.slice(3)}`, words.on);
      await dialog.waitFor({ state: 'detached' });

      await visit.context.clearCookies();
      await visit.page.goto(`${it.browser.address}/`);
      await visit.trySignIn(person);
      await visit.page.getByLabel(words.signInCode, { exact: true }).fill(codeAt(secret, now + STEP_MS)); // The one before was taken.
      await visit.button(visit.words.submit).click();
      await visit.menu().waitFor();

      await opened(visit, person, words);
      await visit.screenshot('second-factor-off');
      await typed(dialog, visit.words.password, PASSWORD, words.off);
      await dialog.waitFor({ state: 'detached' });
      await visit.context.clearCookies();
      await visit.signIn(person);
      await visit.close();
    });
  }

  test('head office removes the second factor of a lost phone on the page of the staff', async () => {
    const person = await it.chain.newStaff('auditor', 'factor-lost');
    const theirs = await it.browser.visit({ language: 'en' });
    await theirs.signIn(person);
    const dialog = await opened(theirs, person, WORDS.en);
    await typed(dialog, theirs.words.password, PASSWORD, WORDS.en.continue);
    const secret = (await dialog.locator('code').innerText()).replace(/\s/g, '');
    await typed(dialog, WORDS.en.code, codeAt(secret, Date.now()), WORDS.en.on);
    await dialog.waitFor({ state: 'detached' });

    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    await visit.open('staff');
    await visit.button(`Actions for ${person.name}`).click();
    await visit.page.getByRole('menuitem', { name: 'Remove the second factor', exact: true }).click();
    const removal = visit.page.getByRole('dialog');
    await removal.getByRole('button', { name: 'Continue', exact: true }).click();
    await removal.getByRole('button', { name: 'Remove the second factor', exact: true }).click();
    await removal.waitFor({ state: 'detached' });
    await visit.close();

    await theirs.context.clearCookies();
    await theirs.signIn(person);
    await theirs.close();
  });

  test('people of an identity provider are offered neither a password nor a second factor', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.auditor);
    await visit.page.route('**/v1/session', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), signInBy: ['oidc'] } });
    });
    await visit.open('members');
    await personMenu(visit, it.chain.staff.auditor).click();
    await visit.page.getByRole('menuitem').first().waitFor();
    const items = await visit.page.locator('.ant-dropdown').getByRole('menuitem').allInnerTexts();
    assert.deepEqual(items, ['Sign out', 'Sign out on all devices']);
    await visit.close();
  });
}

/** The button with the person's name; its icon is part of the accessible name. */
const personMenu = (visit, person) => visit.page.locator('.frame-header').getByRole('button').filter({ hasText: person.name });

/** Opens the dialog by the menu of the person. */
async function opened(visit, person, words) {
  await personMenu(visit, person).click();
  await visit.page.getByRole('menuitem').filter({ hasText: new RegExp(`^${words.title}$`) }).click();
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByLabel(visit.words.password, { exact: true }).waitFor();
  await visit.settled();
  return dialog;
}

async function typed(dialog, label, text, deed) {
  await dialog.getByLabel(label, { exact: true }).fill(text);
  await dialog.locator('button[type=submit]').filter({ hasText: deed }).click();
}

/** Reckons a code as an authenticator does (RFC 6238). */
function codeAt(secret, time) {
  const bits = [...secret].map((it) => BASE32.indexOf(it).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(time / STEP_MS)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 0xf) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
