import { AuditOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/reviews',
  page: lazy(() => import('./ReviewsPage')),
  allowed: (session) => may(session, 'readReviews'),
  menu: { label: 'reviews:title', icon: <AuditOutlined />, order: 50 },
};
export default page;
