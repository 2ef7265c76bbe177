import { SettingOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const page: ConsolePage = {
  path: '/program',
  page: lazy(() => import('./ProgramPage')),
  allowed: (session) => may(session, 'readChain'),
  menu: { label: 'program:title', icon: <SettingOutlined />, order: 60 },
};
export default page;
