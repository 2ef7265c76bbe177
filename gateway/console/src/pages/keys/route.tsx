import { KeyOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/keys',
  page: lazy(() => import('./KeysPage')),
  allowed: (session) => may(session, 'readAccess'),
  menu: { label: 'keys:title', icon: <KeyOutlined />, order: 70 },
};
export default page;
