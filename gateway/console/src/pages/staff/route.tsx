import { IdcardOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/staff',
  page: lazy(() => import('./StaffPage')),
  allowed: (session) => may(session, 'readAccess'),
  menu: { label: 'staff:title', icon: <IdcardOutlined />, order: 75 },
};
export default page;
