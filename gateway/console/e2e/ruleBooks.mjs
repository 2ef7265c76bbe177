import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './gateway.mjs';

/** A publication is in force 40 seconds later. */
const IN_FORCE_WITHIN_MS = 90_000;

const HOURS = 3_600_000;
const SHANGHAI_MS = 8 * HOURS;

/** Marketing plans how orders earn. */
export function ruleBooks(it) {
  const open = async (person, path, options) => {
    const visit = await it.browser.visitOf(it.chain.staff[person], options);
    await visit.open(path);
    return visit;
  };

  test('marketing drafts a book from the one in force, mends a fault, publishes it for a time and withdraws it', async () => {
    await it.chain.call('POST', '/v1/rule-books', { ruleBookId: 'spring', base: { points: 1, perAmount: 100 } });
    await it.chain.call('POST', '/v1/rule-books/spring/publish', {});
    await until('the book to be in force', IN_FORCE_WITHIN_MS, async () => (await it.chain.call('GET', '/v1/program')).ruleBookInForce?.ruleBookId === 'spring');

    const visit = await open('marketing', 'rule-books');
    const { page } = visit;
    const dialog = page.getByRole('dialog');
    const apply = async () => {
      await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await visit.button('New draft').click();
    await dialog.getByText('spring').waitFor();
    await dialog.getByLabel('Id of the new rule book', { exact: true }).fill('summer');
    await dialog.getByLabel('Title', { exact: true }).fill('Summer');
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByRole('button', { name: 'New draft', exact: true }).click();
    await page.getByRole('heading', { name: 'Summer · summer' }).waitFor();

    const json = page.getByLabel('The document as JSON', { exact: true });
    await visit.button('Edit: Base ratio').click();
    await dialog.getByLabel('Points', { exact: true }).fill('2');
    await apply();
    assert.equal(JSON.parse(await json.inputValue()).base.points, 2);
    await page.getByText('2 points for each ¥1.00').first().waitFor();

    await visit.button('New promotion').click();
    await dialog.getByLabel('Id', { exact: true }).fill('nights');
    await dialog.getByLabel('Factor', { exact: true }).fill('2');
    await dialog.getByLabel('From', { exact: true }).fill('2027-06-01T00:00');
    await dialog.getByLabel('Until', { exact: true }).fill('2027-07-01T00:00');
    await dialog.getByLabel('Weekdays', { exact: true }).fill('Sat');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Hours', { exact: true }).fill('20:00-24:00');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Points for an order', { exact: true }).fill('500');
    await visit.settled();
    assert.deepEqual(await visit.findings(), []);
    await visit.screenshot('rule-book-promotion');
    await apply();
    const { promotions } = JSON.parse(await json.inputValue());
    assert.deepEqual(promotions, [
      { id: 'nights', multiply: '2', when: { from: '2027-06-01T00:00:00+08:00', to: '2027-07-01T00:00:00+08:00', weekdays: ['sat'], hours: [{ from: '20:00', to: '24:00' }] }, cap: { perOrder: 500 } },
    ]);
    await page.getByText('Nothing is wrong with it.').waitFor();

    await json.fill((await json.inputValue()).replace('"multiply": "2"', '"multiply": "0.5"'));
    await page.getByRole('button', { name: /^Line \d+ · \/promotions\/0\/multiply$/ }).waitFor();
    assert.equal(await visit.button('Save draft').isDisabled(), true);
    assert.equal(await visit.button('Edit: Base ratio').isDisabled(), true);
    await visit.settled();
    await visit.screenshot('rule-book-fault');
    assert.deepEqual(await visit.findings(), []);
    await page.getByRole('button', { name: /multiply$/ }).click();
    assert.equal(await json.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), '"0.5"');
    await page.keyboard.type('"3"');
    await page.getByText('3 × points').first().waitFor();
    assert.equal(await visit.button('Publish').isDisabled(), true); // What is published is what is saved.
    await visit.button('Save draft').click();
    await visit.page.getByRole('region', { name: 'Changes that are not saved' }).waitFor({ state: 'detached' });

    const differences = page.getByRole('region', { name: 'Differences from the book in force, spring' });
    await differences.getByText('Base ratio: points 2, before 1').waitFor();
    await differences.getByText(/^Promotion nights: added/).waitFor();
    await visit.button('Publish').click();
    await dialog.getByText('At a time', { exact: true }).click();
    const later = new Date(Date.now() + 48 * HOURS + SHANGHAI_MS).toISOString().slice(0, 16);
    await dialog.getByLabel('In force from', { exact: true }).fill(later);
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByText(/^From .* on all orders earn by summer/).waitFor();
    await dialog.getByText('Base ratio: points 2, before 1').waitFor();
    await visit.settled();
    await visit.screenshot('rule-book-publish');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await visit.button('Withdraw publication 2').waitFor();
    const { items } = await it.chain.call('GET', '/v1/rule-book-timeline');
    assert.deepEqual([items[0].ruleBookId, Date.parse(items[0].inForceFrom)], ['summer', Date.parse(`${later}:00Z`) - SHANGHAI_MS]);
    assert.equal(await json.evaluate((area) => area.readOnly), true);

    await page.getByRole('link', { name: 'Rule books' }).click();
    const timeline = page.getByRole('list', { name: 'In force' });
    await timeline.getByRole('listitem').filter({ hasText: 'summer' }).getByText('Scheduled').waitFor();
    await timeline.getByRole('listitem').filter({ hasText: 'spring' }).getByText('In force').waitFor();
    await visit.settled();
    await visit.screenshot('rule-books-scheduled');
    await timeline.getByRole('link', { name: 'summer' }).click();
    await visit.button('Withdraw publication 2').click();
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    assert.notEqual((await it.chain.call('GET', '/v1/rule-book-timeline')).items[0].withdrawnAt, undefined);
    await visit.close();
  });

  test('a text that is no JSON is said to be none, at its line, and what was typed is not lost without a question', async () => {
    const visit = await open('marketing', 'rule-books/winter');
    const json = visit.page.getByLabel('The document as JSON', { exact: true });
    await json.fill('{\n  "ruleBookId": "winter",\n  "base": {"points": 1, "points": 2, "perAmount": 100}\n}');
    await visit.page.getByRole('button', { name: 'Line 3', exact: true }).waitFor();
    await visit.page.getByText('This field is there twice.').waitFor();
    await visit.page.getByRole('link', { name: 'Stores' }).click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
    await visit.button('Discard').click();
    await visit.button('Discard').waitFor({ state: 'detached' });
    assert.equal(JSON.parse(await json.inputValue()).promotions.length, it.chain.ruleBook.promotions.length);
    await visit.close();
  });

  test('of two people who change a draft, the second is asked whose is to stay', async () => {
    const book = { ruleBookId: 'both', base: { points: 1, perAmount: 100 } };
    await it.chain.call('POST', '/v1/rule-books', book);
    const visit = await open('marketing', 'rule-books/both');
    visit.expected.push(/\/v1\/rule-books\/both$/);
    const edit = async (points) => {
      await visit.button('Edit: Base ratio').click();
      await visit.page.getByRole('dialog').getByLabel('Points', { exact: true }).fill(points);
      await visit.page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).click();
    };
    await edit('5');
    await it.chain.call('PUT', '/v1/rule-books/both', { ...book, title: 'Of another' });
    await visit.button('Save draft').click();
    await visit.page.getByText('Somebody else has changed this draft').waitFor();
    assert.equal((await it.chain.call('GET', '/v1/rule-books/both')).document.base.points, 1);
    await visit.button('Take theirs').click();
    await visit.page.getByRole('heading', { name: 'Of another · both' }).waitFor();
    assert.equal(await visit.button('Save draft').count(), 0);
    await edit('6');
    await visit.button('Save draft').click();
    await visit.page.getByRole('region', { name: 'Changes that are not saved' }).waitFor({ state: 'detached' });
    assert.deepEqual((await it.chain.call('GET', '/v1/rule-books/both')).document, { ...book, base: { points: 6, perAmount: 100 }, title: 'Of another' });
    await visit.close();
  });

  test('who may not change rule books reads them', async () => {
    const visit = await open('auditor', 'rule-books/winter');
    await visit.page.getByText('Your role may read rule books.').waitFor();
    for (const name of ['Edit: Base ratio', 'New promotion', 'Publish', 'Copy as a new draft', 'Delete the draft']) {
      assert.equal(await visit.button(name).count(), 0, name);
    }
    assert.equal(await visit.page.getByLabel('The document as JSON', { exact: true }).evaluate((area) => area.readOnly), true);
    await visit.open('rule-books');
    assert.equal(await visit.button('New draft').count(), 0);
    await visit.close();
  });

  for (const language of ['en', 'zh']) {
    test(`rule books are read on a phone (${language})`, async () => {
      const visit = await open('marketing', 'rule-books', { language, width: 390, height: 844 });
      for (const path of ['rule-books', 'rule-books/winter', 'products']) {
        await visit.open(path);
        await visit.screenshot(`${path.replaceAll('/', '-')}-phone`, { fullPage: true });
        assert.equal(await visit.overflows(), false, path);
        assert.deepEqual(await visit.findings(), []);
      }
      await visit.close();
    });
  }
}
