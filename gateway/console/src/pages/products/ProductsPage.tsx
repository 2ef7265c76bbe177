import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, type Schemas, type Versioned } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { may, useSession } from '../../api/session';
import { useAddress } from '../../parts/address';
import { DataTable } from '../../parts/DataTable';
import { Hint } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { pageOf, usePages } from '../../parts/pages';
import { ProblemAlert } from '../../parts/ProblemView';
import { PRODUCT_ID, ProductForm, readProduct } from './ProductForm';
import { Upload } from './Upload';

type Product = Schemas['Product'];

/** The products of the program: found by id or category, changed one by one or by a file. */
export default function ProductsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const client = useQueryClient();
  const [address, setAddress] = useAddress();
  const [changing, setChanging] = useState<{ product: Versioned<Product> | undefined }>();
  const [uploading, setUploading] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const prefix = address('prefix');
  const category = address('category');
  const active = address('active');
  const wrongPrefix = prefix !== undefined && !PRODUCT_ID.test(prefix);
  const products = usePages<Product>(
    ['products', prefix, category, active],
    (cursor, limit) =>
      content(
        api.GET('/v1/products', {
          params: {
            query: {
              ...pageOf(cursor, limit),
              ...(prefix === undefined ? {} : { prefix }),
              ...(category === undefined ? {} : { category }),
              ...(active === undefined ? {} : { active: active === 'true' }),
            },
          },
        }),
      ),
    !wrongPrefix,
  );
  const mayEdit = may(session, 'keepCatalogue');
  const changed = () => void client.invalidateQueries({ queryKey: ['products'] });
  const edit = (productId: string) => {
    setProblem(undefined);
    readProduct(productId).then(
      (product) => setChanging({ product }),
      (cause: unknown) => setProblem(ProblemError.from(cause)),
    );
  };
  const search = (name: string) => (value: string) => setAddress({ [name]: value.trim() === '' ? undefined : value.trim() });
  return (
    <Page
      title={t('products:title')}
      extra={
        mayEdit && (
          <>
            <Button onClick={() => setUploading(true)}>{t('products:upload.deed')}</Button>
            <Button type="primary" onClick={() => setChanging({ product: undefined })}>
              {t('products:add')}
            </Button>
          </>
        )
      }
    >
      <Hint>{t('products:text')}</Hint>
      {problem !== undefined && <ProblemAlert problem={problem} />}
      <Flex gap={12} wrap className="space-below">
        <Input.Search className="product-search" key={`p ${prefix}`} allowClear defaultValue={prefix ?? ''} aria-label={t('products:prefix')} placeholder={t('products:prefix')} maxLength={64} onSearch={search('prefix')} />
        <Input.Search className="product-search" key={`c ${category}`} allowClear defaultValue={category ?? ''} aria-label={t('products:inCategory')} placeholder={t('products:inCategory')} maxLength={64} onSearch={search('category')} />
        <Select
          className="filter"
          allowClear
          aria-label={t('products:active')}
          placeholder={t('products:any')}
          value={active ?? null}
          options={[
            { value: 'true', label: t('products:activeYes') },
            { value: 'false', label: t('products:activeNo') },
          ]}
          onChange={(value: string | null) => setAddress({ active: value ?? undefined })}
        />
      </Flex>
      {wrongPrefix && <Alert type="warning" showIcon className="space-below" title={t('products:prefixWrong')} />}
      <DataTable<Product>
        name={t('products:title')}
        {...products}
        {...(wrongPrefix ? { rows: [] } : {})}
        rowKey={(it) => it.productId}
        empty={t(prefix === undefined && category === undefined && active === undefined ? 'products:none' : 'products:noneFound')}
        columns={[
          { key: 'id', title: t('products:id'), show: (it) => it.productId, csv: (it) => it.productId, sort: (it) => it.productId },
          { key: 'name', title: t('products:name'), show: (it) => it.name, csv: (it) => it.name, sort: (it) => it.name },
          { key: 'category', title: t('products:category'), show: (it) => it.category ?? '–', csv: (it) => it.category, sort: (it) => it.category ?? '' },
          { key: 'marginClass', title: t('products:marginClass'), show: (it) => it.marginClass ?? '–', csv: (it) => it.marginClass },
          { key: 'tags', title: t('products:tags'), show: (it) => it.tags.join(', '), csv: (it) => it.tags.join(', ') },
          { key: 'price', title: t('products:price'), money: (it) => it.price },
          { key: 'active', title: t('products:active'), show: (it) => <Tag color={it.active ? 'green' : 'default'}>{t(it.active ? 'products:activeYes' : 'products:activeNo')}</Tag>, csv: (it) => t(it.active ? 'yes' : 'no') },
          ...(mayEdit
            ? [
                {
                  key: 'do',
                  title: t('actions'),
                  show: (it: Product) => (
                    <Button size="small" aria-label={t('products:editNamed', { name: it.productId })} onClick={() => edit(it.productId)}>
                      {t('products:edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {changing !== undefined && <ProductForm product={changing.product} onDone={changed} onClose={() => setChanging(undefined)} />}
      {uploading && <Upload onDone={changed} onClose={() => setUploading(false)} />}
    </Page>
  );
}
