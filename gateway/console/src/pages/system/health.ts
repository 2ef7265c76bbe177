import type { Schemas } from '../../api/client';

export type System = Schemas['SystemState'];
export type Node = Schemas['NodeState'];

/** How something is: a lamp has a colour, a sign and a word for each. */
export type Lamp = 'good' | 'warning' | 'bad';

/** The limits of the alerts that wake people, in docs/deploy. */
const FEED_LAG_MILLIS_MAX = 2_000;
const CONSUMER_LAG_MILLIS_MAX = 60_000;
const OUTBOX_SECONDS_MAX = 300;
const SWEEP_SECONDS_MAX = 4 * 3600;

/** Versions in the cluster; more than one means that an upgrade is under way. */
export function versions(system: System): string[] {
  const all = system.nodes.map((node) => node.version).filter((version) => version !== undefined);
  return [...new Set(all)].sort();
}

export function nodeLamp(node: Node): Lamp {
  switch (node.state) {
    case 'ready':
      return 'good';
    case 'starting':
    case 'stopped':
      return 'warning';
    case 'notReady':
      return node.notReady === 'stopping' ? 'warning' : 'bad';
    default:
      return 'bad';
  }
}

export const feedLamp = (lagMillis: number): Lamp => (lagMillis > FEED_LAG_MILLIS_MAX ? 'warning' : 'good');
export const consumerLamp = (lagMillis: number): Lamp => (lagMillis > CONSUMER_LAG_MILLIS_MAX ? 'warning' : 'good');
export const outboxLamp = (oldestSeconds: number): Lamp => (oldestSeconds > OUTBOX_SECONDS_MAX ? 'warning' : 'good');

/** Points that have expired are gone by themselves; a sweep that is late only writes that down late. */
export function jobLamp(job: Schemas['JobState'], at: string): Lamp {
  const late = job.doneFrom !== null && Date.parse(at) - Date.parse(job.doneFrom) > SWEEP_SECONDS_MAX * 1_000;
  return job.name === 'expiry' && late ? 'warning' : 'good';
}

/** Nodes that are not in the cluster any more. */
const LEFT = new Set(['missing', 'gone', 'stopped']);
export const hasLeft = (node: Node): boolean => LEFT.has(node.state);

/** When the oldest rebuild of figures began; undefined when there is none. */
export const rebuildingSince = (system: System): string | undefined =>
  system.feed?.consumers.map((it) => it.rebuildingSince).filter((it) => it !== undefined).sort()[0];

/** What is not as it should be, as keys of texts; the worst first. */
export function troubles(system: System): { lamp: Lamp; text: string; values?: Record<string, string | number> }[] {
  const found: ReturnType<typeof troubles> = [];
  if (system.database.state !== 'answers') {
    found.push({ lamp: 'bad', text: 'databaseSilent' });
  }
  const count = (lamp: Lamp, text: string, nodes: Node[]) => nodes.length > 0 && found.push({ lamp, text, values: { count: nodes.length } });
  count('bad', 'nodesBad', system.nodes.filter((node) => nodeLamp(node) === 'bad' && node.state !== 'gone'));
  count('bad', 'nodesGone', system.nodes.filter((node) => node.state === 'gone'));
  count('warning', 'nodesStopped', system.nodes.filter((node) => node.state === 'stopped'));
  count('warning', 'nodesChanging', system.nodes.filter((node) => nodeLamp(node) === 'warning' && node.state !== 'stopped'));
  const several = versions(system);
  if (several.length > 1) {
    found.push({ lamp: 'warning', text: 'versionsDiffer', values: { versions: several.join(', ') } });
  }
  if (system.nodes.some((node) => node.nodesSeen !== undefined && node.nodesSeen !== system.nodes.filter((it) => !hasLeft(it)).length)) {
    found.push({ lamp: 'warning', text: 'viewsDiffer' });
  }
  if (system.feed !== undefined && feedLamp(system.feed.lagMillis) !== 'good') {
    found.push({ lamp: 'warning', text: 'feedLate' });
  }
  if (system.feed?.consumers.some((it) => consumerLamp(it.lagMillis) !== 'good')) {
    found.push({ lamp: 'warning', text: 'figuresLate' });
  }
  if (rebuildingSince(system) !== undefined) {
    found.push({ lamp: 'warning', text: 'figuresRebuilt' });
  }
  if (system.outbox !== undefined && outboxLamp(system.outbox.oldestSeconds) !== 'good') {
    found.push({ lamp: 'warning', text: 'outboxLate' });
  }
  if (system.jobs?.some((job) => jobLamp(job, system.at) !== 'good')) {
    found.push({ lamp: 'warning', text: 'sweepLate' });
  }
  return found;
}
