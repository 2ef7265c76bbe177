import { Alert, App, Button, Flex, Form, Input, Modal, type FormInstance } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { callOf, useKeptCall } from '../api/idempotency';
import { ProblemError } from '../api/problem';
import { useSession } from '../api/session';
import { ProblemAlert, useFieldErrors } from './ProblemView';
import { LeaveDialog, Unsaved } from './Unsaved';

interface WriteFormProps<V extends object, B, T> {
  /** What the call is about, for its idempotency key: `gift/1873`. */
  name: string;
  title: string;
  /** What stands on the last button: the deed, in a word. */
  deed: string;
  danger?: boolean;
  call: (key: string, body: B) => Promise<T>;
  toBody: (values: V) => B;
  initial?: Partial<V>;
  /** The fields; named like those of the body, so that the gateway's pointers find them. */
  fields?: (form: FormInstance<V>) => ReactNode;
  /** The effect in numbers, shown before the deed; it may ask the gateway for a preview. */
  effect: (body: B) => ReactNode;
  onDone: (answer: T) => void;
  onClose: () => void;
}

const FIELD = 'input:not([disabled]), textarea:not([disabled]), button[type=submit]';

/**
 * A form that moves points: filled in, then shown with its effect, then sent once, whatever the person clicks or the
 * connection does.
 */
export function WriteForm<V extends object, B, T>(props: WriteFormProps<V, B, T>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<V>();
  const [body, setBody] = useState<B>();
  const [problem, setProblem] = useState<ProblemError>();
  const fieldErrors = useFieldErrors();
  const kept = useKeptCall<B, T>(callOf(useSession().staffId, props.name), props.call);

  const send = async (toSend: B) => {
    setProblem(undefined);
    try {
      const answer = await kept.send(toSend);
      void message.success(t('done'));
      props.onDone(answer);
      props.onClose();
    } catch (cause) {
      const failed = ProblemError.from(cause);
      setProblem(failed.status === 401 ? undefined : failed); // The sign-in says that the session has ended.
      if (!failed.inDoubt) {
        setBody(undefined); // Back to the fields, to mend what was wrong.
      }
      form.setFields(fieldErrors(failed));
    }
  };

  const sendAgain = kept.unconfirmed;
  const fields = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const unsaved = typed && sendAgain === undefined; // A call that was sent is kept, and loses nothing.
  const filling = body === undefined && sendAgain === undefined;
  useEffect(() => {
    // After the dialog has taken the focus to itself: who types at once types into the first field.
    const soon = setTimeout(() => filling && fields.current?.querySelector<HTMLElement>(FIELD)?.focus(), 0);
    return () => clearTimeout(soon);
  }, [filling]);
  return (
    <Modal open title={props.title} onCancel={() => (unsaved ? setLeaving(true) : props.onClose())} footer={null} mask={{ closable: false }} destroyOnHidden>
      <Unsaved when={unsaved} />
      {leaving && <LeaveDialog onLeave={props.onClose} onStay={() => setLeaving(false)} />}
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {sendAgain !== undefined && (
        <Alert
          type="warning"
          showIcon
          className="space-below"
          title={t('unconfirmed.title')}
          description={
            <>
              <p>{t('unconfirmed.text')}</p>
              {props.effect(sendAgain)}
              <Flex gap={8}>
                <Button type="primary" loading={kept.sending} onClick={() => void send(sendAgain)}>
                  {t('unconfirmed.send')}
                </Button>
                <Button disabled={kept.sending} onClick={() => (kept.discard(), setBody(undefined))}>
                  {t('unconfirmed.discard')}
                </Button>
              </Flex>
            </>
          }
        />
      )}
      <Form<V>
        form={form}
        layout="vertical"
        hidden={body !== undefined || sendAgain !== undefined}
        {...(props.initial === undefined ? {} : { initialValues: props.initial })}
        onValuesChange={() => setTyped(true)}
        onFinish={(values) => (setProblem(undefined), setBody(props.toBody(values)))}
      >
        <div ref={fields}>
          {props.fields?.(form)}
          <Flex gap={8} justify="end">
            <Button onClick={props.onClose}>{t('cancel')}</Button>
            <Button type="primary" htmlType="submit">
              {t('continue')}
            </Button>
          </Flex>
        </div>
      </Form>
      {body !== undefined && sendAgain === undefined && (
        <>
          <div className="space-below">{props.effect(body)}</div>
          <Flex gap={8} justify="end">
            <Button disabled={kept.sending} onClick={() => setBody(undefined)}>
              {t('back')}
            </Button>
            <Button type="primary" danger={props.danger ?? false} loading={kept.sending} autoFocus onClick={() => void send(body)}>
              {props.deed}
            </Button>
          </Flex>
        </>
      )}
    </Modal>
  );
}

/** The reason that every deed by hand has. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="reason" label={t('reason')} extra={t('reasonHelp')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
      <Input maxLength={200} showCount />
    </Form.Item>
  );
}

/** A number before and after a deed. */
export function Change({ label, before, after }: { label: string; before: ReactNode; after: ReactNode }) {
  return (
    <Flex justify="space-between" gap={16} className="change">
      <span>{label}</span>
      <span className="number">
        {before} → <strong>{after}</strong>
      </span>
    </Flex>
  );
}
