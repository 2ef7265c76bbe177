import { useTranslation } from 'react-i18next';

const MOST = 5;

/** Stars of a rating, as people see them; screen readers hear the number. */
export function Stars({ stars }: { stars: number }) {
  const { t } = useTranslation();
  return (
    <span role="img" aria-label={t('ratings:ofFive', { stars })} className="stars">
      {'★'.repeat(stars)}
      <span className="muted">{'☆'.repeat(MOST - stars)}</span>
    </span>
  );
}
