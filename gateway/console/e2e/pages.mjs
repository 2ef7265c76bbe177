import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORDS } from './browser.mjs';

const SIZES = [
  [1280, 720],
  [1024, 768],
];

/** The pages of the documentation's pictures. */
const PICTURES = ['today', 'member', 'orders'];

/** Every page loads, in both languages and sizes, without a fault. */
export function pages(it) {
  for (const language of Object.keys(WORDS)) {
    for (const [width, height] of SIZES) {
      test(`every page can be read by everybody (${language}, ${width}×${height})`, async () => {
        const visit = await it.browser.visitOf(it.chain.staff.headOffice, { language, width, height });
        const all = await everyPage(visit, it.chain);
        const findings = [];
        for (const [name, path] of Object.entries(all)) {
          await visit.open(path);
          await visit.screenshot(name);
          findings.push(...(await visit.findings()).map((finding) => `${name}: ${finding}`));
          if (await visit.overflows()) {
            findings.push(`${name}: wider than the window`);
          }
        }
        assert.deepEqual(findings, []);
        if (language === 'en' && width === SIZES[0][0]) {
          await takePictures(visit, all);
        }
        await visit.close();
      });
    }
  }
}

/** The pages of the menu, those that are new included, and the pages that others lead to. */
async function everyPage(visit, chain) {
  await visit.page.goto(`${visit.browser.address}/console/`);
  const menu = await visit.menuPaths();
  const [sale] = chain.sales;
  const member = `members/${encodeURIComponent(sale.memberId)}`;
  return {
    ...Object.fromEntries(menu.map((path) => [path.replaceAll('/', '-'), path])),
    member,
    lots: `${member}?tab=lots`,
    proof: `${member}?tab=proof`,
    'member-not-found': 'members?by=phone&q=13900000000',
    order: `orders?storeId=${sale.storeId}&orderId=${sale.orderId}`,
    store: `stores/${sale.storeId}`,
    'rule-book': `rule-books/${chain.ruleBook.ruleBookId}`,
    budget: 'budgets/shared',
  };
}

async function takePictures(visit, all) {
  const wanted = { ...all, orders: all.order };
  for (const name of PICTURES.filter((each) => each in wanted)) {
    await visit.open(wanted[name]);
    await visit.pictureForDocs(name);
  }
}
