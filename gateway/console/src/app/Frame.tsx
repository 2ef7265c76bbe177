import { LockOutlined, LogoutOutlined, MenuOutlined, ShopOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Flex, Layout, Menu, Modal, Space, Tag, Typography } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { may, signOut, useSession } from '../api/session';
import { Wait } from '../parts/Loaded';
import { programQuery } from '../parts/program';
import { storesQuery } from '../parts/stores';
import { ChangePassword } from './ChangePassword';
import { ErrorBoundary } from './ErrorBoundary';
import { LanguageChoice } from './LanguageChoice';
import { loadAhead, pagesOf } from './pages';
import { SIGNED_OUT } from './provider';

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

function Header() {
  const { t } = useTranslation();
  const session = useSession();
  const program = useQuery({ ...programQuery, enabled: may(session, 'readChain') });
  const [changing, setChanging] = useState(false);
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
            items: [
              { key: 'password', icon: <LockOutlined />, label: t('password.title') },
              { key: 'out', icon: <LogoutOutlined />, label: t('signOut') },
              { key: 'everywhere', icon: <LogoutOutlined />, label: t('signOutEverywhere') },
            ],
            onClick: ({ key }) => (key === 'password' ? setChanging(true) : void signOut(key === 'everywhere', session.signInBy.includes('oidc') ? SIGNED_OUT : undefined)),
          }}
        >
          <Button type="text" icon={<UserOutlined />}>
            {session.name}
          </Button>
        </Dropdown>
      </Space>
      <Modal open={changing} title={t('password.title')} footer={null} onCancel={() => setChanging(false)} destroyOnHidden>
        <ChangePassword onDone={() => setChanging(false)} />
      </Modal>
    </Layout.Header>
  );
}

function StoreTag({ storeId }: { storeId: string }) {
  const stores = useQuery(storesQuery);
  const name = stores.data?.find((store) => store.storeId === storeId)?.name;
  return <Tag>{name === undefined ? storeId : `${storeId} ${name}`}</Tag>;
}
