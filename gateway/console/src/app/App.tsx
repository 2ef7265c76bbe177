import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { App as Antd, ConfigProvider, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { whenSignedOut } from '../api/client';
import { ProblemError } from '../api/problem';
import { SESSION, SessionProvider, sessionQuery } from '../api/session';
import { ProblemResult } from '../parts/ProblemView';
import { ErrorBoundary } from './ErrorBoundary';
import { Frame } from './Frame';
import { NotFound } from './NotFound';
import { pagesOf } from './pages';
import { queries } from './queries';
import { SignInPage } from './SignInPage';

/** The whole console. */
export function App() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      locale={i18n.language === 'zh' ? zhCN : enUS}
      theme={{ zeroRuntime: true }} // Styles come from a file: the content security policy allows no others.
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }} // Would write a style element.
    >
      <Antd>
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <BrowserRouter basename="/console">
              <SignedIn />
            </BrowserRouter>
          </QueryClientProvider>
        </ErrorBoundary>
      </Antd>
    </ConfigProvider>
  );
}

/** Asks for the session, and shows the pages of the person or the sign-in. */
function SignedIn() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  useEffect(() => whenSignedOut(() => void queries.invalidateQueries({ queryKey: SESSION })), []);

  if (session.isPending) {
    return <Spin className="frame-wait" aria-label={t('loading')} />;
  }
  if (session.data === undefined || session.data === null) {
    const problem = session.error === null ? undefined : ProblemError.from(session.error);
    return problem === undefined ? <SignInPage /> : <ProblemResult problem={problem} retry={() => void session.refetch()} />;
  }
  const pages = pagesOf(session.data);
  return (
    <SessionProvider value={session.data}>
      <Routes>
        <Route element={<Frame />}>
          <Route index element={<Navigate to={pages[0]?.path ?? '/'} replace />} />
          {pages.map(({ path, page: Page }) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </SessionProvider>
  );
}
