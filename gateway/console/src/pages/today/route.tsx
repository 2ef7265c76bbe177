import { DashboardOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/today',
  page: lazy(() => import('./TodayPage')),
  allowed: (session) => may(session, 'readFigures'),
  menu: { label: 'today:title', icon: <DashboardOutlined />, order: 10 },
};
export default page;
