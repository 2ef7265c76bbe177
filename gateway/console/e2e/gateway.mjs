import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 90_000;
const ENDED_WITHIN_MS = 30_000;

/** The directory of the Maven module. */
export const MODULE = fileURLToPath(new URL('../../', import.meta.url));

/** Where gateways run and write their logs. */
export const HOME = join(MODULE, 'target', 'console-e2e');
const DATA = join(HOME, 'data');

/** The gateway that is shipped, as a process of its own. */
export class Node {
  #name;
  /** `http` and `management`. */
  ports;
  #settings;
  #process;

  /** @param settings its environment, besides its two ports */
  constructor(name, ports, settings) {
    this.#name = name;
    this.ports = ports;
    this.#settings = settings;
    this.address = `http://127.0.0.1:${ports.http}`;
  }

  /** Starts it; on the data that it had, if it ran before. */
  async startAgain() {
    const jar = process.env.GATEWAY_JAR ?? join(MODULE, 'target', 'gateway.jar');
    if (!existsSync(jar)) {
      throw new Error(`There is no ${jar}; build it with: mvn -DskipTests package`);
    }
    const [http, management] = [this.ports.http, this.ports.management].map(String);
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('POINTS_')));
    this.#process = spawn(
      process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java',
      [
        '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx512m',
        '--add-modules', 'java.se',
        '--add-exports', 'java.base/jdk.internal.ref=ALL-UNNAMED',
        '--add-opens', 'java.base/java.lang=ALL-UNNAMED',
        '--add-opens', 'java.base/sun.nio.ch=ALL-UNNAMED',
        '--add-opens', 'java.management/sun.management=ALL-UNNAMED',
        '--add-opens', 'jdk.management/com.sun.management.internal=ALL-UNNAMED',
        '-jar', jar,
      ],
      {
        cwd: HOME,
        env: { ...environment, POINTS_HTTP_PORT: http, POINTS_MANAGEMENT_PORT: management, POINTS_SECRET_KEY: 'seals-the-second-factors-of-these-tests', ...this.#settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const file = join(HOME, `${this.#name}.log`);
    const log = createWriteStream(file, { flags: 'a' });
    this.#process.stdout.pipe(log);
    this.#process.stderr.pipe(log);
    await until(`the gateway to be ready (${file})`, READY_WITHIN_MS, async () => {
      if (this.#hasEnded()) {
        throw new Error(`The gateway has ended; see ${file}`);
      }
      return (await fetch(`http://127.0.0.1:${management}/health/ready`).catch(() => undefined))?.ok === true;
    });
  }

  /** Leaves nothing behind when the tests break off. */
  leave() {
    if (this.#process !== undefined && !this.#hasEnded()) {
      this.#process.kill('SIGKILL');
    }
  }

  #hasEnded() {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Kills it: it can end nothing in order. */
  async kill() {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** Ends it, in order where that is possible. */
  async stop() {
    if (this.#process !== undefined && !this.#hasEnded()) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const late = setTimeout(() => this.#process.kill('SIGKILL'), ENDED_WITHIN_MS);
      await ended;
      clearTimeout(late);
    }
  }
}

/** A gateway alone, with its packaged PostgreSQL. */
export class Gateway extends Node {
  /** Starts a gateway without data. */
  static async start() {
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    const ports = { http: await freePort(), management: await freePort() };
    const gateway = new Gateway('gateway', ports, { POINTS_DATA_DIR: DATA });
    process.once('exit', () => gateway.leave());
    try {
      await gateway.startAgain();
    } catch (cause) {
      await gateway.stop();
      throw cause;
    }
    return gateway;
  }

  /** The key that the first start made. */
  get bootstrapKey() {
    return readFileSync(join(DATA, 'bootstrap-key'), 'utf8').trim();
  }

  /** Its database, as other gateways are given it; it stays when the gateway is killed. */
  get databaseUri() {
    const [password, port] = ['password', 'port'].map((file) => readFileSync(join(DATA, 'postgres', file), 'utf8').trim());
    return `postgresql://points:${password}@127.0.0.1:${port}/points`;
  }

  leave() {
    super.leave();
    endPostgres();
  }

  /** Ends it and its PostgreSQL, in order where that is possible. */
  async stop() {
    await super.stop();
    endPostgres();
  }
}

/** Ends a PostgreSQL that a killed gateway left behind; its process id is in its own file. */
function endPostgres() {
  const file = join(DATA, 'postgres', 'cluster', 'postmaster.pid');
  if (existsSync(file)) {
    try {
      process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGINT');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Waits for a condition; an error of the condition ends the wait. */
export async function until(what, withinMs, condition) {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A port where nobody listens, below those that systems hand out to connections. */
export async function freePort() {
  const port = 10_000 + Math.floor(Math.random() * 10_000);
  const server = createServer();
  const isFree = await new Promise((resolve) => server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
  if (!isFree) {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}
