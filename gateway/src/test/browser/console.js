// Uses the console as people do, in headless Chromium, and prints what there was to see as one line of JSON.
// Argument: what to do, as JSON: address, programId, name, password, language, width, height, task, and what the task wants.

const { mkdirSync, readFileSync } = require('node:fs');
const { chromium } = require('playwright-core');

const wanted = JSON.parse(process.argv[2]);
const seen = { faults: [], pages: {}, calls: [] };

/** What Chromium would otherwise ask of the internet by itself. */
const alone = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

const words = {
  en: { name: 'Name', password: 'Password', submit: 'Sign in', program: 'Program', find: 'Phone', search: 'Search', give: 'Give points',
    points: 'Points', reason: 'Reason', next: 'Continue', deed: 'Give the points', again: 'Send it again', menu: 'Menu' },
  zh: { name: '用户名', password: '密码', submit: '登录', program: '品牌', find: '手机号', search: '查找', give: '赠送积分',
    points: '积分', reason: '原因', next: '下一步', deed: '确认赠送', again: '再次发送', menu: '菜单' },
};
const text = words[wanted.language];

async function main() {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: alone });
  try {
    const context = await browser.newContext({
      locale: wanted.language === 'zh' ? 'zh-CN' : 'en-GB',
      viewport: { width: wanted.width ?? 1280, height: wanted.height ?? 720 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => seen.faults.push(error.message));
    page.on('console', line => line.type() === 'error' && !line.text().startsWith('Failed to load resource')
      && seen.faults.push(line.text()));
    page.on('request', request => request.url().startsWith(wanted.address) || request.url().startsWith('blob:')
      || seen.faults.push(request.url()));
    await signIn(page);
    await tasks[wanted.task](page, context);
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
}

async function signIn(page) {
  await page.goto(wanted.address + '/');
  await page.getByLabel(text.name, { exact: true }).waitFor();
  seen.startedAt = new URL(page.url()).pathname;
  if (wanted.task === 'pages') {
    await look(page, 'sign-in');
  }
  await page.getByLabel(text.program, { exact: true }).fill(wanted.programId);
  await page.getByLabel(text.name, { exact: true }).fill(wanted.name);
  await page.getByLabel(text.password, { exact: true }).fill(wanted.password);
  await page.getByRole('button', { name: text.submit, exact: true }).click();
  await page.getByRole('navigation', { name: text.menu }).waitFor();
}

const tasks = {
  /** Names the entries of the menu, and opens pages that this person may not see. */
  async menu(page) {
    await page.locator('#content h1').waitFor();
    seen.first = new URL(page.url()).pathname.replace('/console/', '');
    seen.menu = await page.getByRole('navigation', { name: text.menu }).locator('a').evaluateAll(all =>
      all.map(link => new URL(link.href).pathname.replace('/console/', '')));
    seen.refused = {};
    for (const path of wanted.refused ?? []) {
      await page.goto(`${wanted.address}/console/${path}`);
      await page.locator('#content .ant-result').waitFor();
      seen.refused[path] = await page.locator('#content h1').count();
    }
  },

  /** Finds a member by phone and gives points; the first answer is lost, and the person reloads the page. */
  async gift(page) {
    await page.goto(`${wanted.address}/console/members`);
    await page.getByRole('searchbox', { name: text.find }).fill(wanted.phone);
    await page.getByRole('button', { name: text.search, exact: true }).click();
    await page.getByRole('button', { name: text.give, exact: true }).waitFor();
    seen.member = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1));
    page.on('request', request => request.url().endsWith('/gifts')
      && seen.calls.push({ key: request.headers()['idempotency-key'], body: request.postData() }));
    if (wanted.loseAnswer) {
      await page.route('**/gifts', async route => {
        await route.fetch();
        await route.abort('connectionreset');
      }, { times: 1 });
    }
    await fillGift(page);
    await page.getByRole('button', { name: text.deed, exact: true }).dblclick();
    if (wanted.loseAnswer) {
      await page.getByRole('button', { name: text.again }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: text.give, exact: true }).click();
      await page.getByRole('button', { name: text.again }).click();
    }
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(wanted.reason).first().waitFor();
    seen.history = await page.locator('tbody tr.ant-table-row').first().innerText();
    await look(page, 'gift-done');
  },

  /** Looks at every address in the list, by the eyes of axe too, and takes its picture. */
  async pages(page) {
    for (const [name, path] of Object.entries(wanted.pages)) {
      await page.goto(`${wanted.address}/console/${path}`);
      await page.locator('#content h1').first().waitFor();
      // The feed of the first page never ends, so the network is never idle.
      await page.waitForFunction(() => !document.querySelector('#content .ant-skeleton, #content .ant-spin-spinning'));
      await look(page, name);
    }
  },
};

async function fillGift(page) {
  await page.getByRole('button', { name: text.give, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(text.points, { exact: true }).fill(String(wanted.points));
  await dialog.getByLabel(text.reason, { exact: true }).fill(wanted.reason);
  await dialog.getByRole('button', { name: text.next, exact: true }).click();
  await dialog.getByRole('button', { name: text.deed, exact: true }).waitFor();
  seen.effect = await dialog.innerText();
}

/** Notes serious findings of axe, and takes a picture. */
async function look(page, name) {
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().iterations !== Infinity)
    .map(animation => animation.finished.catch(() => {}))));
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  seen.pages[name] = result.violations
    .filter(it => it.impact === 'serious' || it.impact === 'critical')
    .map(it => `${it.id}: ${it.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' ')}`);
  mkdirSync(wanted.pictures, { recursive: true });
  await page.screenshot({
    path: `${wanted.pictures}/${wanted.language}-${wanted.width ?? 1280}-${name}.png`,
  });
}

main().catch(error => {
  console.error(error, JSON.stringify(seen));
  process.exit(1);
});
