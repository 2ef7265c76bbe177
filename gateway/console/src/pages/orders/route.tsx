import { ShoppingCartOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/orders',
  page: lazy(() => import('./OrdersPage')),
  allowed: (session) => may(session, 'read'),
  menu: { label: 'orders:title', icon: <ShoppingCartOutlined />, order: 30 },
};
export default page;
