import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { Hint } from '../../parts/Loaded';
import { useShown } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { usedOf, type Budget } from './course';
import { UsedBar } from './UsedBar';

/** The budgets of the program's rule books: what each has issued, and what is left. */
export default function BudgetsPage() {
  const { t } = useTranslation();
  const shown = useShown();
  const budgets = usePages<Budget>(['budgets', 'pages'], (cursor, limit) => content(api.GET('/v1/budgets', { params: { query: pageOf(cursor, limit) } })));
  return (
    <Page title={t('budgets:title')} extra={<Link to="/rule-books">{t('budgets:toRuleBooks')}</Link>}>
      <Hint>{t('budgets:text')}</Hint>
      <DataTable<Budget>
        name={t('budgets:title')}
        {...budgets}
        rowKey={(it) => it.budgetId}
        empty={t('budgets:none')}
        columns={[
          {
            key: 'id',
            title: t('budgets:id'),
            show: (it) => <Link to={`/budgets/${encodeURIComponent(it.budgetId)}`}>{it.budgetId}</Link>,
            csv: (it) => it.budgetId,
            sort: (it) => it.budgetId,
          },
          { key: 'state', title: t('budgets:state'), show: (it) => <BudgetState state={it.state} />, csv: (it) => t(`budgets:states.${it.state}`) },
          {
            key: 'share',
            title: t('budgets:share'),
            show: (it) => (it.per === 'store' ? t('budgets:ofStores', { count: it.stores ?? 0 }) : <UsedBar used={usedOf(it)} limit={it.limit} warnings={it.warnings ?? []} />),
          },
          { key: 'limit', title: t('budgets:limit'), points: (it) => it.limit, sort: (it) => it.limit },
          { key: 'issued', title: t('budgets:issued'), points: (it) => it.issued, sort: (it) => it.issued },
          { key: 'left', title: t('budgets:left'), points: (it) => it.left },
          { key: 'expected', title: t('budgets:expectedCost'), money: (it) => it.cost?.expected },
          { key: 'runsUntil', title: t('budgets:runsUntil'), show: (it) => (it.runsUntil === undefined ? '–' : shown.time(it.runsUntil)), csv: (it) => shown.sheetTime(it.runsUntil) },
        ]}
      />
    </Page>
  );
}

const COLORS: Record<string, string> = { running: 'green', usedUp: 'orange', stopped: 'red' };

export function BudgetState({ state }: { state: string }) {
  const { t } = useTranslation();
  return <Tag color={COLORS[state] ?? 'default'}>{t(`budgets:states.${state}`, { defaultValue: state })}</Tag>;
}
