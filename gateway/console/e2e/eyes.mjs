import assert from 'node:assert/strict';
import { test } from 'node:test';

/** The tests see faults: each of these is planted in a page. */
export function eyes(it) {
  const faults = {
    'an error of the page': [/^error: planted/, () => setTimeout(() => { throw new Error('planted'); })], // prettier-ignore
    'an error of the console': [/^console: planted/, () => console.error('planted')],
    'a style element, which the policy refuses': [/^console: policy: style-src/, () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))], // prettier-ignore
    'a picture of another host': [/^(elsewhere: http:\/\/192\.0\.2\.1|console: policy: img-src)/, () => { new Image().src = 'http://192.0.2.1/p.png'; }], // prettier-ignore
    'a call of another host': [/^(elsewhere: http:\/\/192\.0\.2\.1|console: policy: connect-src)/, () => void fetch('http://192.0.2.1/').catch(() => {})], // prettier-ignore
  };
  for (const [name, [pattern, plant]] of Object.entries(faults)) {
    test(`the tests see ${name}`, async () => {
      const visit = await it.browser.visit();
      await visit.page.goto(`${it.browser.address}/console/`);
      await visit.button(visit.words.submit).waitFor();
      assert.deepEqual(visit.faults, []);
      await visit.page.evaluate(plant);
      await visit.sees(pattern);
      await visit.context.close();
    });
  }

  test('the tests see what axe finds, and a page that is too wide', async () => {
    const visit = await it.browser.visit();
    await visit.page.goto(`${it.browser.address}/console/`);
    await visit.button(visit.words.submit).waitFor();
    assert.equal(await visit.overflows(), false);
    await visit.page.evaluate(() => {
      const button = document.createElement('button');
      button.style.width = '3000px';
      document.body.append(button);
    });
    assert.match((await visit.findings()).join(), /button-name/);
    assert.equal(await visit.overflows(), true);
    await visit.close();
  });
}
