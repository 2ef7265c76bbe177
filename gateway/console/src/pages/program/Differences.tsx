import { useTranslation } from 'react-i18next';
import { Change } from '../../parts/WriteForm';
import type { Difference } from './form';

/** Settings that differ, each in a line: what it was, what it becomes. */
export function Differences({ of }: { of: Difference[] }) {
  const { t, i18n } = useTranslation();
  const shown = (label: string, value: unknown): string => {
    const choice = `program:choices.${label}.${String(value)}`;
    const period = typeof value === 'string' ? /^P(\d+)([MD])$/.exec(value) : null;
    return value === undefined || value === ''
      ? '–'
      : typeof value === 'boolean'
        ? t(value ? 'yes' : 'no')
        : i18n.exists(choice)
          ? t(choice)
          : period !== null
            ? `${period[1]} ${t(`program:period.${period[2]}`)}`
            : String(value);
  };
  return (
    <div className="space-below">
      {of.map(({ section, label, row, before, after }) => (
        <Change
          key={`${section}.${label}.${row}`}
          label={`${t(`program:sections.${section}.title`)} · ${t(`program:labels.${label}`)}${row === undefined ? '' : ` · ${t('program:row', { row })}`}`}
          before={shown(label, before)}
          after={shown(label, after)}
        />
      ))}
    </div>
  );
}
