import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, HOME, MODULE, Node, until } from './gateway.mjs';

const CONFIGURATION = join(MODULE, '..', 'docs', 'deploy', 'haproxy.cfg');
const SECRET = 'known-to-the-nodes-of-this-cluster-only';
const NODES = 2;
const FORMED_WITHIN_MS = 60_000;

/** Two nodes on one database, behind HAProxy as the documentation has it. */
export class Cluster {
  #haproxy;
  #metrics;
  #socket;

  /** Starts it on the database of a gateway that does not run. */
  static async start(databaseUri, key) {
    const cluster = new Cluster();
    process.once('exit', () => cluster.#leave());
    try {
      cluster.nodes = await nodesOn(databaseUri);
      await Promise.all(cluster.nodes.map((node) => node.startAgain()));
      await until('the nodes to see each other', FORMED_WITHIN_MS, () => cluster.#hasFormed(key));
      await cluster.#balance();
    } catch (cause) {
      await cluster.stop();
      throw cause;
    }
    return cluster;
  }

  nodes = [];

  async #hasFormed(key) {
    const headers = { Authorization: `Bearer ${key}` };
    const states = await Promise.all(this.nodes.map(async (node) => (await fetch(`${node.address}/v1/system`, { headers })).json()));
    return states.every(({ nodes }) => nodes?.filter((node) => node.state === 'ready' && node.cachedReads).length === NODES);
  }

  /** HAProxy; the place of the third node is free. */
  async #balance() {
    const [port, metrics, nobody] = [await freePort(), await freePort(), await freePort()];
    this.address = `http://127.0.0.1:${port}`;
    this.#socket = `/tmp/points-haproxy-${port}.sock`; // A path below target may be too long for a socket.
    this.#metrics = `http://127.0.0.1:${metrics}/metrics`;
    const environment = {
      LB_BIND: `127.0.0.1:${port}`,
      LB_METRICS_BIND: `127.0.0.1:${metrics}`,
      LB_ADMIN_SOCKET: this.#socket,
      LB_CONNECTIONS_MAX: '4000',
      LB_GATEWAY_3: `127.0.0.1:${nobody}`,
      LB_MANAGEMENT_PORT_3: String(nobody),
    };
    this.nodes.forEach((node, index) => {
      environment[`LB_GATEWAY_${index + 1}`] = `127.0.0.1:${node.ports.http}`;
      environment[`LB_MANAGEMENT_PORT_${index + 1}`] = String(node.ports.management);
    });
    this.#haproxy = spawn('haproxy', ['-db', '-f', CONFIGURATION], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(join(HOME, 'haproxy.log'), { flags: 'a' });
    this.#haproxy.stdout.pipe(log);
    this.#haproxy.stderr.pipe(log);
    const wanted = `haproxy_backend_active_servers{proxy="gateways"} ${NODES}`;
    await until(`HAProxy to have ${NODES} nodes (${HOME}/haproxy.log)`, FORMED_WITHIN_MS, async () => {
      if (this.#haproxy.exitCode !== null) {
        throw new Error(`HAProxy has ended; see ${HOME}/haproxy.log`);
      }
      const metrics = await fetch(this.#metrics).catch(() => undefined);
      return (await metrics?.text())?.split('\n').includes(wanted) === true;
    });
  }

  #leave() {
    this.nodes.forEach((node) => node.leave());
    this.#haproxy?.kill('SIGKILL');
  }

  /** Ends all that runs of it. */
  async stop() {
    await Promise.all(this.nodes.map((node) => node.stop()));
    if (this.#haproxy !== undefined && this.#haproxy.exitCode === null) {
      const ended = once(this.#haproxy, 'exit');
      this.#haproxy.kill('SIGTERM');
      await ended;
      rmSync(this.#socket, { force: true });
    }
  }
}

async function nodesOn(databaseUri) {
  const ports = [];
  for (let number = 0; number < NODES; number++) {
    ports.push({ http: await freePort(), management: await freePort(), cluster: await freePort(), bus: await freePort() });
  }
  const members = ports.map((it) => `127.0.0.1:${it.cluster}`).join(',');
  return ports.map(
    (own, index) =>
      new Node(`node-${index + 1}`, own, {
        POINTS_DATA_DIR: join(HOME, `node-${index + 1}`),
        POINTS_PG_URI: databaseUri,
        POINTS_CLUSTER_SECRET: SECRET,
        POINTS_CLUSTER_MEMBERS: members,
        POINTS_CLUSTER_PORT: String(own.cluster),
        POINTS_BUS_PORT: String(own.bus),
      }),
  );
}
