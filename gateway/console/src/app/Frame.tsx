import { LockOutlined, LogoutOutlined, MenuOutlined, SafetyOutlined, ShopOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Flex, Layout, Menu, Space, Tag, Typography } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { may, signOut, useSession } from '../api/session';
import { Wait } from '../parts/Loaded';
import { programQuery } from '../parts/program';
import { storesQuery } from '../parts/stores';
import { SecretDialog } from '../parts/Unsaved';
import { ChangePassword } from './ChangePassword';
import { ErrorBoundary } from './ErrorBoundary';
import { LanguageChoice } from './LanguageChoice';
import { loadAhead, pagesOf } from './pages';
import { personMenu, type PersonItem } from './personMenu';
import { SIGNED_OUT } from './provider';

const SecondFactor = lazy(() => import('./SecondFactor'));

/** After the first page, which should not wait for the others. */
const LOAD_AHEAD_AFTER_MS = 2_000;

/** The frame around every page: the menu, and a header with program, person and language. */
export function Frame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(() => window.innerWidth > 1100);
  const pages = pagesOf(useSession()).filter((page) => page.menu !== undefined);
  useEffect(() => {
    const timer = setTimeout(loadAhead, LOAD_AHEAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useFocusOnPage(pathname);
  const here = pages.find((page) => pathname === page.path || pathname.startsWith(`${page.path}/`));
  return (
    <Layout className="frame">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <Layout.Sider collapsed={!open} collapsedWidth={56} width={208} theme="light" className="frame-menu">
        <Flex align="center" gap={8} className="frame-brand">
          <Button type="text" icon={<MenuOutlined />} aria-label={t('menu')} aria-expanded={open} onClick={() => setOpen(!open)} />
          {open && <Typography.Text strong>{t('product')}</Typography.Text>}
        </Flex>
        <nav aria-label={t('menu')}>
          <Menu
            mode="inline"
            selectedKeys={here === undefined ? [] : [here.path]}
            items={pages.map((page) => ({
              key: page.path,
              icon: page.menu!.icon,
              label: <Link to={page.path}>{t(page.menu!.label)}</Link>,
            }))}
          />
        </nav>
      </Layout.Sider>
      <Layout>
        <Header />
        <Layout.Content id="content" className="frame-content" role="main" tabIndex={-1}>
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<Wait />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

/** Moves the focus to a page that a link or a search has opened: the keyboard goes on there, and screen readers begin there. */
function useFocusOnPage(pathname: string): void {
  const before = useRef(pathname);
  useEffect(() => {
    const content = document.getElementById('content');
    if (before.current !== pathname && content !== null && !content.contains(document.activeElement)) {
      content.focus({ preventScroll: true });
    }
    before.current = pathname;
  }, [pathname]);
}

const PERSON_ITEMS: Record<PersonItem, { icon: ReactNode; label: string }> = {
  password: { icon: <LockOutlined />, label: 'password.title' },
  secondFactor: { icon: <SafetyOutlined />, label: 'secondFactor.title' },
  out: { icon: <LogoutOutlined />, label: 'signOut' },
  everywhere: { icon: <LogoutOutlined />, label: 'signOutEverywhere' },
};

function Header() {
  const { t } = useTranslation();
  const session = useSession();
  const program = useQuery({ ...programQuery, enabled: may(session, 'readChain') });
  const [dialog, setDialog] = useState<PersonItem>();
  const close = () => setDialog(undefined);
  const choose = (item: PersonItem) =>
    item === 'password' || item === 'secondFactor' ? setDialog(item) : void signOut(item === 'everywhere', session.signInBy.includes('oidc') ? SIGNED_OUT : undefined);
  return (
    <Layout.Header className="frame-header">
      <Space size="small">
        <ShopOutlined aria-hidden />
        <Typography.Text strong>{program.data?.name ?? session.programId}</Typography.Text>
        {session.stores?.slice(0, 3).map((store) => <StoreTag key={store} storeId={store} />)}
        {(session.stores?.length ?? 0) > 3 && <Tag>+{session.stores!.length - 3}</Tag>}
      </Space>
      <Space>
        <LanguageChoice />
        <Dropdown
          trigger={['click']}
          menu={{
            items: personMenu(session).map((key) => ({ key, icon: PERSON_ITEMS[key].icon, label: t(PERSON_ITEMS[key].label) })),
            onClick: ({ key }) => choose(key as PersonItem),
          }}
        >
          <Button type="text" icon={<UserOutlined />}>
            {session.name}
          </Button>
        </Dropdown>
      </Space>
      {dialog === 'password' && (
        <SecretDialog title={t('password.title')} onClose={close}>
          <ChangePassword onDone={close} />
        </SecretDialog>
      )}
      {dialog === 'secondFactor' && (
        <SecretDialog title={t('secondFactor.title')} onClose={close}>
          <ErrorBoundary>
            <Suspense fallback={<Wait />}>
              <SecondFactor onDone={close} />
            </Suspense>
          </ErrorBoundary>
        </SecretDialog>
      )}
    </Layout.Header>
  );
}

function StoreTag({ storeId }: { storeId: string }) {
  const stores = useQuery(storesQuery);
  const name = stores.data?.find((store) => store.storeId === storeId)?.name;
  return <Tag>{name === undefined ? storeId : `${storeId} ${name}`}</Tag>;
}
