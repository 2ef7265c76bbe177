// Reads /docs as a person would, in headless Chromium, and prints what there was to see as one line of JSON.
// Arguments: the gateway's address, an API key.

const { chromium } = require('playwright-core');

const [address, key] = process.argv.slice(2);

/** What Chromium would otherwise ask of the internet by itself. */
const alone = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

async function main() {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: alone });
  try {
    const page = await browser.newPage();
    const seen = { faults: [], calls: [] };
    page.on('pageerror', error => seen.faults.push(error.message));
    page.on('console', line => line.type() === 'error' && seen.faults.push(line.text()));
    page.on('request', request => request.url().startsWith(address) || seen.faults.push(request.url()));
    page.on('response', response => response.request().method() === 'POST' && seen.calls.push({
      idempotencyKey: response.request().headers()['idempotency-key'],
      status: response.status(),
    }));

    await page.goto(address + '/docs');
    await page.waitForSelector('.opblock');
    seen.operations = await operations(page);

    await page.fill('.operation-filter-input', 'correct balance');
    await page.waitForFunction(all => document.querySelectorAll('.opblock').length < all, seen.operations.length);
    seen.filtered = await operations(page);

    await page.click('.opblock-summary-control');
    await page.waitForSelector('.answer');
    seen.answers = await page.locator('.answer > td > details').evaluateAll(all => all.map(answer => ({
      name: answer.querySelector('summary').innerText,
      open: answer.open,
    })));

    await page.click('.btn.authorize');
    await page.fill('.auth-container input', key);
    await page.click('.auth-btn-wrapper .authorize');
    await page.click('.btn-done');
    await page.click('.try-out__btn');
    for (let calls = 1; calls <= 2; calls++) {
      const answered = page.waitForResponse(response => response.request().method() === 'POST');
      await page.click('.execute');
      await answered;
    }
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
}

/** The lines of the list: method, path and name. */
async function operations(page) {
  return page.locator('.opblock-summary').evaluateAll(all => all.map(operation =>
    ['method', 'path', 'description'].map(part =>
      operation.querySelector('.opblock-summary-' + part).textContent.replaceAll('\u200b', '')).join(' ')));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
