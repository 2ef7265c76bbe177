import { ReadOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { may } from '../../api/session';
import type { ConsolePage } from '../../app/pages';

const pages: ConsolePage[] = [
  {
    path: '/rule-books',
    page: lazy(() => import('./RuleBooksPage')),
    allowed: (session) => may(session, 'readChain'),
    menu: { label: 'rulebooks:title', icon: <ReadOutlined />, order: 62 },
  },
  {
    path: '/rule-books/:ruleBookId',
    page: lazy(() => import('./RuleBookPage')),
    allowed: (session) => may(session, 'readChain'),
  },
];
export default pages;
