import { Space, Typography } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A page: its title, which is also that of the browser's tab, and what can be done with the whole of it. */
export function Page({ title, extra, children }: { title: ReactNode; extra?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (typeof title === 'string') {
      document.title = `${title} · ${t('product')}`;
    }
  }, [title, t]);
  return (
    <>
      <div className="page-title">
        <Typography.Title level={1} className="title">
          {title}
        </Typography.Title>
        <Space wrap>{extra}</Space>
      </div>
      {children}
    </>
  );
}
