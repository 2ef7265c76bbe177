import { FundOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ConsolePage } from '../../app/pages';
import { maySeeBudgets } from './access';

const pages: ConsolePage[] = [
  {
    path: '/budgets',
    page: lazy(() => import('./BudgetsPage')),
    allowed: maySeeBudgets,
    menu: { label: 'budgets:title', icon: <FundOutlined />, order: 63 },
  },
  {
    path: '/budgets/:budgetId',
    page: lazy(() => import('./BudgetPage')),
    allowed: maySeeBudgets,
  },
];
export default pages;
