import { SafetyOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/held-orders',
  page: lazy(() => import('./HeldOrdersPage')),
  allowed: (session) => may(session, 'readReviews'),
  menu: { label: 'held:title', icon: <SafetyOutlined />, order: 51 },
};
export default page;
