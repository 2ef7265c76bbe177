import { Button, Result, Typography } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Shows what broke in place of the part of the page that broke, and leaves the rest usable. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { cause?: Error }> {
  override state: { cause?: Error } = {};

  static getDerivedStateFromError(cause: Error): { cause: Error } {
    return { cause };
  }

  override render(): ReactNode {
    return this.state.cause === undefined ? this.props.children : <Broken cause={this.state.cause} />;
  }
}

function Broken({ cause }: { cause: Error }) {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t('brokenTitle')}
      subTitle={t('brokenText')}
      extra={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
    >
      <Typography.Text code>{cause.message}</Typography.Text>
    </Result>
  );
}
