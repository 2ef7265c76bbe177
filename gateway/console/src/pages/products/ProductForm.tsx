import { Alert, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content, versioned, type Schemas, type Versioned } from '../../api/client';
import { minorDigits, toMajor, toMinor, useShown } from '../../parts/numbers';
import { tagsOf } from '../../parts/tags';
import { Change, WriteForm } from '../../parts/WriteForm';

type Product = Schemas['Product'];
type Body = Schemas['ProductRequest'];
type Fields = { productId?: string; name: string; category?: string; marginClass?: string; tags?: string[]; price?: number | null; active: boolean };

export const readProduct = (productId: string) => versioned(api.GET('/v1/products/{productId}', { params: { path: { productId } } }));

/**
 * Changes a product, or adds one.
 *
 * @param product the version that is changed; undefined for a new one
 */
export function ProductForm({ product, onDone, onClose }: { product: Versioned<Product> | undefined; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const shown = useShown();
  const { currency } = shown;
  const [base, setBase] = useState(product);
  const [newId, setNewId] = useState('');
  const before = base?.value;
  const productId = product?.value.productId ?? newId;
  const put = async (body: Body) => {
    const params = { path: { productId }, ...(base === undefined ? {} : { header: { 'If-Match': base.tag } }) };
    const answer = await api.PUT('/v1/products/{productId}', { params, body });
    if (answer.response.status === 412) {
      await readProduct(productId).then(setBase, () => undefined); // What it is now; the next try changes that.
    }
    return content(Promise.resolve(answer));
  };
  const text = (value: string | undefined) => value ?? t('products:nothing');
  const list = (tags: string[] | undefined) => (tags ?? []).join(', ') || t('products:nothing');
  return (
    <WriteForm<Fields, Body, unknown>
      name={`product/${product?.value.productId ?? ''}`}
      title={product === undefined ? t('products:add') : `${t('products:change')} · ${productId}`}
      deed={t('save')}
      initial={product === undefined ? { active: true, tags: [] } : fieldsOf(product.value, currency)}
      toBody={(fields) => {
        setNewId((fields.productId ?? '').trim());
        return bodyOf(fields, currency);
      }}
      call={(_, body) => put(body)}
      fields={() => (
        <>
          {base !== product && <Alert type="warning" showIcon className="space-below" title={t('products:changedMeanwhile')} />}
          {product === undefined && (
            <Form.Item name="productId" label={t('products:id')} extra={t('products:idHelp')} rules={[{ required: true, whitespace: true, message: t('required') }, { pattern: PRODUCT_ID, message: t('products:prefixWrong') }]}>
              <Input maxLength={64} />
            </Form.Item>
          )}
          <Form.Item name="name" label={t('products:name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
            <Input maxLength={200} />
          </Form.Item>
          <div className="fields">
            <Form.Item name="category" label={t('products:category')} extra={t('products:categoryHelp')}>
              <Input maxLength={128} />
            </Form.Item>
            <Form.Item name="marginClass" label={t('products:marginClass')}>
              <Input maxLength={64} />
            </Form.Item>
            <Form.Item name="price" label={t('products:price')}>
              <InputNumber min={0} precision={minorDigits(currency)} suffix={currency} className="full-width" />
            </Form.Item>
          </div>
          <Form.Item name="tags" label={t('products:tags')}>
            <Select mode="tags" maxCount={20} open={false} suffixIcon={null} tokenSeparators={[',', '，']} />
          </Form.Item>
          <Form.Item name="active" label={t('products:active')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      )}
      effect={(body) => (
        <>
          <Change label={t('products:name')} before={text(before?.name)} after={body.name} />
          <Change label={t('products:category')} before={text(before?.category)} after={text(body.category)} />
          <Change label={t('products:marginClass')} before={text(before?.marginClass)} after={text(body.marginClass)} />
          <Change label={t('products:tags')} before={list(before?.tags)} after={list(body.tags)} />
          <Change label={t('products:price')} before={shown.money(before?.price)} after={shown.money(body.price)} />
          <Change label={t('products:active')} before={before === undefined ? t('products:nothing') : t(before.active ? 'yes' : 'no')} after={t(body.active === false ? 'no' : 'yes')} />
          <p className="muted">{t('products:effect')}</p>
        </>
      )}
      onDone={onDone}
      onClose={onClose}
    />
  );
}

export const PRODUCT_ID = /^[A-Za-z0-9][A-Za-z0-9._:@+~-]{0,63}$/;

function fieldsOf({ name, category, marginClass, tags, price, active }: Product, currency: string): Partial<Fields> {
  return { name, tags, active, ...(category === undefined ? {} : { category }), ...(marginClass === undefined ? {} : { marginClass }), ...(price === undefined ? {} : { price: toMajor(price, currency) }) };
}

function bodyOf({ name, category, marginClass, tags, price, active }: Fields, currency: string): Body {
  const filled = (value: string | undefined) => (value ?? '').trim();
  return {
    name: name.trim(),
    tags: tagsOf(tags),
    active,
    ...(filled(category) === '' ? {} : { category: filled(category) }),
    ...(filled(marginClass) === '' ? {} : { marginClass: filled(marginClass) }),
    ...(price === undefined || price === null ? {} : { price: toMinor(price, currency) }),
  };
}
