import { Button, Modal } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { noteTyped } from '../api/typed';

interface UnsavedProps {
  when: boolean;
  /** Whether it is secret, such as a password: then it does not outlive the session. */
  secret?: boolean;
}

/**
 * Asks before a person leaves a page, or closes it, with something that is typed in and not saved. If the session ends, it
 * is kept until the same person has signed in again.
 */
export function Unsaved({ when, secret = false }: UnsavedProps) {
  useEffect(() => (when && !secret ? noteTyped() : undefined), [when, secret]);
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

interface SecretDialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog for a password or a code, which asks before it closes with something typed in. */
export function SecretDialog({ title, onClose, children }: SecretDialogProps) {
  const [typed, setTyped] = useState(false);
  const [leaving, setLeaving] = useState(false);
  return (
    <Modal open title={title} footer={null} onCancel={() => (typed ? setLeaving(true) : onClose())} mask={{ closable: false }} destroyOnHidden>
      <Unsaved when={typed} secret />
      {leaving && <LeaveDialog onLeave={onClose} onStay={() => setLeaving(false)} />}
      <div onInput={() => setTyped(true)}>{children}</div>
    </Modal>
  );
}
