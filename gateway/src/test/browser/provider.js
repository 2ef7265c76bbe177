// Signs in by an identity provider of another site, in headless Chromium, and prints what there was to see as JSON.
// Argument: what to do, as JSON: address, provider, language, pictures, texts (of the console), people (subject and claims).

const { mkdirSync, readFileSync } = require('node:fs');
const { chromium } = require('playwright-core');

const wanted = JSON.parse(process.argv[2]);
const seen = { faults: [], findings: [] };

/** What Chromium would otherwise ask of the internet by itself. */
const alone = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

async function main() {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: alone });
  try {
    const context = await browser.newContext({ locale: wanted.language === 'zh' ? 'zh-CN' : 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => seen.faults.push(error.message));
    page.on('console', line => line.type() === 'error' && page.url().startsWith(wanted.address)
      && !line.text().startsWith('Failed to load resource') && seen.faults.push(line.text()));
    await context.route(
      url => !url.href.startsWith(wanted.address) && !url.href.startsWith(wanted.provider), route => route.abort());

    await page.goto(`${wanted.address}/console/stores`);
    await button(page).waitFor();
    await look(page, 'provider-sign-in');
    await goThere(page, wanted.people.stranger);
    await page.getByText(wanted.texts.noGroup).waitFor();
    seen.refusedAt = new URL(page.url()).search;
    await look(page, 'provider-no-group');

    await goThere(page, wanted.people.known);
    await page.getByRole('navigation', { name: wanted.texts.menu }).waitFor();
    seen.cameBackTo = new URL(page.url()).pathname;
    seen.cookies = (await context.cookies(wanted.address)).map(it => `${it.name} ${it.sameSite} ${it.httpOnly}`);
    await page.reload();
    await page.getByRole('button', { name: wanted.people.known.name }).click();
    await page.getByText(wanted.texts.signOut, { exact: true }).click();
    await page.getByText(wanted.texts.signedOut).waitFor();
    await look(page, 'provider-signed-out');
    seen.sessionAfter = (await page.request.get(`${wanted.address}/v1/session`)).status();
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
}

const button = page => page.getByRole('link', { name: wanted.texts.button });

/** Goes to the provider's page, says who one is, and comes back. */
async function goThere(page, person) {
  await button(page).click();
  await page.waitForURL(`${wanted.provider}/**`);
  await page.locator('input[name=username]').fill(person.subject);
  await page.locator('textarea[name=claims]').fill(JSON.stringify(person.claims));
  await page.locator('input[type=submit]').click();
  await page.waitForURL(`${wanted.address}/console/**`);
}

/** Notes serious findings of axe, and takes a picture. */
async function look(page, name) {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  seen.findings.push(...result.violations
    .filter(it => it.impact === 'serious' || it.impact === 'critical')
    .map(it => `${name} ${it.id}: ${it.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' ')}`));
  mkdirSync(wanted.pictures, { recursive: true });
  await page.screenshot({ path: `${wanted.pictures}/${wanted.language}-${name}.png` });
}

main().catch(error => {
  console.error(error, JSON.stringify(seen));
  process.exit(1);
});
