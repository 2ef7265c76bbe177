import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { percentOf } from './course';

/** How much of a limit is issued, with a mark at each share at which people are warned. */
export function UsedBar({ used, limit, warnings }: { used: number; limit: number; warnings: Schemas['BudgetWarning'][] }) {
  const { t } = useTranslation();
  const percent = percentOf(used, limit);
  const isWarned = warnings.some((it) => it.reached);
  return (
    <div className="budget-used">
      <div className={`budget-bar${percent === 100 ? ' budget-full' : isWarned ? ' budget-warned' : ''}`} role="img" aria-label={t('budgets:issuedShare', { percent })}>
        <i style={{ width: `${percent}%` }} />
        {warnings.map((it) => (
          <b key={it.at} style={{ left: `${Math.min(100, Number(it.at) * 100)}%` }} />
        ))}
      </div>
      <span className="number">{percent} %</span>
    </div>
  );
}
