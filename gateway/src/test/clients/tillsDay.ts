/** A till's day with the generated TypeScript client. Arguments: where the gateway is, an admin's key. */
import { deepStrictEqual as same } from 'node:assert';
import { randomUUID as key } from 'node:crypto';
import {
  AccrualRequest, BatchAnswer, BatchAnswerFromJSON, BatchesApi, ChainSetUpApi, Configuration, EarningApi, MembersApi,
  Problem, ProblemFromJSON, ResponseError, SpendingApi, TransactionsApi, UndoingApi,
} from './client';

const [basePath, accessToken] = process.argv.slice(2);
const configuration = new Configuration({ basePath, accessToken });
const setUp = new ChainSetUpApi(configuration);
const earning = new EarningApi(configuration);
const spending = new SpendingApi(configuration);
const undoing = new UndoingApi(configuration);
const members = new MembersApi(configuration);
const transactions = new TransactionsApi(configuration);
const batches = new BatchesApi(configuration);

const storeId = 'ts-1';
const memberId = 'ts-member';

function order(orderId: string, amount: number): AccrualRequest {
  const line = (lineId: string, share: number) => ({ lineId, productId: 'P1', quantity: 1, amount: amount * share / 10 });
  return { memberId, storeId, orderId, occurredAt: new Date(), amount, lines: [line('a', 6), line('b', 4)] };
}

async function problem(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (refused) {
    if (refused instanceof ResponseError) {
      return ProblemFromJSON(await refused.response.json());
    }
    throw refused;
  }
  throw new Error('the call was not refused');
}

async function opens() {
  for (const id of [storeId, 'ts-2']) {
    const store = await setUp.createStore({ idempotencyKey: key(), storeRequest: { storeId: id, name: 'Store' } });
    same(store.storeId, id);
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await setUp.listStores({ limit: 1, cursor: cursor ?? undefined });
    seen.push(...page.items.map(it => it.storeId));
    cursor = page.nextCursor;
    same(page.hasMore, cursor !== null);
  } while (cursor !== null);
  same(seen.includes(storeId) && seen.includes('ts-2'), true);
  const { validity } = await setUp.getProgram();
  same(validity.kind === 'rolling' && validity.period, 'P12M');
}

async function sells() {
  const first = await earning.accrue({ idempotencyKey: key(), accrualRequest: order('ts-1', 10_000) });
  same([first.points, first.balance, first.lines.length], [100, 100, 2]);
  same(first.lines[0], { lineId: 'a', productId: 'P1', category: undefined, quantity: 1, amount: 6_000, points: 60 });
  same(first.lots[0].expiresAt instanceof Date, true);
  const accrualRequest = { ...order('ts-2', 2_000), pay: { points: 10 } };
  const second = await earning.accrue({ idempotencyKey: key(), accrualRequest });
  same([second.paid?.points, second.balance], [10, 110]);
}

async function refuses() {
  const deductionRequest = { memberId, storeId, points: 1_000, reason: 'a bicycle' };
  const refused = await problem(spending.deduct({ idempotencyKey: key(), deductionRequest }));
  same([refused.status, refused.code, refused.available], [409, 'insufficient_points', 110]);
}

async function holdsAndCaptures() {
  const holdRequest = { memberId, storeId, points: 30, orderId: 'ts-3' };
  const hold = await spending.placeHold({ idempotencyKey: key(), holdRequest });
  same([hold.points, hold.balance], [30, 80]);
  const capture = await spending.captureHold(
    { holdId: hold.holdId, idempotencyKey: key(), captureRequest: { points: 20 } });
  same([capture.points, capture.released], [20, 10]);
  same((await spending.getHold({ holdId: hold.holdId })).status, 'captured');
}

async function refunds() {
  const line = { storeId, orderId: 'ts-1', refundId: 'R1', lines: [{ lineId: 'b' }] };
  const refund = await undoing.refund({ idempotencyKey: key(), refundRequest: line });
  same(refund.status === 'refunded' && [refund.pointsTakenBack, refund.whole], [40, false]);
  const early = { storeId, orderId: 'ts-9', refundId: 'R1', memberId };
  const parked = await undoing.refund({ idempotencyKey: key(), refundRequest: early });
  same(parked.status === 'parked' && parked.orderId, 'ts-9');
  same((await undoing.listParkedRefunds({ limit: 200 })).items.length > 0, true);
}

async function bringsWhatWasSoldOffline() {
  const body = ['ts-4', 'ts-5']
    .map(id => JSON.stringify({ type: 'accrual', key: key(), ...order(id, 1_000) }) + '\n').join('');
  const answers: BatchAnswer[] = (await (await batches.submitBatch({ body })).text())
    .trim().split('\n').map(line => BatchAnswerFromJSON(JSON.parse(line)));
  same(answers.map(it => [it.line, it.status]), [[1, 201], [2, 201]]);
}

async function looksBack() {
  const kinds: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await members.listEntries({ memberId, limit: 2, cursor: cursor ?? undefined });
    kinds.push(...page.items.map(it => it.kind));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const balance = await members.getBalance({ memberId });
  same(kinds.length, balance.sequence);
  same(['accrual', 'hold', 'capture', 'refund'].every(it => kinds.includes(it)), true);
  same([balance.available, balance.nextExpiry?.points], [70, 70]);
  const found = await transactions.findTransactions({ storeId, orderId: 'ts-4' });
  same([found.items.length, found.nextCursor], [1, null]);
  same((await members.getMember({ memberId })).status, 'active');
}

/** Fields and values that are new some day do not stop a client of today. */
function livesWithALaterGateway() {
  const later = {
    type: 'urn:points:problem:new', title: 'New', status: 409, detail: 'New', code: 'brand_new', requestId: 'r',
    retryable: false, hint: { of: 'later' },
  };
  same(ProblemFromJSON(later).code, 'brand_new');
}

async function day() {
  await opens();
  await sells();
  await refuses();
  await holdsAndCaptures();
  await refunds();
  await bringsWhatWasSoldOffline();
  await looksBack();
  livesWithALaterGateway();
  console.log("a till's day in TypeScript is over");
}

day().catch(e => {
  console.error(e);
  process.exit(1);
});
