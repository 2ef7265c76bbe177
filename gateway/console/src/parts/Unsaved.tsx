import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** Asks before a person leaves a page, or closes it, with something that is typed in and not saved. */
export function Unsaved({ when }: { when: boolean }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!when) {
      return undefined;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault(); // The browser asks in its own words.
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [when]);
  return blocker.state === 'blocked' ? <LeaveDialog onLeave={() => blocker.proceed()} onStay={() => blocker.reset()} /> : null;
}

/** The question itself; who answers nothing stays. */
export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('unsaved.title')}
      onCancel={onStay}
      footer={
        <>
          <Button danger onClick={onLeave}>
            {t('unsaved.leave')}
          </Button>
          <Button type="primary" autoFocus onClick={onStay}>
            {t('unsaved.stay')}
          </Button>
        </>
      }
    >
      <p>{t('unsaved.text')}</p>
    </Modal>
  );
}
