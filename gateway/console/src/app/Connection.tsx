import { onlineManager } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

/** Says so while the browser has no network. What waits for it is asked for by itself when it is back. */
export function Connection() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  );
  return online ? null : <Alert banner type="warning" title={t('offline')} />;
}
