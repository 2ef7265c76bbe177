import { GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n';

/** Changes the language of the console. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [i18n.language],
        items: [
          { key: 'zh', label: <span lang="zh-CN">中文</span> },
          { key: 'en', label: <span lang="en">English</span> },
        ],
        onClick: ({ key }) => chooseLanguage(key === 'zh' ? 'zh' : 'en'),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={`${t('language')}: ${i18n.language === 'zh' ? '中文' : 'English'}`}>
        {i18n.language === 'zh' ? '中文' : 'English'}
      </Button>
    </Dropdown>
  );
}
