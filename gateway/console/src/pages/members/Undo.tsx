import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { useSession } from '../../api/session';
import { useShown } from '../../parts/numbers';
import { ReasonField, WriteForm } from '../../parts/WriteForm';
import { explain } from './entries';

/** Undoes one entry by a reversal. */
export function Undo({ entry, onClose }: { entry: Schemas['Entry']; onClose: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  const session = useSession();
  const client = useQueryClient();
  return (
    <WriteForm<{ reason: string }, Schemas['ReversalRequest'], unknown>
      name={`reversal/${entry.transactionId}`}
      title={t('members:undo.title')}
      deed={t('members:undo.menu')}
      danger
      toBody={({ reason }) => ({ transactionId: entry.transactionId, reason, operator: session.name })}
      call={(key, body) => content(api.POST('/v1/reversals', { params: { header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={() => (
        <>
          <p>{t('members:undo.effect', { what: explain(t, shown, entry) })}</p>
          <p>
            <strong>{t('members:undo.points', { points: shown.signed(-entry.points) })}</strong>
          </p>
        </>
      )}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ['member'] });
        void client.invalidateQueries({ queryKey: ['order'] });
      }}
      onClose={onClose}
    />
  );
}
