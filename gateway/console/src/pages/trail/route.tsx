import { HistoryOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/audit-trail',
  page: lazy(() => import('./TrailPage')),
  allowed: (session) => may(session, 'readTrail'),
  menu: { label: 'trail:title', icon: <HistoryOutlined />, order: 80 },
};
export default page;
