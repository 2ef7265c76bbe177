import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, matchPath, useLocation } from 'react-router';
import { allPages } from './pages';

/** What stands at an address that this person cannot open: a page of other roles, or none. */
export function NotFound() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const exists = allPages.some((page) => matchPath(page.path, pathname) !== null);
  return (
    <Result
      status={exists ? '403' : '404'}
      title={t(exists ? 'forbiddenTitle' : 'notFoundTitle')}
      subTitle={t(exists ? 'forbiddenText' : 'notFoundText')}
      extra={
        <Link to="/">
          <Button>{t('back')}</Button>
        </Link>
      }
    />
  );
}
