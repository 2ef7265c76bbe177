import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Divider, Flex, Form, Input, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import { SESSION, signIn, signInOptionsQuery, type Session, type SignIn } from '../api/session';
import { ProblemAlert } from '../parts/ProblemView';
import { LanguageChoice } from './LanguageChoice';
import { keepPage, PROVIDER, reasonIn, withoutReason } from './provider';

const PROGRAM = 'points.program';

/**
 * Name, password and, where the person has a second factor, its code.
 *
 * @param waiting the session that ended here, where what its person typed in waits
 */
export function SignInPage({ waiting }: { waiting: Session | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [wantsCode, setWantsCode] = useState(false); // Whatever a later try is answered: the code is still wanted.
  const enter = useMutation({
    mutationFn: (form: SignIn) => signIn(withoutEmpty(form)),
    onSuccess: (session, form) => {
      localStorage.setItem(PROGRAM, form.programId ?? '');
      client.setQueryData(SESSION, session);
    },
    onError: (cause) => ProblemError.from(cause).code === 'code_required' && setWantsCode(true),
  });
  const problem = enter.error === null ? undefined : ProblemError.from(enter.error);
  return (
    <Flex vertical align="center" justify="center" className="sign-in" role="main">
      <div className="sign-in-card">
        <Flex justify="space-between" align="center">
          <Typography.Title level={1} className="title">
            {t('product')}
          </Typography.Title>
          <LanguageChoice />
        </Flex>
        {waiting !== undefined && <Alert type="info" showIcon className="space-below" title={t(waiting.signInBy.includes('oidc') ? 'signIn.waitsInVain' : 'signIn.waits', { name: waiting.name })} />}
        <Form<SignIn>
          layout="vertical"
          requiredMark={false}
          initialValues={{ programId: localStorage.getItem(PROGRAM) ?? '' }}
          onValuesChange={(changed) => 'name' in changed && setWantsCode(false)}
          onFinish={(form) => enter.mutate(form)}
        >
          <Form.Item name="programId" label={t('signIn.program')} extra={t('signIn.programHelp')}>
            <Input autoComplete="organization" maxLength={64} />
          </Form.Item>
          <Form.Item name="name" label={t('signIn.name')} rules={[{ required: true, message: t('required') }]}>
            <Input autoComplete="username" autoFocus maxLength={128} />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('required') }]}>
            <Input.Password autoComplete="current-password" maxLength={256} visibilityToggle={false} />
          </Form.Item>
          {wantsCode && (
            <Form.Item name="code" label={t('signIn.code')} rules={[{ required: true, message: t('required') }]}>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} autoFocus />
            </Form.Item>
          )}
          {problem !== undefined && <SignInProblem problem={problem} />}
          <Button type="primary" htmlType="submit" block loading={enter.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        <ByProvider />
      </div>
    </Flex>
  );
}

/** The way to the identity provider, and what became of the last try. */
function ByProvider() {
  const { t } = useTranslation();
  const [reason] = useState(() => reasonIn(location.search));
  const oidc = useQuery(signInOptionsQuery).data?.oidc;
  useEffect(() => {
    if (reason !== undefined) {
      history.replaceState(null, '', location.pathname + withoutReason(location.search)); // Not again after a reload.
    }
  }, [reason]);
  if (!oidc) {
    return null;
  }
  return (
    <>
      <Divider plain>{t('signIn.or')}</Divider>
      {reason !== undefined && (
        <Alert
          type={reason === 'signedOut' ? 'info' : 'error'}
          showIcon
          title={t(`signIn.provider.${reason}`, { name: oidc.name })}
          className="space-below"
        />
      )}
      <Button block href={PROVIDER} onClick={() => keepPage(sessionStorage, location)}>
        {t('signIn.oidc', { name: oidc.name })}
      </Button>
    </>
  );
}

function SignInProblem({ problem }: { problem: ProblemError }) {
  const { t } = useTranslation();
  if (problem.code === 'code_required') {
    return null;
  }
  if (problem.status === 401) {
    return <Alert type="error" showIcon title={t('signIn.wrong')} className="space-below" />;
  }
  if (problem.status === 429 || problem.status === 423) {
    return <Alert type="error" showIcon title={t('signIn.locked')} className="space-below" />;
  }
  return <ProblemAlert problem={problem} />;
}

function withoutEmpty(form: SignIn): SignIn {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined && value !== '')) as SignIn;
}
