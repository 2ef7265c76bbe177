import { expect, test } from 'vitest';
import { nodeLamp, troubles, versions, type Node, type System } from './health';

const ready: Node = { nodeId: 'a', state: 'ready', version: '1.0', startedAt: '2026-11-22T09:00:00Z', nodesSeen: 2 };

const well: System = {
  at: '2026-11-22T10:00:00Z',
  answeredBy: 'a',
  nodes: [ready, { ...ready, nodeId: 'b' }],
  database: { state: 'answers', version: '16.4' },
  feed: { lagMillis: 100, consumers: [{ name: 'figures', lagMillis: 300 }] },
  outbox: { waiting: 3, oldestSeconds: 1 },
  jobs: [{ name: 'expiry', running: false, doneFrom: '2026-11-22T09:00:00Z' }],
  auditTrail: { changes: 7 },
};

const named = (system: System) => troubles(system).map((it) => it.text);

test('a cluster that is well has no trouble', () => {
  expect(named(well)).toEqual([]);
});

test.each<[string, Partial<System>]>([
  ['databaseSilent', { database: { state: 'silent' } }],
  ['nodesBad', { nodes: [ready, { nodeId: 'b', state: 'silent' }] }],
  ['nodesBad', { nodes: [{ ...ready, nodesSeen: 1 }, { nodeId: 'b', state: 'missing' }] }],
  ['nodesBad', { nodes: [ready, { ...ready, nodeId: 'b', state: 'notReady', notReady: 'cannotWrite' }] }],
  ['nodesChanging', { nodes: [ready, { ...ready, nodeId: 'b', state: 'notReady', notReady: 'stopping' }] }],
  ['nodesChanging', { nodes: [ready, { nodeId: 'b', state: 'starting' }] }],
  ['nodesGone', { nodes: [{ ...ready, nodesSeen: 1 }, { nodeId: 'b', state: 'gone', since: '2026-11-22T09:30:00Z' }] }],
  ['nodesStopped', { nodes: [{ ...ready, nodesSeen: 1 }, { nodeId: 'b', state: 'stopped', since: '2026-11-22T09:30:00Z' }] }],
  ['versionsDiffer', { nodes: [ready, { ...ready, nodeId: 'b', version: '1.1' }] }],
  ['viewsDiffer', { nodes: [ready, { ...ready, nodeId: 'b', nodesSeen: 1 }] }],
  ['feedLate', { feed: { lagMillis: 2_001, consumers: [] } }],
  ['figuresLate', { feed: { lagMillis: 0, consumers: [{ name: 'figures', lagMillis: 60_001 }] } }],
  ['figuresRebuilt', { feed: { lagMillis: 0, consumers: [{ name: 'figures', lagMillis: 0, rebuildingSince: '2026-11-22T09:30:00Z' }] } }],
  ['outboxLate', { outbox: { waiting: 1, oldestSeconds: 301 } }],
  ['sweepLate', { jobs: [{ name: 'expiry', running: true, doneFrom: '2026-11-22T05:59:59Z' }] }],
])('%s is said when %j', (trouble, change) => {
  expect(named({ ...well, ...change })).toEqual([trouble]);
});

test('a state of a later release is no good sign', () => {
  expect(nodeLamp({ ...ready, state: 'unheardOf' })).toBe('bad');
});

test('nodes that say nothing have no version', () => {
  expect(versions({ ...well, nodes: [ready, { nodeId: 'b', state: 'silent' }] })).toEqual(['1.0']);
});

test('a first pass that has not ended is not late', () => {
  expect(named({ ...well, jobs: [{ name: 'expiry', running: true, doneFrom: null }] })).toEqual([]);
});
