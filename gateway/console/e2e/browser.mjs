import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MODULE, until } from './gateway.mjs';

const CHROMIUM = '/usr/bin/chromium';
const PATIENCE_MS = 20_000;
const SCREENSHOTS = join(MODULE, 'target', 'console-screenshots');
const PICTURES = join(MODULE, '..', 'docs', 'pictures');

/** What Chromium would otherwise ask of the internet by itself. */
const ALONE = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']; // prettier-ignore

/** Finds packages where NODE_PATH says, as the test in Maven does. */
const require = createRequire(import.meta.url);

/** What stands on the buttons and fields that the tests use. */
export const WORDS = {
  en: {
    program: 'Program', name: 'Name', password: 'Password', submit: 'Sign in', wrong: 'Name, password or code is wrong.', phone: 'Phone',
    search: 'Search', give: 'Give points', points: 'Points', reason: 'Reason', next: 'Continue', deed: 'Give the points',
    again: 'Send it again', menu: 'Menu', retry: 'Try again', noAnswer: 'The gateway does not answer',
    offline: 'There is no connection', forbidden: 'Your role may not open this page', available: 'Available points',
    ratings: 'Ratings', hide: 'Hide', show: 'Show',
  },
  zh: {
    program: '品牌', name: '用户名', password: '密码', submit: '登录', wrong: '用户名、密码或验证码不正确。', phone: '手机号',
    search: '查找', give: '赠送积分', points: '积分', reason: '原因', next: '下一步', deed: '确认赠送',
    again: '再次发送', menu: '菜单', retry: '重试', noAnswer: '系统没有响应',
    offline: '网络已断开', forbidden: '您的角色无权打开此页面', available: '可用积分',
    ratings: '客户评价', hide: '隐藏', show: '重新显示',
  },
}; // prettier-ignore

const LOCALES = { en: 'en-GB', zh: 'zh-CN' };

/** Headless Chromium, and the sessions of the people who have signed in. */
export class Browser {
  #states = new Map();

  constructor(chromium, address) {
    this.chromium = chromium;
    this.address = address;
  }

  static async launch(address) {
    if (!existsSync(CHROMIUM)) {
      throw new Error(`There is no ${CHROMIUM}; install Debian's package chromium, or run .ci/setup`);
    }
    const { chromium } = require('playwright-core');
    // Root may start no sandbox.
    const args = process.getuid() === 0 ? [...ALONE, '--no-sandbox'] : ALONE;
    return new Browser(await chromium.launch({ executablePath: CHROMIUM, args }), address);
  }

  close() {
    return this.chromium.close();
  }

  /** A window of somebody who has not signed in. */
  visit(options = {}) {
    return Visit.open(this, options);
  }

  /** A window of a person, who signs in once in all. */
  async visitOf(person, options = {}) {
    if (!this.#states.has(person.name)) {
      const first = await this.visit({ language: 'en' });
      await first.signIn(person);
      this.#states.set(person.name, await first.context.storageState());
      await first.close();
    }
    return Visit.open(this, { ...options, storageState: this.#states.get(person.name) });
  }
}

/** One person's window; it notes everything that should not happen in it. */
export class Visit {
  /** Errors of the page and the console, refusals of the content security policy, requests to other hosts. */
  faults = [];

  /** Answers that the test expects to fail, as the console names them; nothing else may. */
  expected = [/\/v1\/session$/];

  static async open(browser, { language = 'en', width = 1280, height = 720, storageState }) {
    const visit = new Visit();
    visit.browser = browser;
    visit.language = language;
    visit.words = WORDS[language];
    visit.size = `${width}x${height}`;
    visit.context = await browser.chromium.newContext({
      locale: LOCALES[language],
      viewport: { width, height },
      ...(storageState === undefined ? {} : { storageState }),
    });
    // The policy's own event, because a report is not always an error of the console.
    await visit.context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
      ),
    );
    visit.page = await visit.context.newPage();
    visit.page.setDefaultTimeout(PATIENCE_MS);
    visit.#watch(browser.address);
    return visit;
  }

  #watch(address) {
    this.page.on('pageerror', (error) => this.faults.push(`error: ${error.message}`));
    this.page.on('console', (line) => {
      const of = line.location().url;
      if (line.type() === 'error' && !(line.text().startsWith('Failed to load resource') && this.expected.some((it) => it.test(of)))) {
        this.faults.push(`console: ${line.text()} ${of}`);
      }
    });
    this.page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${address}/`) && !/^(blob|data):/.test(url)) {
        this.faults.push(`elsewhere: ${url}`);
      }
    });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Fills the sign-in form in and sends it. */
  async trySignIn({ name, password }) {
    await this.page.getByLabel(this.words.name, { exact: true }).fill(name);
    await this.page.getByLabel(this.words.password, { exact: true }).fill(password);
    await this.button(this.words.submit).click();
  }

  async signIn(person) {
    await this.page.goto(`${this.browser.address}/`);
    await this.trySignIn(person);
    await this.menu().waitFor();
  }

  menu() {
    return this.page.getByRole('navigation', { name: this.words.menu });
  }

  /** The addresses of the menu. */
  async menuPaths() {
    await this.menu().locator('a').first().waitFor();
    return this.menu()
      .locator('a')
      .evaluateAll((all) => all.map((link) => new URL(link.href).pathname.replace('/console/', '')));
  }

  /** Opens a page by its address, and waits until it shows what it has. */
  async open(path) {
    await this.page.goto(`${this.browser.address}/console/${path}`);
    await this.page.locator('#content h1').first().waitFor();
    await this.settled();
  }

  /** Waits until nothing is loading or moving any more. */
  async settled() {
    await this.page.waitForFunction(() => document.querySelector('.ant-spin-spinning, .ant-skeleton-active') === null);
    await this.page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity)
          .map((animation) => animation.finished.then(() => true, () => false)),
      ),
    );
  }

  /** Serious and critical findings of axe on the page as it is. */
  async findings() {
    await this.page.evaluate(AXE.source);
    const { violations } = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return violations
      .filter((it) => it.impact === 'serious' || it.impact === 'critical')
      .map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' ')}`); // prettier-ignore
  }

  /** Whether the page is wider than its window, so that people would have to move it sideways. */
  overflows() {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  }

  /** @param fullPage whether the picture has all of the page, not only what the window shows */
  screenshot(name, { fullPage = false } = {}) {
    return this.#picture(join(SCREENSHOTS, `${name}-${this.language}-${this.size}.png`), fullPage);
  }

  /** Writes a picture of the documentation, where the caller of the tests wants that. */
  async pictureForDocs(name) {
    if (process.env.CONSOLE_PICTURES === 'true') {
      await this.#picture(join(PICTURES, `console-${name}.png`));
    }
  }

  async #picture(path, fullPage = false) {
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path, fullPage });
  }

  /** Waits for a fault. */
  sees(pattern) {
    return until(`a fault like ${pattern}`, PATIENCE_MS, () => this.faults.some((fault) => pattern.test(fault)));
  }

  /** Closes the window, in which nothing may have gone wrong. */
  async close() {
    await this.context.close();
    assert.deepEqual(this.faults, []);
  }
}

const AXE = {
  get source() {
    return readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  },
};
