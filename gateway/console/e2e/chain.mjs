import { randomUUID } from 'node:crypto';

/** Numbers from 0 up to 1 that look random and are the same in every run. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const STORES = [
  ['NJ01', '南京路店'],
  ['XJ02', '徐家汇店'],
  ['PD03', '陆家嘴店'],
  ['HQ04', '虹桥店'],
];
const FAMILIES = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '周', '吴'];
const GIVEN = ['秀英', '伟', '芳', '娜', '敏', '静', '强', '磊', '洋', '艳'];
const WORDS = ['服务很好，咖啡也香', '排队有点久', '店员很热情，下次再来', undefined];
const CATEGORIES = ['咖啡', '茶饮', '糕点', '乳品', undefined];
const MEMBERS = 60;
const SALES = 240;
const SENT_AT_ONCE = 8;
const HOURS = 3_600_000;

export const PASSWORD = 'four words and a tram';

/** The people who work with the chain, by role. */
const STAFF = { headOffice: '王芳', marketing: '李娜', storeManager: '张敏', support: '陈静', auditor: '刘洋' };

/** A chain of stores with members, sales, refunds and staff, made over HTTP as tills and head office make them. */
export class Chain {
  members = [];
  sales = [];

  /** All orders that tills sent. */
  sold = [];

  constructor(address, key) {
    this.address = address;
    this.key = key;
  }

  static async open(address, key) {
    const chain = new Chain(address, key);
    for (const [storeId, name] of STORES) {
      await chain.call('POST', '/v1/stores', { storeId, name });
    }
    await chain.#enrol();
    await chain.#sell();
    await chain.#employ();
    await chain.#plan();
    return chain;
  }

  /** The same chain, called at another address. */
  through(address) {
    const chain = new Chain(address, this.key);
    return Object.assign(chain, { members: this.members, sales: this.sales, sold: this.sold, staff: this.staff });
  }

  /** Calls the API with the key of head office. */
  async call(method, path, body) {
    const response = await fetch(this.address + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.key}`,
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    if (method === 'POST' && path === '/v1/accruals') {
      this.sold.push(body);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  balance(memberId) {
    return this.call('GET', `/v1/members/${memberId}/balance`);
  }

  /** A member of the test's own, with a phone number and 100 points for an order in this store. */
  async newMember(storeId = 'NJ01') {
    const number = this.members.length;
    const member = await this.#member(`E${number}`, '张伟', `+86139${String(20_000_000 + number)}`);
    await this.call('POST', '/v1/accruals', {
      memberId: member.memberId,
      storeId,
      orderId: `E-${number}`,
      occurredAt: new Date().toISOString(),
      amount: 10_000,
    });
    return member;
  }

  async #member(memberId, name, phone, cardNumber) {
    const member = { memberId, name, phone, ...(cardNumber === undefined ? {} : { cardNumber }) };
    await this.call('POST', '/v1/members', member);
    this.members.push(member);
    return member;
  }

  async #enrol() {
    const random = seeded(1);
    const wanted = Array.from({ length: MEMBERS }, (_, number) => [
      String(10_001 + number),
      FAMILIES[Math.floor(random() * FAMILIES.length)] + GIVEN[Math.floor(random() * GIVEN.length)],
      `+86138${String(Math.floor(random() * 1_000)).padStart(3, '0')}${String(10_000 + number)}`,
      number % 3 === 0 ? `C-${String(7_000 + number)}` : undefined,
    ]);
    await several(wanted, (fields) => this.#member(...fields));
    this.members.sort((one, other) => one.memberId.localeCompare(other.memberId));
  }

  /** Sales of the last day, as they happen in shops: many small ones, some with several lines, few that come back. */
  async #sell() {
    const random = seeded(2);
    const now = Date.now();
    this.sales = Array.from({ length: SALES }, (_, number) => {
      const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, line) => ({
        lineId: String(line + 1),
        ...product(100 + Math.floor(random() * 40)),
        quantity: 1 + Math.floor(random() * 2),
        amount: 990 + 100 * Math.floor(random() ** 3 * 300),
      }));
      return {
        memberId: this.members[Math.floor(random() ** 2 * MEMBERS)].memberId,
        storeId: STORES[Math.floor(random() ** 2 * STORES.length)][0],
        orderId: String(20_261_129_0001 + number),
        terminalId: `T${1 + Math.floor(random() * 3)}`,
        occurredAt: new Date(now - Math.floor(((SALES - number) / SALES) * 23 * HOURS)).toISOString(),
        amount: lines.reduce((sum, line) => sum + line.amount, 0),
        lines,
      };
    });
    await several(this.sales, (sale) => this.call('POST', '/v1/accruals', sale));
    const [first] = this.sales;
    await several(this.sales.filter((_, number) => number % 4 === 0), (sale) => this.rate(sale, 3 + Math.floor(random() * 3), WORDS[Math.floor(random() * WORDS.length)]));
    await this.call('POST', '/v1/refunds', {
      storeId: first.storeId,
      orderId: first.orderId,
      refundId: `${first.orderId}-R1`,
      occurredAt: new Date().toISOString(),
      lines: [{ lineId: '1' }],
    });
    await this.call('POST', '/v1/refunds', {
      storeId: first.storeId,
      orderId: `${first.orderId}-late`,
      refundId: 'R1',
      occurredAt: new Date().toISOString(),
      sale: { soldAt: first.occurredAt, amount: 12_850 },
    });
  }

  /** Gives the rating of a sale, as the back end of a mini-program does. */
  rate({ memberId, storeId, orderId }, stars, text) {
    return this.call('POST', '/v1/ratings', { memberId, storeId, orderId, stars, ...(text === undefined ? {} : { text }) });
  }

  /** A person of the test's own, who has chosen a password. */
  newStaff(role, name) {
    return this.#person({ name, roles: [role] });
  }

  /** Goods, and the draft of a rule book for them. */
  async #plan() {
    const goods = Array.from({ length: 40 }, (_, number) => ({ ...product(100 + number), name: `商品 ${100 + number}`, marginClass: 'AB'[number % 2], price: 990 + 100 * number }));
    await several(goods, ({ productId, ...fields }) => this.call('PUT', `/v1/products/${productId}`, fields));
    this.ruleBook = planned();
    await this.call('POST', '/v1/rule-books', this.ruleBook);
  }

  async #employ() {
    this.staff = {};
    for (const [role, name] of Object.entries(STAFF)) {
      this.staff[role] = await this.#person({ name, roles: [role], ...(role === 'storeManager' ? { stores: ['NJ01'] } : {}) });
    }
    this.managerOfTwo = await this.#person({ name: '赵磊', roles: ['storeManager'], stores: ['NJ01', 'XJ02'] });
  }

  async #person(wanted) {
    const { name } = wanted;
    const { password } = await this.call('POST', '/v1/staff', wanted);
    const signedIn = await fetch(`${this.address}/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    const cookie = signedIn.headers.get('Set-Cookie').split(';')[0];
    const { csrfToken } = await signedIn.json();
    const changed = await fetch(`${this.address}/v1/session/password`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken, Cookie: cookie },
      body: JSON.stringify({ current: password, new: PASSWORD }),
    });
    if (!changed.ok) {
      throw new Error(`no password for ${name}: ${await changed.text()}`);
    }
    return { name, password: PASSWORD };
  }
}

/** A product of the shops, most of which have a category. */
function product(number) {
  const category = CATEGORIES[number % CATEGORIES.length];
  return { productId: `P${number}`, ...(category === undefined ? {} : { category }) };
}

/** Does something for each of many, several at once. */
async function several(all, act) {
  const rest = [...all];
  await Promise.all(
    Array.from({ length: SENT_AT_ONCE }, async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        await act(next);
      }
    }),
  );
}

const DAY = 24 * HOURS;

/** The instant so many days from now, on the hour. */
const inDays = (days) => `${new Date(Math.floor((Date.now() + days * DAY) / HOURS) * HOURS).toISOString().slice(0, 19)}Z`;

/** A rule book with all that a merchant plans for a season. */
function planned() {
  return {
    ruleBookId: 'winter',
    title: '冬季活动',
    sets: { leaders: { categories: ['乳品'], products: ['P104'] }, malls: { storeIds: ['NJ01', 'HQ04'] } },
    excluded: { categories: ['押金'] },
    rounding: { mode: 'floor' },
    base: { points: 1, perAmount: 100 },
    ratios: [
      { id: 'leaders', for: 'leaders', points: 0 },
      { id: 'a', for: { marginClasses: ['A'] }, points: 2, perAmount: 100 },
    ],
    brackets: {
      id: 'steps',
      mode: 'marginal',
      steps: [
        { upTo: 100_000, points: 1, perAmount: 100 },
        { upTo: 500_000, points: 3, perAmount: 200 },
        { points: 2, perAmount: 100 },
      ],
    },
    tierFactors: { silver: '1', gold: '1.5' },
    promotions: [
      { id: 'weekend', multiply: '2', when: { from: inDays(-10), to: inDays(25), weekdays: ['sat', 'sun'], hours: [{ from: '10:00', to: '22:00' }], stores: 'malls' }, cap: { perOrder: 500, perMember: { day: 1000 } } },
      { id: 'cakes', for: { categories: ['糕点'] }, perUnit: 5, unitsPerOrder: 10, when: { from: inDays(5), to: inDays(12), channels: ['till', 'miniProgram'] } },
      { id: 'first', fixed: 100, when: { firstPurchase: true, minimum: { amount: 5_000 } } },
      { id: 'newYear', multiply: '3', when: { from: inDays(30) } },
    ],
    caps: { perOrder: 5_000, perMember: { month: 50_000 } },
  };
}
