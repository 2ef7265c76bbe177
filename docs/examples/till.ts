/**
 * A till that neither loses nor doubles a sale. It needs nothing but Node 20 or later, and is compiled with
 * `tsc --strict --target es2022 --module commonjs --types node till.ts`:
 *
 *     POINTS_KEY=pk_… node till.js http://gateway:8080 S001 queue
 *     sell 20261122-0001 1873 12850
 *     refund 20261122-0001 R1
 *
 * Each call goes to the disk with its key before anything is sent, and leaves the queue when its end is known. So the
 * till may be killed at any moment: started again, it sends what is left, with the same keys and the same bytes.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

interface Call {
  path: string;
  key: string;
  body: string; // as it is sent: every retry has the same bytes
}

interface Answer {
  status: number;
  body: string;
}

const [gateway, storeId, queue] = process.argv.slice(2);
const apiKey = process.env.POINTS_KEY;

/** What the cashier does. The receipt is printed as soon as the call is on the disk. */
function take(words: string[]): void {
  const [what, orderId, ...more] = words;
  if (what === 'sell' && more.length === 2) {
    const [memberId, amount] = more;
    const occurredAt = new Date().toISOString();
    keep('/v1/accruals', `${storeId}/${orderId}/accrual`, {
      memberId, storeId, orderId, occurredAt, amount: Number.parseInt(amount, 10),
    });
  } else if (what === 'refund' && more.length === 1) {
    const [refundId] = more;
    keep('/v1/refunds', `${storeId}/${orderId}/refund/${refundId}`, { storeId, orderId, refundId });
  } else {
    console.error('sell <order> <member> <amount>, or refund <order> <refund>');
  }
}

/** A file per call. It is there whole, or not at all. */
function keep(path: string, key: string, content: object): void {
  const call: Call = { path, key, body: JSON.stringify(content) };
  const unfinished = join(queue, 'unfinished.tmp');
  const file = openSync(unfinished, 'w');
  writeSync(file, JSON.stringify(call));
  fsyncSync(file);
  closeSync(file);
  const last = waiting().at(-1);
  const number = last === undefined ? 1 : Number.parseInt(last, 10) + 1;
  renameSync(unfinished, join(queue, `${String(number).padStart(12, '0')}.call`));
}

/** The oldest first: a refund stays behind its sale. */
async function sendAll(): Promise<void> {
  for (const name of waiting()) {
    const file = join(queue, name);
    const call: Call = JSON.parse(readFileSync(file, 'utf8'));
    const answer = await untilItIsKnown(call);
    console.log(`${answer.status} ${call.key} ${answer.body}`);
    if (answer.status < 300) {
      rmSync(file);
    } else { // for people: sending it again gives the same answer
      renameSync(file, `${file}.refused`);
    }
  }
}

/** Sends until the gateway says yes or no: with the same key, so that it is done once. */
async function untilItIsKnown({ path, key, body }: Call): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    let secondsAsked = 0;
    try {
      const answer = await fetch(gateway + path, {
        method: 'POST',
        headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      const text = await answer.text();
      if (!mayBecomeDifferent(answer.status)) {
        return { status: answer.status, body: text };
      }
      secondsAsked = Number(answer.headers.get('Retry-After') ?? 0);
    } catch (e) {
      console.error(`in doubt, or not sent: ${e}`);
    }
    // 1, 2, 4 … 60 s, each with some chance in it, and no less than the gateway asks for
    const secondsMax = Math.min(60, 2 ** attempt);
    await pause(1000 * Math.max(secondsMax * (0.5 + Math.random() / 2), secondsAsked));
  }
}

function mayBecomeDifferent(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function waiting(): string[] {
  return readdirSync(queue).filter(name => name.endsWith('.call')).sort();
}

async function main(): Promise<void> {
  if (queue === undefined || apiKey === undefined) {
    console.error('POINTS_KEY=<key> node till.js <gateway> <store> <queue directory>');
    process.exit(2);
  }
  mkdirSync(queue, { recursive: true });
  for await (const line of createInterface({ input: process.stdin })) {
    take(line.trim().split(/ +/));
  }
  await sendAll(); // a real till does this beside selling
}

main().catch((e: unknown) => {
  console.error(e);
  process.exit(1);
});
