import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { App as Antd, ConfigProvider, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { Activity, lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, Navigate, Route, RouterProvider, Routes } from 'react-router';
import { whenSessionChanged } from '../api/client';
import { ProblemError } from '../api/problem';
import { isWaitingFor, SESSION, SessionProvider, sessionQuery, waitNoLonger, whenPersonChanges, type Session } from '../api/session';
import { Wait } from '../parts/Loaded';
import { ProblemResult } from '../parts/ProblemView';
import { FirstPassword } from './ChangePassword';
import { Connection } from './Connection';
import { ErrorBoundary } from './ErrorBoundary';
import { NotFound } from './NotFound';
import { pagesOf } from './pages';
import { forgetAnswers, queries, WAITS_MS } from './queries';
import { SignInPage } from './SignInPage';

/** Colours that people with weak eyes can read: 4.5 to 1 at least. Styles come from a file, their values from here. */
const theme: ThemeConfig = {
  zeroRuntime: true,
  token: {
    motion: false, // Old PCs do without; and a button whose call ends at once would stay "loading" for screen readers.
    colorPrimary: '#0958d9',
    colorLink: '#0958d9',
    colorError: '#cf1322',
    colorTextDescription: '#595959',
    colorTextTertiary: '#595959',
    colorTextPlaceholder: '#6b6b6b',
    colorTextSecondary: '#434343',
  },
};

/** The frame of all pages, which the sign-in does without. */
const Frame = lazy(() => import('./Frame').then((it) => ({ default: it.Frame })));

whenPersonChanges(() => forgetAnswers());

let made: ReturnType<typeof createBrowserRouter> | undefined;

/** The router, made when the address is that of the page that was wanted. It is one that can be asked not to leave a page. */
function router() {
  made ??= createBrowserRouter([{ path: '*', element: <Console /> }], { basename: '/console' });
  return made;
}

function Console() {
  return (
    <>
      <Connection />
      <SignedIn />
    </>
  );
}

/** The whole console. */
export function App() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      locale={i18n.language === 'zh' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }} // Would write a style element.
    >
      <Antd>
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router()} />
          </QueryClientProvider>
        </ErrorBoundary>
      </Antd>
    </ConfigProvider>
  );
}

/**
 * Asks for the session, and shows the pages of the person or the sign-in. Where a session ends with something typed in, the
 * pages wait behind the sign-in: the same person finds them as they were, and another one makes them go.
 */
function SignedIn() {
  const { data, isPending, error, refetch } = useQuery(sessionQuery);
  useEffect(() => whenSessionChanged(() => void queries.invalidateQueries({ queryKey: SESSION })), []);
  const [last, setLast] = useState<Session>();
  const open = data?.mustChangePassword === false ? data : undefined;
  if (open !== undefined && open !== last) {
    setLast(open);
  }
  const waiting = data === null && last !== undefined && isWaitingFor(last) ? last : undefined;
  useEffect(() => {
    if (waiting === undefined) {
      return undefined;
    }
    const over = setTimeout(() => (waitNoLonger(), setLast(undefined)), WAITS_MS);
    return () => clearTimeout(over);
  }, [waiting]);
  if (isPending) {
    return <Wait />;
  }
  const pages = open ?? waiting;
  return (
    <>
      {data?.mustChangePassword && <FirstPassword />}
      {!data && (error === null ? <SignInPage waiting={waiting} /> : <ProblemResult problem={ProblemError.from(error)} retry={() => void refetch()} />)}
      {pages !== undefined && (
        <Activity mode={open === undefined ? 'hidden' : 'visible'}>
          <Pages session={pages} />
        </Activity>
      )}
    </>
  );
}

function Pages({ session }: { session: Session }) {
  const pages = pagesOf(session);
  const first = pages.find((page) => page.menu !== undefined);
  return (
    <SessionProvider key={session.staffId} value={session}>
      <Routes>
        <Route
          element={
            <Suspense fallback={<Wait />}>
              <Frame />
            </Suspense>
          }
        >
          <Route index element={first === undefined ? <NotFound /> : <Navigate to={first.path} replace />} />
          {pages.map(({ path, page: Page }) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </SessionProvider>
  );
}
