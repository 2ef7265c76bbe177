import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Flex, Modal, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { may, useSession } from '../../api/session';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { ProblemAlert } from '../../parts/ProblemView';
import { explain, kindName } from './entries';
import { MemberLink, OrderLink, transactionQuery } from './links';
import { Undo } from './Undo';
import { reasonColumns, reasons, type Reason } from './why';

type Entry = Schemas['Entry'];

/** What an entry changed in detail, and what became of it since. */
export function EntryView({ entry }: { entry: Entry | Schemas['Transaction'] }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const [undoing, setUndoing] = useState(false);
  const transaction = useQuery(transactionQuery(entry.transactionId));
  // The transaction of another store is not for everybody; its entry in the member's history is.
  const problem = transaction.error === null ? undefined : ProblemError.from(transaction.error);
  const now: Entry & Partial<Schemas['Transaction']> = transaction.data ?? entry;
  return (
    <Flex vertical gap={12} align="start">
      {problem !== undefined && problem.status !== 403 && <ProblemAlert problem={problem} retry={() => void transaction.refetch()} />}
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: 'id', label: t('members:transactionId'), children: now.transactionId },
          { key: 'occurred', label: t('members:occurredAt'), children: shown.time(now.occurredAt) },
          ...(now.terminalId === undefined ? [] : [{ key: 'terminal', label: t('members:terminal'), children: now.terminalId }]),
          ...(now.amount === undefined ? [] : [{ key: 'amount', label: t('members:amount'), children: shown.money(now.amount) }]),
          ...(now.refersTo === undefined ? [] : [{ key: 'refersTo', label: t('members:refersTo'), children: <EntryLink id={now.refersTo} /> }]),
          ...(now.lots.length === 0
            ? []
            : [
                {
                  key: 'lots',
                  label: t('members:tabs.lots'),
                  children: now.lots.map((lot) => `${shown.signed(lot.points)} (${lot.expiresAt === null ? t('members:never') : shown.day(lot.expiresAt)})`).join(', '),
                },
              ]),
          ...(now.undone === undefined
            ? []
            : [
                {
                  key: 'undone',
                  label: t(`members:undone.${now.undone.how}`, { defaultValue: now.undone.how }),
                  children: (
                    <Space wrap>
                      {now.undone.by.map((id) => (
                        <EntryLink key={id} id={id} />
                      ))}
                    </Space>
                  ),
                },
              ]),
        ]}
      />
      {now.why !== undefined && <WhyTable why={now.why} id={now.transactionId} />}
      {may(session, 'reverse') && transaction.data !== undefined && now.undone === undefined && (
        <Button size="small" onClick={() => setUndoing(true)}>
          {t('members:undo.menu')}
        </Button>
      )}
      {undoing && transaction.data !== undefined && <Undo entry={transaction.data} onClose={() => setUndoing(false)} />}
    </Flex>
  );
}

/** Why an order earned what it did, rule by rule. */
function WhyTable({ why, id }: { why: Schemas['Why']; id: string }) {
  const { t } = useTranslation();
  const rows = reasons(why);
  const title = t('members:why.title', { book: why.ruleBookId, number: why.publication });
  return (
    <div className="whole-width">
      <Typography.Text strong>{title}</Typography.Text>
      <DataTable<Reason> name={`${title} ${id}`} rows={rows} rowKey={(it) => it.key} columns={reasonColumns(t, rows)} />
    </div>
  );
}

/** The id of an entry, which opens it. */
function EntryLink({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="link" size="small" className="inline-link" onClick={() => setOpen(true)}>
        {id}
      </Button>
      {open && <EntryDialog id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

function EntryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  const transaction = useQuery(transactionQuery(id));
  const title = transaction.data === undefined ? id : `${kindName(t, transaction.data.kind)} · ${id}`;
  return (
    <Modal open title={title} width={720} footer={null} onCancel={onClose}>
      <Loaded query={transaction}>
        {(seen) => (
          <>
            <p>{explain(t, shown, seen)}</p>
            <p>
              {shown.time(seen.recordedAt)} · <MemberLink memberId={seen.memberId} /> · <OrderLink entry={seen} />
            </p>
            <EntryView entry={seen} />
          </>
        )}
      </Loaded>
    </Modal>
  );
}
