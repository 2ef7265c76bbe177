import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Form, Input, QRCode, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas } from '../api/client';
import { ProblemError } from '../api/problem';
import { SESSION, useSession } from '../api/session';
import { ProblemAlert, useFieldErrors } from '../parts/ProblemView';
import { codeOf, grouped } from './personMenu';

/** The forms with which people set up a second factor, and turn it off. */
export default function SecondFactor({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOn] = useState(useSession().secondFactor); // As it was when the dialog opened: a deed closes it.
  const [offered, setOffered] = useState<Schemas['SecondFactor']>();
  const done = () => {
    void client.invalidateQueries({ queryKey: SESSION });
    void client.invalidateQueries({ queryKey: ['staff'] });
    void message.success(t('done'));
    onDone();
  };
  if (isOn) {
    return (
      <PasswordForm
        text={t('secondFactor.isOn')}
        deed={t('secondFactor.turnOff')}
        danger
        send={(password) => content(api.DELETE('/v1/session/second-factor', { body: { password } }))}
        onDone={done}
      />
    );
  }
  return offered === undefined ? (
    <PasswordForm
      text={t('secondFactor.isOff')}
      deed={t('continue')}
      send={(password) => content(api.POST('/v1/session/second-factor', { body: { password } }))}
      onDone={setOffered}
    />
  ) : (
    <CodeForm offered={offered} onDone={done} />
  );
}

interface PasswordFormProps<T> {
  text: string;
  deed: string;
  danger?: boolean;
  send: (password: string) => Promise<T>;
  onDone: (answer: T) => void;
}

function PasswordForm<T>({ text, deed, danger = false, send, onDone }: PasswordFormProps<T>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ password: string }>();
  const fieldErrors = useFieldErrors();
  const call = useMutation({
    mutationFn: (fields: { password: string }) => send(fields.password),
    onSuccess: onDone,
    onError: (cause) => form.setFields(fieldErrors(ProblemError.from(cause))),
  });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => call.mutate(fields)}>
      <p>{text}</p>
      <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('required') }]}>
        <Input.Password autoComplete="current-password" autoFocus maxLength={128} visibilityToggle={false} />
      </Form.Item>
      {call.error !== null && <ProblemAlert problem={ProblemError.from(call.error)} />}
      <Button type="primary" danger={danger} htmlType="submit" block loading={call.isPending}>
        {deed}
      </Button>
    </Form>
  );
}

/** Shows the secret, which counts once a code of it was sent. */
function CodeForm({ offered, onDone }: { offered: Schemas['SecondFactor']; onDone: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const fieldErrors = useFieldErrors();
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) => content(api.POST('/v1/session/second-factor/confirm', { body: { code: codeOf(code) } })),
    onSuccess: onDone,
    onError: (cause) => form.setFields(fieldErrors(ProblemError.from(cause))),
  });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => confirm.mutate(fields)}>
      <p>{t('secondFactor.scan')}</p>
      <Flex vertical align="center" gap={8} className="space-below">
        <QRCode type="svg" value={offered.uri} size={200} bgColor="#fff" color="#000" aria-label={t('secondFactor.picture')} />
        <Typography.Text code copyable={{ text: offered.secret, tooltips: false }}>
          {grouped(offered.secret)}
        </Typography.Text>
      </Flex>
      <Form.Item
        name="code"
        label={t('secondFactor.code')}
        rules={[
          { required: true, message: t('required') },
          { validator: (_, code?: string) => (!code || /^\d{6}$/.test(codeOf(code)) ? Promise.resolve() : Promise.reject(new Error(t('secondFactor.codeForm')))) },
        ]}
      >
        <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} autoFocus />
      </Form.Item>
      {confirm.error !== null && <ProblemAlert problem={ProblemError.from(confirm.error)} />}
      <Button type="primary" htmlType="submit" block loading={confirm.isPending}>
        {t('secondFactor.turnOn')}
      </Button>
    </Form>
  );
}
