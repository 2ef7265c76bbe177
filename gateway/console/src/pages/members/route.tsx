import { TeamOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const pages: ConsolePage[] = [
  {
    path: '/members',
    page: lazy(() => import('./MembersPage')),
    allowed: (session) => may(session, 'read'),
    menu: { label: 'members:title', icon: <TeamOutlined />, order: 20 },
  },
  {
    path: '/members/:memberId',
    page: lazy(() => import('./MemberPage')),
    allowed: (session) => may(session, 'read'),
  },
];
export default pages;
