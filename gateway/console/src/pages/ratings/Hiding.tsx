import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../../api/client';
import { may, useSession } from '../../api/session';
import { ReasonField, WriteForm } from '../../parts/WriteForm';

type Rating = Schemas['Rating'];

/** Whether a rating is hidden, and the deed that changes it, for those who may. */
export function Hiding({ rating }: { rating: Rating }) {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const deed = rating.hidden ? 'show' : 'hide';
  const close = () => setOpen(false);
  return (
    <Flex gap={8} align="center">
      {rating.hidden && <Tag color="orange">{t('ratings:hidden', { reason: rating.hiddenReason })}</Tag>}
      {may(session, 'hideRatings') && (
        <Button size="small" onClick={() => setOpen(true)}>
          {t(`ratings:${deed}.menu`)}
        </Button>
      )}
      {open && (rating.hidden ? <Show rating={rating} onClose={close} /> : <Hide rating={rating} onClose={close} />)}
    </Flex>
  );
}

interface DeedProps {
  rating: Rating;
  onClose: () => void;
}

function Hide({ rating, onClose }: DeedProps) {
  const { t } = useTranslation();
  const changed = useChanged();
  return (
    <WriteForm<{ reason: string }, Schemas['RatingHiding'], unknown>
      name={`rating/hide/${rating.ratingId}`}
      title={t('ratings:hide.title')}
      deed={t('ratings:hide.menu')}
      danger
      toBody={({ reason }) => ({ reason: reason.trim() })}
      call={(key, body) => content(api.POST('/v1/ratings/{ratingId}/hide', { params: { path: { ratingId: rating.ratingId }, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <ReasonField />}
      effect={(body) => (
        <>
          <p>{t('ratings:hide.effect', { stars: rating.stars })}</p>
          <p className="muted">{body.reason}</p>
        </>
      )}
      onDone={changed}
      onClose={onClose}
    />
  );
}

function Show({ rating, onClose }: DeedProps) {
  const { t } = useTranslation();
  const changed = useChanged();
  return (
    <WriteForm<object, Record<string, never>, unknown>
      name={`rating/show/${rating.ratingId}`}
      title={t('ratings:show.title')}
      deed={t('ratings:show.menu')}
      toBody={() => ({})}
      call={(key, body) => content(api.POST('/v1/ratings/{ratingId}/show', { params: { path: { ratingId: rating.ratingId }, header: { 'Idempotency-Key': key } }, body }))}
      fields={() => <p>{rating.hiddenReason}</p>}
      effect={() => <p>{t('ratings:show.effect', { stars: rating.stars })}</p>}
      onDone={changed}
      onClose={onClose}
    />
  );
}

/** Reads anew all that a hidden rating changes. */
function useChanged(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['ratings'] });
    void client.invalidateQueries({ queryKey: ['figures'] });
  };
}
