import assert from 'node:assert/strict';
import { test } from 'node:test';

const REASON = 'for one of us only';

/** Two people use one browser, one after the other. */
export function people(it) {
  test('the next person in a tab sees nothing that was read for the one before', async () => {
    const [first] = it.chain.members;
    const visit = await it.browser.visit({ language: 'en' });
    visit.expected.push(/\/v1\//);
    await visit.signIn(it.chain.staff.headOffice);
    await visit.menu().getByText('Members', { exact: true }).click();
    await visit.page.getByRole('cell', { name: first.phone }).waitFor();
    await visit.context.clearCookies(); // The session ends while the page is open.
    await visit.menu().getByText('Stores', { exact: true }).click();
    await visit.button(visit.words.submit).waitFor();

    let answer;
    const mayAnswer = new Promise((resolve) => (answer = resolve));
    await visit.page.route('**/v1/members?*', async (route) => {
      await mayAnswer;
      await route.continue();
    });
    await visit.trySignIn(it.chain.staff.support);
    await visit.menu().getByText('Members', { exact: true }).click();
    await visit.page.locator('.ant-spin-spinning').first().waitFor();
    assert.equal(await visit.page.getByText(first.phone).count(), 0);
    answer();
    await visit.page.getByRole('cell', { name: first.phone }).waitFor();
    await visit.close();
  });

  test('an unsent call stays with its person: another one in the tab gets an empty form', async () => {
    const member = await it.chain.newMember();
    const visit = await it.browser.visit({ language: 'en' });
    visit.expected.push(/\/v1\//);
    await visit.signIn(it.chain.staff.storeManager);
    await visit.open(`members/${member.memberId}`);
    await visit.page.route('**/gifts', (route) => route.abort(), { times: 1 });
    await visit.button(visit.words.give).click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel(visit.words.points, { exact: true }).fill('50');
    await dialog.getByLabel(visit.words.reason, { exact: true }).fill(REASON);
    await dialog.getByRole('button', { name: visit.words.next, exact: true }).click();
    await visit.button(visit.words.deed).click();
    await visit.button(visit.words.again).waitFor();

    await visit.context.clearCookies();
    await visit.signIn(it.chain.staff.marketing);
    await visit.open(`members/${member.memberId}`);
    await visit.button(visit.words.give).click();
    await dialog.getByLabel(visit.words.points, { exact: true }).waitFor();
    assert.equal(await visit.button(visit.words.again).count(), 0);
    assert.equal(await visit.page.getByText(REASON).count(), 0);

    await visit.context.clearCookies();
    await visit.signIn(it.chain.staff.storeManager);
    await visit.open(`members/${member.memberId}`);
    await visit.button(visit.words.give).click();
    await visit.button(visit.words.again).click();
    await visit.page.locator('tbody tr.ant-table-row').filter({ hasText: REASON }).waitFor();
    assert.equal((await it.chain.balance(member.memberId)).available, 150);
    await visit.close();
  });

  test('the field of the code stays when a try with it is refused for a while', async () => {
    const visit = await it.browser.visit({ language: 'en' });
    visit.expected.push(/\/v1\//);
    const answers = [
      [401, 'code_required'],
      [429, 'too_many_attempts'],
      [401, 'sign_in_failed'],
      [503, 'overloaded'],
    ];
    await visit.page.route('**/v1/session', async (route) => {
      if (route.request().method() !== 'POST') {
        return route.continue();
      }
      const [status, code] = answers.shift();
      return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code }) });
    });
    await visit.page.goto(`${it.browser.address}/`);
    await visit.trySignIn(it.chain.staff.support);
    const code = visit.page.getByLabel('Code from your phone');
    await code.fill('123456');
    for (const said of ['Too many tries', visit.words.wrong, 'The gateway is busy']) {
      await visit.button(visit.words.submit).click();
      await visit.page.getByText(said).waitFor();
      assert.equal(await code.inputValue(), '123456');
    }
    await visit.page.getByLabel(visit.words.name, { exact: true }).fill('somebody else');
    await code.waitFor({ state: 'detached' });
    await visit.close();
  });
}
