import { ClusterOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/system',
  page: lazy(() => import('./SystemPage')),
  allowed: (session) => may(session, 'readSystem'),
  menu: { label: 'system:title', icon: <ClusterOutlined />, order: 90 },
};
export default page;
