import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/Page';
import { Keys } from './Keys';

/** The API keys of the program: of tills, head office and report programs. */
export default function KeysPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('keys:title')}>
      <Keys />
    </Page>
  );
}
