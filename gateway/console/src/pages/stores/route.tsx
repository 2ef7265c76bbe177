import { ShopOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const pages: ConsolePage[] = [
  {
    path: '/stores',
    page: lazy(() => import('./StoresPage')),
    allowed: (session) => may(session, 'readChain'),
    menu: { label: 'stores:title', icon: <ShopOutlined />, order: 40 },
  },
  {
    path: '/stores/:storeId',
    page: lazy(() => import('./StorePage')),
    allowed: (session) => may(session, 'readChain'),
  },
];
export default pages;
