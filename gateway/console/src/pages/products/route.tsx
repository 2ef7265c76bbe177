import { ShoppingOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/products',
  page: lazy(() => import('./ProductsPage')),
  allowed: (session) => may(session, 'readChain'),
  menu: { label: 'products:title', icon: <ShoppingOutlined />, order: 64 },
};
export default page;
