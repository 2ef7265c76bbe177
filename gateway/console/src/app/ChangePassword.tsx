import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, content } from '../api/client';
import { ProblemError } from '../api/problem';
import { SESSION } from '../api/session';
import { ProblemAlert, useFieldErrors } from '../parts/ProblemView';
import { LanguageChoice } from './LanguageChoice';

interface Fields {
  current: string;
  new: string;
  again: string;
}

/** The form with which people change their password. */
export function ChangePassword({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const fieldErrors = useFieldErrors();
  const change = useMutation({
    mutationFn: (fields: Fields) => content(api.PUT('/v1/session/password', { body: { current: fields.current, new: fields.new } })),
    onSuccess: () => {
      void message.success(t('done'));
      onDone();
    },
    onError: (cause) => form.setFields(fieldErrors(ProblemError.from(cause))),
  });
  const required = { required: true, message: t('required') };
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => change.mutate(fields)}>
      <Form.Item name="current" label={t('password.current')} rules={[required]}>
        <Input.Password autoComplete="current-password" autoFocus maxLength={128} visibilityToggle={false} />
      </Form.Item>
      <Form.Item name="new" label={t('password.new')} extra={t('password.newHelp')} rules={[required]}>
        <Input.Password autoComplete="new-password" maxLength={128} visibilityToggle={false} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['new']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_, value) => (value === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('password.differs')))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} visibilityToggle={false} />
      </Form.Item>
      {change.error !== null && <ProblemAlert problem={ProblemError.from(change.error)} />}
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        {t('password.submit')}
      </Button>
    </Form>
  );
}

/** Asks for a password of the person's own before anything else. */
export function FirstPassword() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Flex vertical align="center" justify="center" className="sign-in" role="main">
      <div className="sign-in-card">
        <Flex justify="space-between" align="center">
          <Typography.Title level={1} className="title">
            {t('password.first')}
          </Typography.Title>
          <LanguageChoice />
        </Flex>
        <p>{t('password.firstText')}</p>
        <ChangePassword onDone={() => void client.invalidateQueries({ queryKey: SESSION })} />
      </div>
    </Flex>
  );
}
