import { useQuery } from '@tanstack/react-query';
import { Flex, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { consumerLamp, feedLamp, jobLamp, nodeLamp, outboxLamp, troubles, versions, type Lamp as State, type Node, type System } from './health';
import { Lamp } from './Lamp';

const REFRESH_MS = 2_000;
const SHOWN_OF_ID = 8;

/** The nodes, their database, and what waits to be done; new every two seconds. */
export default function SystemPage() {
  const { t } = useTranslation();
  const shown = useShown();
  const system = useQuery({ queryKey: ['system'], queryFn: () => content(api.GET('/v1/system')), refetchInterval: REFRESH_MS });
  return (
    <Page title={t('system:title')}>
      <Loaded query={system}>
        {(state) => (
          <Flex vertical gap={16}>
            <Verdict system={state} />
            <section className="panel">
              <Typography.Title level={2} className="subtitle">
                {t('system:nodes')}
              </Typography.Title>
              <Nodes system={state} />
            </section>
            <Work system={state} />
            <Typography.Text type="secondary">{t('system:asOf', { time: shown.time(state.at) })}</Typography.Text>
          </Flex>
        )}
      </Loaded>
    </Page>
  );
}

/** Whether somebody has to look. */
function Verdict({ system }: { system: System }) {
  const { t } = useTranslation();
  const found = troubles(system);
  return (
    <section className="panel" role="status" aria-label={t('system:verdict')}>
      {found.length === 0 ? (
        <Lamp state="good">{t('system:well')}</Lamp>
      ) : (
        <ul className="lamps">
          {found.map((it) => (
            <li key={it.text}>
              <Lamp state={it.lamp}>{t(`system:troubles.${it.text}`, it.values ?? {})}</Lamp>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Nodes({ system }: { system: System }) {
  const { t } = useTranslation();
  const shown = useShown();
  const differ = versions(system).length > 1;
  return (
    <DataTable<Node>
      name={t('system:nodes')}
      rows={system.nodes}
      rowKey={(node) => node.nodeId}
      wraps
      columns={[
        {
          key: 'node',
          title: t('system:node'),
          show: (node) => (
            <>
              <code title={node.nodeId}>{node.nodeId.slice(0, SHOWN_OF_ID)}</code> {node.nodeId === system.answeredBy && <Tag>{t('system:answers')}</Tag>}
            </>
          ),
          csv: (node) => node.nodeId,
        },
        {
          key: 'state',
          title: t('system:state'),
          show: (node) => (
            <Lamp state={nodeLamp(node)}>
              {t(`system:states.${node.state}`, { defaultValue: node.state })}
              {node.notReady !== undefined && `: ${t(`system:reasons.${node.notReady}`, { defaultValue: node.notReady })}`}
              {node.since !== undefined && ` ${t('system:since', { time: shown.time(node.since) })}`}
            </Lamp>
          ),
          csv: (node) => node.notReady ?? node.state,
        },
        {
          key: 'version',
          title: t('system:version'),
          show: (node) => (
            <>
              {node.version ?? '–'} {differ && node.version !== undefined && <Tag color="orange">{t('system:differs')}</Tag>}
            </>
          ),
          csv: (node) => node.version,
        },
        { key: 'started', title: t('system:started'), show: (node) => shown.time(node.startedAt), csv: (node) => node.startedAt },
        { key: 'sees', title: t('system:sees'), number: true, show: (node) => shown.points(node.nodesSeen), csv: (node) => node.nodesSeen },
        { key: 'requests', title: t('system:requests'), number: true, show: (node) => shown.points(node.requests), csv: (node) => node.requests },
        { key: 'listeners', title: t('system:listeners'), number: true, show: (node) => shown.points(node.listeners), csv: (node) => node.listeners },
        {
          key: 'reads',
          title: t('system:reads'),
          show: (node) => (node.cachedReads === undefined ? '–' : t(node.cachedReads ? 'system:fromMemory' : 'system:fromDatabase')),
        },
      ]}
    />
  );
}

/** The database and the work that waits there. */
function Work({ system }: { system: System }) {
  const { t } = useTranslation();
  const shown = useShown();
  const lag = (millis: number) => t('system:seconds', { seconds: (millis / 1_000).toFixed(1) });
  const { database, feed, outbox, jobs, auditTrail } = system;
  return (
    <dl className="cards" aria-label={t('system:work')}>
      <Measure name={t('system:database')} state={database.state === 'answers' ? 'good' : 'bad'} value={t(`system:databaseStates.${database.state}`, { defaultValue: database.state })}>
        {database.version !== undefined && t('system:postgres', { version: database.version })}
      </Measure>
      {feed !== undefined && <Measure name={t('system:feed')} state={feedLamp(feed.lagMillis)} value={lag(feed.lagMillis)} />}
      {feed?.consumers.map((it) => (
        <Measure key={it.name} name={t(`system:consumers.${it.name}`, { defaultValue: it.name })} state={consumerLamp(it.lagMillis)} value={lag(it.lagMillis)}>
          {it.rebuildingSince !== undefined && t('system:rebuiltSince', { time: shown.time(it.rebuildingSince) })}
        </Measure>
      ))}
      {outbox !== undefined && (
        <Measure name={t('system:outbox')} state={outboxLamp(outbox.oldestSeconds)} value={shown.points(outbox.waiting)}>
          {outbox.waiting > 0 && t('system:oldest', { seconds: outbox.oldestSeconds })}
        </Measure>
      )}
      {jobs?.map((job) => (
        <Measure key={job.name} name={t(`system:jobs.${job.name}`, { defaultValue: job.name })} state={jobLamp(job, system.at)} value={<span className="stat-time">{shown.time(job.doneFrom)}</span>}>
          {job.running && t('system:running')}
        </Measure>
      ))}
      {auditTrail !== undefined && <Measure name={t('system:auditTrail')} value={shown.points(auditTrail.changes)} />}
    </dl>
  );
}

function Measure({ name, state, value, children }: { name: string; state?: State; value: ReactNode; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="against">
        {state !== undefined && <Lamp state={state}>{t(`system:lamps.${state}`)}</Lamp>}
        {children !== undefined && children !== false && <span>{children}</span>}
      </dd>
    </div>
  );
}
