import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

/** Bytes on the wire before people see anything: some seconds of a slow line. */
const FIRST_PAINT_BYTES_MAX = 450_000;

/** People sign in and out. */
export function signIn(it) {
  for (const language of Object.keys(WORDS)) {
    test(`a wrong password is refused with a sentence, and the right one opens the console (${language})`, async () => {
      const visit = await it.browser.visit({ language });
      const person = it.chain.staff.support;
      await visit.page.goto(`${it.browser.address}/`);
      await visit.button(visit.words.submit).waitFor();
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('sign-in');
      await visit.trySignIn({ ...person, password: 'not the password' });
      await visit.page.getByText(visit.words.wrong).waitFor();
      assert.equal(await visit.menu().count(), 0);
      assert.deepEqual(await visit.findings(), []);
      await visit.screenshot('sign-in-wrong');
      await visit.trySignIn(person);
      const [first] = await visit.menuPaths();
      await visit.page.waitForURL(`**/console/${first}`);
      await visit.page.locator('#content h1').waitFor();
      await visit.settled();
      await visit.close();
    });
  }

  test('the first paint needs little of the line', async () => {
    const visit = await it.browser.visit();
    await visit.page.goto(`${it.browser.address}/`);
    await visit.button(visit.words.submit).waitFor();
    const bytes = await visit.page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((it) => [
        new URL(it.name).pathname,
        it.encodedBodySize,
      ]),
    );
    const sum = bytes.reduce((all, [, size]) => all + size, 0);
    assert.ok(bytes.some(([path]) => path.endsWith('.js')) && sum > 100_000, `too little was measured: ${JSON.stringify(bytes)}`);
    assert.ok(sum <= FIRST_PAINT_BYTES_MAX, `${sum} bytes: ${JSON.stringify(bytes)}`);
    await visit.close();
  });

  test('a session that was ended elsewhere leads to the sign-in', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.auditor);
    visit.expected.push(/\/v1\//);
    await visit.open('members');
    await visit.context.clearCookies();
    await visit.menu().getByText('Stores', { exact: true }).click();
    await visit.button(visit.words.submit).waitFor();
    await visit.close();
  });
}
