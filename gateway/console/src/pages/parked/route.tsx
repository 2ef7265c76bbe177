import { FieldTimeOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/parked-refunds',
  page: lazy(() => import('./ParkedPage')),
  allowed: (session) => may(session, 'readReviews'),
  menu: { label: 'parked:title', icon: <FieldTimeOutlined />, order: 55 },
};
export default page;
